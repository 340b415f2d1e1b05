using System.Runtime.CompilerServices;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Studio.Previews;

/// <summary>What a preview plays.</summary>
/// <param name="Plan">A valid plan.</param>
/// <param name="Seed">0 to <see cref="PlanLimits.MaxSeed"/>.</param>
public readonly record struct PreviewSource(CompositionPlan Plan, int Seed);

/// <summary>
/// One editor's right to be heard: as long as it is open, whoever knows the address hears the plan as it stands at that
/// moment. One preview at a time: a newer one ends the one before it.
/// </summary>
public sealed class PreviewPass : IAsyncDisposable
{
    private readonly Func<Task<PreviewSource?>> _source;
    private readonly SketchPreview _sketch;
    private readonly Action<PreviewPass> _closed;
    private readonly CancellationTokenSource _closing = new();
    private readonly IAsyncDisposable _expected;
    private readonly Lock _lock = new();
    private CancellationTokenSource? _playing;

    internal PreviewPass(string key, Func<Task<PreviewSource?>> source, SketchPreview sketch, Action<PreviewPass> closed)
    {
        Key = key;
        _source = source;
        _sketch = sketch;
        _closed = closed;
        _expected = sketch.Expect();
    }

    /// <summary>Raised when a preview began or could not be played; on any thread.</summary>
    public event Action? Changed;

    /// <summary>Where the previews are: <c>?section=2</c> for one section, nothing for the whole plan.</summary>
    public string Address => $"/previews/{Key}";

    /// <summary>Why the newest preview could not be played, for people; or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The seed of the newest preview that was heard, or null.</summary>
    public int? HeardSeed { get; private set; }

    internal string Key { get; }

    /// <summary>Nothing can be heard from here on.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed(this);
        await _closing.CancelAsync();
        await _expected.DisposeAsync();
    }

    /// <summary>The plan as it stands; null when there is none that can be played, or none with such a section.</summary>
    internal async Task<PreviewRequest?> ReadAsync(int? section)
    {
        if (await _source() is not { } source || source.Plan.Sections.Count == 0 || section < 0 || section >= source.Plan.Sections.Count)
        {
            return null;
        }

        HeardSeed = source.Seed;
        return new PreviewRequest { Plan = source.Plan, Seed = source.Seed, FirstSection = section ?? 0, SectionCount = section is null ? null : 1 };
    }

    /// <summary>Plays, and ends early when a newer preview is asked for or the editor is left.</summary>
    internal async IAsyncEnumerable<ReadOnlyMemory<byte>> PlayAsync(PreviewRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(ct, _closing.Token);
        await TakeTurnAsync(mine);
        try
        {
            await using var bytes = _sketch.PlayAsync(request, mine.Token).GetAsyncEnumerator(mine.Token);
            for (var isFirst = true; await NextAsync(bytes, mine.Token); isFirst = false)
            {
                if (isFirst)
                {
                    Tell(null);
                }

                yield return bytes.Current;
            }
        }
        finally
        {
            lock (_lock)
            {
                _playing = _playing == mine ? null : _playing;
            }
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> bytes, CancellationToken mine)
    {
        try
        {
            return await bytes.MoveNextAsync();
        }
        catch (Exception exception) when (mine.IsCancellationRequested && exception is OperationCanceledException or EncodingException)
        {
            return false;
        }
        catch (EncodingException exception)
        {
            Tell(exception.Message);
            throw;
        }
    }

    private async Task TakeTurnAsync(CancellationTokenSource mine)
    {
        CancellationTokenSource? before;
        lock (_lock)
        {
            (before, _playing) = (_playing, mine);
        }

        try
        {
            await (before?.CancelAsync() ?? Task.CompletedTask);
        }
        catch (ObjectDisposedException)
        {
            // It ended in between.
        }
    }

    private void Tell(string? trouble)
    {
        Trouble = trouble;
        Changed?.Invoke();
    }
}
