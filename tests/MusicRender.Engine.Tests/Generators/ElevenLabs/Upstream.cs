using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Plan;
using Refit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>A call that the upstream got.</summary>
internal sealed record UpstreamCall(string Path, string Format, string? Key, JsonElement Body);

/// <summary>An upstream that answers as the test says, one answer a call; after the last one it is an error to call it.</summary>
internal sealed class Upstream(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public const string Key = "sk_0123456789abcdef";

    public List<UpstreamCall> Calls { get; } = [];

    public InstantTime Time { get; init; } = new();

    public ElevenLabsOptions Options { get; init; } = new();

    public ElevenLabsKey KeyInUse { get; } = KeyOf(Key);

    public Func<Task> BeforeAnswer { get; init; } = () => Task.CompletedTask;

    /// <summary>An answer without end: what is asked waits until it is cancelled.</summary>
    public static HttpResponseMessage Silence() => null!;

    public static HttpResponseMessage Events(params byte[][] parts) => Answer(new ScriptedStream(parts), "text/event-stream");

    public static HttpResponseMessage Answer(Stream body, string contentType)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return answer;
    }

    public static HttpResponseMessage Raw(int status, string body, string contentType = "application/json", TimeSpan? retryAfter = null)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        answer.Headers.RetryAfter = retryAfter is { } wait ? new RetryConditionHeaderValue(wait) : null;
        return answer;
    }

    public static HttpResponseMessage Refusal(int status, string code, string message, string data = "null") =>
        Raw(status, $$$"""{"detail":{"type":"error","code":"{{{code}}}","status":"{{{code}}}","message":"{{{message}}}","request_id":"req-7","data":{{{data}}}}}""");

    /// <summary>A song of silence in one part, whole.</summary>
    public static HttpResponseMessage Song(int milliseconds = 3_000) => Events(StreamForm.Usual.Write(TestEvent.Audio(Mp3(milliseconds)), TestEvent.Done(1, "song-1")));

    /// <summary>Silence of at least that length: frames of 626 bytes, 26 ms each.</summary>
    public static byte[] Mp3(int milliseconds)
    {
        var frames = ((milliseconds * 44_100L / 1000) + 1_151) / 1_152;
        var music = new byte[frames * 626];
        for (var at = 0; at < music.Length; at += 626)
        {
            ((ReadOnlySpan<byte>)[0xFF, 0xFB, 0xB0, 0x00]).CopyTo(music.AsSpan(at));
        }

        return music;
    }

    public ElevenLabsGenerator Generator() => new(Api(this), KeyInUse, Options, Time, new Random(7), NullLogger<ElevenLabsGenerator>.Instance);

    public IElevenLabsMusicApi Api(HttpMessageHandler handler) => RestService.ForGenerated<IElevenLabsMusicApi>(
        new HttpClient(new KeyHandler(KeyInUse) { InnerHandler = handler }) { BaseAddress = Options.BaseUrl, Timeout = Timeout.InfiniteTimeSpan },
        ElevenLabsServices.Settings);

    public Task<Rendered> RenderAsync(Composition composition, RenderOptions? options = null, string format = "mp3_44100_128", int seed = 42, CancellationToken ct = default) =>
        Rendered.OfAsync(Generator(), composition, options, format, seed, ct);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "{}" : await request.Content.ReadAsStringAsync(cancellationToken);
        int number;
        lock (Calls)
        {
            Calls.Add(new UpstreamCall(request.RequestUri!.AbsolutePath, request.RequestUri.Query, KeyHandler.KeyOf(request), JsonElement.Parse(body)));
            number = Calls.Count;
        }

        await BeforeAnswer();
        if (number > answers.Length)
        {
            throw new InvalidOperationException("The upstream was called more often than the test says.");
        }

        if (answers[number - 1]() is { } answer)
        {
            return answer;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("It waits for ever.");
    }

    private static ElevenLabsKey KeyOf(string text)
    {
        var key = new ElevenLabsKey();
        key.Use(text);
        return key;
    }
}

