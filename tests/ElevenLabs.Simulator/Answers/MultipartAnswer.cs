using System.Text.Json.Nodes;
using ElevenLabs.Simulator.Audio;
using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Music as one multipart answer: JSON, then the audio.</summary>
internal sealed class MultipartAnswer(SongOrder order, Song song, string songId, AnswerBody body)
{
    private readonly string _boundary = $"song-{songId}";
    private readonly string _end = body.Fault.LineEnd is LineEnd.Lf ? "\n" : "\r\n";

    private Fault Fault => body.Fault;

    /// <summary>The answer's content type.</summary>
    public string ContentType => Fault.QuotedBoundary ? $"multipart/mixed; boundary=\"{_boundary}\"" : $"multipart/mixed; boundary={_boundary}";

    /// <summary>Sends it all.</summary>
    public async Task SendAsync()
    {
        if (!Fault.Omits("json"))
        {
            await body.WriteAsync(EventWriter.Bytes($"--{_boundary}{_end}Content-Type: application/json{_end}{_end}{Told()}{_end}"));
        }

        if (!Fault.Omits("audio"))
        {
            await body.WriteAsync(EventWriter.Bytes($"--{_boundary}{_end}Content-Type: audio/mpeg{_end}Content-Disposition: attachment; filename=\"{songId}.mp3\"{_end}{_end}"));
            await body.PlayAsync(song.Audio, song.DurationMs);
            await body.WriteAsync(EventWriter.Bytes(_end));
        }

        await body.WriteAsync(EventWriter.Bytes($"--{_boundary}--{_end}"));
    }

    private string Told()
    {
        var told = new JsonObject();
        if (!Fault.Omits("composition_plan"))
        {
            told["composition_plan"] = JsonNode.Parse(order.Plan);
        }

        if (!Fault.Omits("song_metadata"))
        {
            told["song_metadata"] = JsonNode.Parse(order.Metadata);
        }

        told["words_timestamps"] = order.WithTimestamps ? WordTimings.Of(order) : null;
        return (Fault.Kind is FaultKind.BrokenJson ? "{{" : "") + told.ToJsonString();
    }
}
