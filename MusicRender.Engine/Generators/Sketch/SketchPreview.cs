using System.Runtime.CompilerServices;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>What is to be heard of a plan.</summary>
public sealed record PreviewRequest
{
    /// <summary>The plan, valid by <see cref="PlanValidator"/>.</summary>
    public required CompositionPlan Plan { get; init; }

    /// <summary>0 to <see cref="PlanLimits.MaxSeed"/>: a render with the same seed sounds the same.</summary>
    public required int Seed { get; init; }

    /// <summary>The first section to be heard, from 0.</summary>
    public int FirstSection { get; init; }

    /// <summary>How many sections, at least 1; null for all to the end of the song.</summary>
    public int? SectionCount { get; init; }
}

/// <summary>
/// Plays a plan, or sections of it, at once and without a track: as MP3 while it is made, as loud as Sketch's render of the
/// whole plan. Nothing is kept; work and memory stay a second of sound ahead of whoever reads. One instance for the program.
/// </summary>
public sealed class SketchPreview(AudioEncoder encoder)
{
    /// <summary>Previews that play at once. One more ends the oldest: somebody has just asked for the newest.</summary>
    public const int MostAtOnce = 8;

    /// <summary>What is on its way when the next encoder is started, bytes: browsers begin to play after half of it.</summary>
    private const int Begun = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly List<CancellationTokenSource> _playing = [];
    private readonly WaitingEncoder _encoders = new(encoder);
    private int _isWarm;

    /// <summary>The media type of what is played.</summary>
    public static string ContentType => AudioFormat.ContentType;

    /// <summary>
    /// Says that somebody may want to hear a preview, until what this gives is disposed: an encoder waits meanwhile, and the first time in
    /// the life of the program a moment of a small song is played for nobody, so that what plays is compiled. Returns at once.
    /// </summary>
    public IAsyncDisposable Expect()
    {
        _encoders.Hold();
        _ = Task.Run(async () =>
        {
            if (await _encoders.FillAsync() && Interlocked.Exchange(ref _isWarm, 1) == 0)
            {
                await WarmUpAsync();
            }
        });
        return new Expectation(_encoders);
    }

    /// <summary>
    /// Plays. Gives bytes of MP3 (192 kbit/s, 44.1 kHz, stereo) in order; the memory may be used again after the next step.
    /// Ends after the last section asked for, to the frame, or early when newer previews take its place. Whoever stops
    /// enumerating leaves neither work nor process behind.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The plan has no such sections.</exception>
    /// <exception cref="EncodingException">ffmpeg is not there, or died; the message is for people.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> PlayAsync(PreviewRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var count = request.SectionCount ?? request.Plan.Sections.Count - request.FirstSection;
        ArgumentOutOfRangeException.ThrowIfNegative(request.FirstSection);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.FirstSection + (long)count, request.Plan.Sections.Count);

        ct.ThrowIfCancellationRequested();
        var encoding = await _encoders.TakeAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var playing = Task.CompletedTask;
        try
        {
            // Also when whoever reads does nothing for long.
            using var killing = ending.Token.Register(encoding.Kill);
            Enter(ending);

            // The encoder starts while the song is arranged.
            playing = Task.Run(() => PlayAsync(request, count, encoding, ending.Token), CancellationToken.None);
            var buffer = new byte[16 * 1024];
            long before = 0;
            for (int read; (read = await ReadAsync(encoding, buffer, ending, ct)) > 0;)
            {
                yield return buffer.AsMemory(0, read);
                before += read;
                if (before >= Begun && before - read < Begun)
                {
                    _ = Task.Run(_encoders.FillAsync, CancellationToken.None);
                }
            }

            if (!ending.IsCancellationRequested)
            {
                await playing;
            }
        }
        finally
        {
            Leave(ending);
            await ending.CancelAsync();
            await encoding.DisposeAsync();
            await playing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ = Task.Run(_encoders.FillAsync, CancellationToken.None);
        }
    }

    private async Task WarmUpAsync()
    {
        var plan = new CompositionPlan
        {
            PositiveGlobalStyles = ["pop"],
            Sections = [new PlanSection { SectionName = "Chorus", DurationMs = PlanLimits.MinSectionMs, Lines = ["La la la"] }],
        };
        try
        {
            await foreach (var _ in PlayAsync(new PreviewRequest { Plan = plan, Seed = 0 }, CancellationToken.None))
            {
                // For nobody.
            }
        }
        catch (EncodingException)
        {
            // Whoever presses is told.
        }
    }

    private static async Task PlayAsync(PreviewRequest request, int count, AudioEncoder.Encoding encoding, CancellationToken ct)
    {
        try
        {
            var score = Arranger.Arrange(StyleReader.Read(request.Plan, request.Seed), request.Seed);
            var stretch = new Stretch(score.Sections[request.FirstSection].Start, score.Sections[request.FirstSection + count - 1].End);
            var renderer = new SongRenderer(score, stretch, PartSet.All);
            for (int frames; (frames = renderer.Render()) > 0;)
            {
                await encoding.WriteAsync(renderer.Step(0, frames), ct);
            }
        }
        finally
        {
            encoding.Complete();
        }
    }

    /// <summary>0 at the end, and when a newer preview takes the place of this one.</summary>
    private static async ValueTask<int> ReadAsync(AudioEncoder.Encoding encoding, Memory<byte> buffer, CancellationTokenSource ending, CancellationToken ct)
    {
        try
        {
            return await encoding.ReadAsync(buffer, ending.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or EncodingException && ending.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            return 0;
        }
    }

    private void Enter(CancellationTokenSource ending)
    {
        CancellationTokenSource? oldest = null;
        lock (_lock)
        {
            _playing.Add(ending);
            if (_playing.Count > MostAtOnce)
            {
                oldest = _playing[0];
                _playing.RemoveAt(0);
            }
        }

        try
        {
            oldest?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in between.
        }
    }

    private void Leave(CancellationTokenSource ending)
    {
        lock (_lock)
        {
            _playing.Remove(ending);
        }
    }

    private sealed class Expectation(WaitingEncoder encoders) : IAsyncDisposable
    {
        private int _isOver;

        public ValueTask DisposeAsync() => Interlocked.Exchange(ref _isOver, 1) == 0 ? encoders.ReleaseAsync() : ValueTask.CompletedTask;
    }
}
