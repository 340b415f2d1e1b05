using System.Runtime.CompilerServices;
using System.Text.Json;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.ElevenLabs.Answers;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Reads one answer of music to its end, in whichever form it comes, and gives on what it holds.</summary>
/// <param name="asked">What was asked for.</param>
/// <param name="mostBytes">How long the answer may be, so that one without end does not fill the disk.</param>
/// <param name="idle">How long the upstream may send nothing.</param>
/// <param name="patience">Waits for it.</param>
/// <param name="time">The clock.</param>
/// <param name="give">Takes what is read.</param>
internal sealed class SongAnswer(Composition asked, long mostBytes, TimeSpan idle, Patience patience, TimeProvider time, Func<GeneratorOutput, ValueTask> give)
{
    /// <summary>How long the upstream may take to close an answer that is whole.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly GatheredSong _song = new(asked);
    private readonly Mp3FrameCounter _frames = new();
    private readonly long _begun = time.GetTimestamp();
    private long _toldSeconds;
    private bool _isReadable;
    private long _bytes;
    private string? _key;

    /// <summary>Reads it. Gives the failure that it ends with, or null; what arrived before was given on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<RenderFailure?> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        _key = KeyHandler.KeyOf(response.RequestMessage);
        if (response.Headers.TryGetValues("song-id", out var ids))
        {
            await SetSongIdAsync(KeyHandler.Blot(string.Concat(ids), _key));
        }

        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            var failure = await ReadItemsAsync(response, stream, ct);
            return failure ?? End();
        }
        catch (BadAnswerException exception)
        {
            return BrokenAnswers.Bad(_song, exception.Message);
        }
        catch (SilenceException)
        {
            return _song.NeedsNoMore ? End() : BrokenAnswers.Silent(_song, idle);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is IOException or HttpRequestException or OperationCanceledException)
        {
            return _song.NeedsNoMore ? End() : BrokenAnswers.Interrupted(_song);
        }
    }

    private async Task<RenderFailure?> ReadItemsAsync(HttpResponseMessage response, Stream stream, CancellationToken ct)
    {
        await foreach (var item in ItemsOf(response, (memory, stop) => ReadAsync(stream, memory, stop), ct))
        {
            _isReadable = true;
            switch (item)
            {
                case AnswerItem.Audio audio:
                    await TakeAsync(audio);
                    break;
                case AnswerItem.Event { Name: EventNames.Error } error:
                    return BrokenAnswers.Failed(_song, ErrorOf(response, error.Data), asked);
                case AnswerItem.Event known:
                    await TakeAsync(known with { Data = KeyHandler.Blot(known.Data, _key) });
                    break;
                case AnswerItem.CutOff when !_song.HasLength:
                    return BrokenAnswers.Interrupted(_song);
            }
        }

        return null;
    }

    private static IAsyncEnumerable<AnswerItem> ItemsOf(HttpResponseMessage response, Func<Memory<byte>, CancellationToken, ValueTask<int>> read, CancellationToken ct)
    {
        var contentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : "";
        var mediaType = contentType.Split(';')[0].Trim().ToLowerInvariant();
        return mediaType switch
        {
            "text/event-stream" => new EventStreamReader().ReadAsync(read, ct),
            _ when mediaType.StartsWith("multipart/", StringComparison.Ordinal) =>
                new MultipartAnswerReader(Answers.MultipartReader.BoundaryOf(contentType) ?? throw new BadAnswerException("an answer that does not name its boundary")).ReadAsync(read, ct),
            _ when mediaType.StartsWith("audio/", StringComparison.Ordinal) => MusicAlone(read, ct),
            _ => throw new BadAnswerException($"an answer of the wrong kind ({(mediaType.Length is 0 or > 60 ? "it does not say which" : mediaType)})"),
        };
    }

    /// <summary>Music without anything else: not asked for, but music.</summary>
    private static async IAsyncEnumerable<AnswerItem> MusicAlone(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        var block = new byte[32 * 1024];
        for (int count; (count = await read(block, ct)) > 0;)
        {
            yield return new AnswerItem.Audio(block.AsMemory(0, count));
        }

        yield return new AnswerItem.Event(EventNames.Done, JsonElement.Parse("{}"));
    }

    private async ValueTask<int> ReadAsync(Stream stream, Memory<byte> memory, CancellationToken ct)
    {
        var read = await patience.WaitAsync(stop => stream.ReadAsync(memory, stop).AsTask(), _song.NeedsNoMore ? Farewell : idle, _song.HasMusic ? null : TellWaitingAsync, ct);
        _bytes += read;
        return _bytes <= mostBytes ? read : throw new BadAnswerException($"far more than music of this length can be (over {mostBytes / 1_000_000} MB)");
    }

    private ValueTask TellWaitingAsync() => give(new GeneratorOutput.Progress(0, _song.PlannedMs, $"ElevenLabs took the request; waiting for the first music, {(int)time.GetElapsedTime(_begun).TotalSeconds} s"));

    private async ValueTask TakeAsync(AnswerItem.Audio audio)
    {
        _frames.Add(audio.Bytes.Span);
        _song.HasMusic = true;
        _song.ArrivedMs = _frames.DurationMs;
        await give(new GeneratorOutput.Encoded(audio.Bytes));
        if (_song.ArrivedMs / 1000 > _toldSeconds)
        {
            _toldSeconds = _song.ArrivedMs / 1000;
            await give(_song.Progress());
        }
    }

    private async ValueTask TakeAsync(AnswerItem.Event known)
    {
        switch (known.Name)
        {
            case EventNames.AudioChunk:
                await TakePartAsync(known.Data);
                break;
            case EventNames.CompositionPlan:
                await SetPlanAsync(UpstreamJson.Field(known.Data, "composition_plan") ?? known.Data);
                break;
            case EventNames.SongMetadata:
                await give(new GeneratorOutput.Metadata(SongEvents.Metadata(known.Data)));
                break;
            case EventNames.Done:
                _song.End(UpstreamJson.Whole(known.Data, "audio_chunk_count"));
                await SetSongIdAsync(UpstreamJson.Text(known.Data, "song_id"));
                break;
            case MultipartAnswerReader.Details:
                await TakeDetailsAsync(known.Data);
                break;
        }

        if (_song.IsWhole && _song.Waveform() is { Count: > 0 } waveform)
        {
            await give(new GeneratorOutput.Waveform(waveform));
        }
    }

    private async ValueTask TakePartAsync(JsonElement data)
    {
        var words = SongEvents.Words(data);
        await give(new GeneratorOutput.Part(_song.AddPart(UpstreamJson.Whole(data, "index"), words, SongEvents.Waveform(data))));
        if (words.Count > 0)
        {
            await give(new GeneratorOutput.Words(_song.Words()));
        }
    }

    private async ValueTask TakeDetailsAsync(JsonElement data)
    {
        if (UpstreamJson.Field(data, "composition_plan") is { } plan)
        {
            await SetPlanAsync(plan);
        }

        if (UpstreamJson.Field(data, "song_metadata") is { } metadata)
        {
            await give(new GeneratorOutput.Metadata(SongEvents.Metadata(metadata)));
        }

        if (SongEvents.Words(data) is { Count: > 0 } words)
        {
            _song.AddPart(0, words, []);
            await give(new GeneratorOutput.Words(_song.Words()));
        }
    }

    private async ValueTask SetPlanAsync(JsonElement plan)
    {
        if (SongEvents.Plan(plan) is { } followed)
        {
            _song.Followed = followed;
            await give(new GeneratorOutput.Upstream(_song.SongId, followed));
        }
    }

    private async ValueTask SetSongIdAsync(string? id)
    {
        if (!string.IsNullOrWhiteSpace(id) && id != _song.SongId)
        {
            _song.SongId = id;
            await give(new GeneratorOutput.Upstream(id, _song.Followed));
        }
    }

    /// <summary>What a clean end means.</summary>
    private RenderFailure? End()
    {
        if (!_song.HasMusic)
        {
            return _song.IsDone ? BrokenAnswers.Bad(_song, "an answer without music")
                : _bytes > 0 && !_isReadable ? BrokenAnswers.Bad(_song, "an answer that is no music")
                : BrokenAnswers.Interrupted(_song);
        }

        if (_frames.Frames == 0)
        {
            return BrokenAnswers.Bad(_song, "music that is no MP3");
        }

        return _song.IsWhole || _song.HasLength ? null
            : _song.IsDone ? BrokenAnswers.Bad(_song, $"only {_song.Parts} of {_song.Announced} parts of the music")
            : BrokenAnswers.Interrupted(_song);
    }

    private static UpstreamError ErrorOf(HttpResponseMessage response, JsonElement data)
    {
        var id = response.Headers.TryGetValues("request-id", out var ids) || response.Headers.TryGetValues("x-trace-id", out ids) ? string.Concat(ids) : null;
        return UpstreamErrors.Read((int)response.StatusCode, data, id, KeyHandler.KeyOf(response.RequestMessage));
    }
}
