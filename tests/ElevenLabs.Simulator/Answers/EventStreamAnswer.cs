using System.Text;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator.Audio;
using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Music as server-sent events, in the recorded order.</summary>
internal sealed class EventStreamAnswer(SongOrder order, Song song, string songId, AnswerBody body)
{
    private const string Plan = "composition_plan";
    private const string Metadata = "song_metadata";
    private const string Audio = "audio_chunk";
    private const string Done = "done";

    private readonly EventWriter _events = new(body);

    private Fault Fault => body.Fault;

    /// <summary>Sends it all.</summary>
    public async Task SendAsync()
    {
        foreach (var (name, part) in InOrder())
        {
            switch (name)
            {
                case Plan when !Fault.Omits(Plan):
                    await _events.WriteAsync(Plan, order.Plan);
                    break;
                case Metadata when !Fault.Omits(Metadata):
                    await _events.WriteAsync(Metadata, order.Metadata);
                    break;
                case Audio when !Fault.Omits("audio"):
                    await PartAsync(part);
                    break;
                case Done when !Fault.Omits(Done):
                    await _events.WriteAsync(Done, new JsonObject { ["audio_chunk_count"] = song.Parts.Count, ["song_id"] = songId }.ToJsonString());
                    break;
            }
        }
    }

    private IEnumerable<(string Name, int Part)> InOrder()
    {
        IEnumerable<(string, int)> parts = Enumerable.Range(0, song.Parts.Count).Select(part => (Audio, part));
        (string, int)[] told = [(Plan, 0), (Metadata, 0)];
        return
        [
            .. Fault.Order switch
            {
                EventOrder.Recorded => [.. parts.Take(1), .. told, .. parts.Skip(1)],
                EventOrder.PlanFirst => [.. told, .. parts],
                EventOrder.PlanLast => [.. parts, .. told.Reverse()],
                _ => (IEnumerable<(string, int)>)[.. parts.Reverse().Take(1), .. told, .. parts.Reverse().Skip(1)],
            },
            (Done, 0),
        ];
    }

    private async Task PartAsync(int index)
    {
        if (Fault.Part == index && Fault.Kind is FaultKind.ErrorEvent)
        {
            var error = Refusal.Of(FaultKind.InternalServerError) with { Shape = Fault.Shape, Message = Fault.Message ?? "Generation failed." };
            await _events.WriteAsync("error", error.ToJson(songId)?.ToJsonString() ?? "");
            await body.CutAsync();
        }

        var part = song.Parts[index];
        var isBroken = Fault.Part == index && Fault.Kind is FaultKind.BrokenJson;
        var others = OthersOf(index, part).ToJsonString();
        var (before, after) = Fault.AudioLast
            ? ($"{others[..^1]},\"audio_base64\":\"", "\"}")
            : ("{\"audio_base64\":\"", $"\",{others[1..]}");
        await body.WriteAsync(EventWriter.Bytes(_events.Front(Audio) + (isBroken ? "{{" : "") + before));
        await body.PlayAsync(TextOf(part, index), part.DurationMs);
        await body.WriteAsync(EventWriter.Bytes(after + _events.Back(Audio)));
    }

    private JsonObject OthersOf(int index, SongPart part) => new()
    {
        ["content_type"] = "audio/mpeg",
        ["index"] = index,
        ["chunk"] = JsonNode.Parse(order.Parts[index].Json),
        ["words_timestamps"] = order.WithTimestamps ? WordTimings.Of(order.Parts[index], order.Parts.Take(index).Sum(one => one.DurationMs)) : null,
        ["waveform_visual"] = new JsonArray([.. part.Waveform.Select(value => JsonValue.Create(value))]),
    };

    private ReadOnlyMemory<byte> TextOf(SongPart part, int index)
    {
        if (Fault.EscapedBase64)
        {
            return EventWriter.Bytes(Encoding.ASCII.GetString(part.Base64.Span).Replace("/", "\\/", StringComparison.Ordinal).Replace("+", "\\u002b", StringComparison.Ordinal).Replace("=", "\\u003D", StringComparison.Ordinal));
        }

        if (Fault.Kind is FaultKind.BrokenBase64 && Fault.Part == index)
        {
            var text = part.Base64.ToArray();
            "!*?"u8.CopyTo(text.AsSpan(text.Length / 2));
            return text;
        }

        return part.Base64;
    }
}
