using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>
/// Music by ElevenLabs. A request that was sent is never sent again by itself unless the upstream refused it at no cost; what
/// arrives is given on as it comes.
/// </summary>
public sealed partial class ElevenLabsGenerator : IMusicGenerator
{
    /// <summary>The generator's name.</summary>
    public const string GeneratorName = "elevenlabs";

    private readonly IElevenLabsMusicApi _api;
    private readonly ElevenLabsKey _key;
    private readonly ElevenLabsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ElevenLabsGenerator> _logger;
    private readonly FreedSlots _slots = new();
    private readonly Patience _patience;
    private readonly MusicSender _sender;

    internal ElevenLabsGenerator(IElevenLabsMusicApi api, ElevenLabsKey key, ElevenLabsOptions options, TimeProvider time, Random random, ILogger<ElevenLabsGenerator> logger)
    {
        (_api, _key, _options, _time, _logger) = (api, key, options, time, logger);
        _patience = new Patience(time);
        _sender = new MusicSender(options, _slots, _patience, new Backoff(random), time);
        Capabilities = new GeneratorCapabilities
        {
            IsLocal = false,
            TakesPrompts = true,
            TakesFinetunes = true,
            // The MP3 formats of the OpenAPI; auto is the best of the model.
            OutputFormats =
            [
                "auto", "mp3_48000_128", "mp3_48000_192", "mp3_48000_240", "mp3_48000_320", "mp3_22050_32", "mp3_24000_48",
                "mp3_44100_32", "mp3_44100_64", "mp3_44100_96", "mp3_44100_128", "mp3_44100_192",
            ],
            MaxConcurrency = options.MaxConcurrency,
            Models = new GeneratorModels("music_v2", model => model == options.ModelId || ModelName().IsMatch(model)),
            Price = new GeneratorPrice(options.CreditsPerMinute, options.UsdPerMinute),
        };
    }

    /// <inheritdoc/>
    public string Name => GeneratorName;

    /// <inheritdoc/>
    public string DisplayName => "ElevenLabs API";

    /// <inheritdoc/>
    public bool IsReady => _key.IsThere;

    /// <inheritdoc/>
    public GeneratorCapabilities Capabilities { get; }

    /// <summary>
    /// Generates: what goes on while nothing has arrived (total 0 where the length is not known), then the music's bytes with a progress
    /// message after each second of it, and what the upstream says of the song whenever it says it.
    /// </summary>
    public IAsyncEnumerable<GeneratorOutput> GenerateAsync(GenerationRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Handover<GeneratorOutput>().RunAsync((give, stop) => RunAsync(request, output => give(output, stop), stop), ct);
    }

    private async Task RunAsync(GenerationRequest request, Func<GeneratorOutput, ValueTask> give, CancellationToken ct)
    {
        try
        {
            var sent = await SendAsync(request, give, ct);
            using var answer = sent.Answer;
            var failure = answer is null ? sent.Failure : await new SongAnswer(request.Composition, AnswerLimit.Of(request.Composition, request.OutputFormat), _options.IdleTimeout, _patience, _time, give).ReadAsync(answer, ct);
            if (failure is not null)
            {
                Log.Failed(_logger, failure.Message);
                await give(new GeneratorOutput.Failed(failure));
            }
        }
        catch (Exception exception) when (ct.IsCancellationRequested && exception is IOException or HttpRequestException)
        {
            // Cancelling closes the connection, which may be told as a broken one.
            throw new OperationCanceledException("The render was cancelled.", exception, ct);
        }
        finally
        {
            _slots.Freed();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PlanRemark> RemarksOn(CompositionPlan plan, string? modelId) => PlanCuts.Of(plan, modelId ?? _options.ModelId);

    /// <summary>Music comes as a stream, unless something else is wanted that only the other call gives, or the stream is refused.</summary>
    private async Task<Sent> SendAsync(GenerationRequest request, Func<GeneratorOutput, ValueTask> give, CancellationToken ct)
    {
        var body = ComposeRequests.Of(request, _options.ModelId);
        if (body.SignWithC2pa is not true)
        {
            var streamed = await _sender.SendAsync(stop => _api.StreamAsync(body, request.OutputFormat, stop), request.Composition, TellAsync, ct);
            if (streamed.Refusal is not { } refusal || !RetryRules.IsOfStreaming(refusal))
            {
                return streamed;
            }
        }

        return await _sender.SendAsync(stop => _api.ComposeAsync(body, request.OutputFormat, stop), request.Composition, TellAsync, ct);

        ValueTask TellAsync(string message) => give(new GeneratorOutput.Progress(0, request.Composition.DurationMs ?? 0, message));
    }

    // music_v1, music_v2, music_v2_5: newer ones come by name.
    [GeneratedRegex("^music_v[0-9]{1,3}(_[0-9]{1,3})*$", RegexOptions.CultureInvariant)]
    private static partial Regex ModelName();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "ElevenLabs: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