/// <summary>A body that comes in parts. After the last one it ends, breaks or says nothing more.</summary>
internal sealed class ScriptedStream(byte[][] parts, Exception? fault = null, bool isSilent = false) : MemoryStream
{
    private int _part;
    private int _at;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_part < parts.Length && _at == parts[_part].Length)
        {
            (_part, _at) = (_part + 1, 0);
        }

        if (_part == parts.Length)
        {
            if (isSilent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return fault is null ? 0 : throw fault;
        }

        var count = Math.Min(buffer.Length, parts[_part].Length - _at);
        parts[_part].AsMemory(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}

/// <summary>What came of a render.</summary>
internal sealed record Rendered(IReadOnlyList<GeneratorOutput> Outputs, byte[] Music)
{
    public RenderFailure? Failure => Outputs.OfType<GeneratorOutput.Failed>().SingleOrDefault()?.Failure;

    public JsonElement Details => Failure!.Details!.Value;

    public string? Reason => Failure is null ? null : Details.GetProperty("reason").GetString();

    public string? Action => Failure is null ? null : Details.GetProperty("action").GetString();

    public IReadOnlyList<string> Messages => [.. Outputs.OfType<GeneratorOutput.Progress>().Select(progress => progress.Message)];

    public static async Task<Rendered> OfAsync(ElevenLabsGenerator generator, Composition composition, RenderOptions? options = null, string format = "mp3_44100_128", int seed = 42, CancellationToken ct = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Until.Limit);
        var outputs = new List<GeneratorOutput>();
        using var music = new MemoryStream();
        var request = new GenerationRequest { Composition = composition, Seed = seed, OutputFormat = format, Options = options ?? new RenderOptions() };
        await foreach (var output in generator.GenerateAsync(request, ct.CanBeCanceled ? ct : limit.Token))
        {
            // A failure is the last thing that is said.
            Xunit.Assert.False(outputs.LastOrDefault() is GeneratorOutput.Failed);
            outputs.Add(output is GeneratorOutput.Encoded encoded ? new GeneratorOutput.Encoded(encoded.Bytes.ToArray()) : output);
            if (output is GeneratorOutput.Encoded { Bytes: var bytes })
            {
                music.Write(bytes.Span);
            }
        }

        return new Rendered(outputs, music.ToArray());
    }
}

/// <summary>Plans of these tests.</summary>
internal static class Songs
{
    /// <summary>Three sections, 12 s in all, the first without words.</summary>
    public static CompositionPlan Sung { get; } = new()
    {
        Title = "Night Drive",
        PositiveGlobalStyles = ["synthwave", "110 bpm"],
        NegativeGlobalStyles = ["metal"],
        Sections =
        [
            new PlanSection { SectionName = "Intro", DurationMs = 3_000, PositiveLocalStyles = ["soft pads"] },
            new PlanSection { SectionName = "Verse 1", DurationMs = 4_000, PositiveLocalStyles = ["warm voice"], Lines = ["One light, {whispered} two lights", "Don't look back"] },
            new PlanSection { SectionName = "Chorus", DurationMs = 5_000, Lines = ["Drive on"] },
        ],
    };

    public static CompositionPlan Instrumental { get; } = Sung with { Sections = [.. Sung.Sections.Select(section => section with { Lines = [] })] };

    public static ChunkPlan Chunks { get; } = new()
    {
        Title = "Night Drive",
        Chunks =
        [
            new PlanChunk { Text = "[Intro]\n{soft pads}", DurationMs = 3_000, PositiveStyles = ["synthwave"] },
            new PlanChunk { Text = "[Verse]\nOne light", DurationMs = 4_000, PositiveStyles = ["synthwave", "warm voice"], NegativeStyles = ["metal"], ContextAdherence = "low" },
        ],
    };
}
