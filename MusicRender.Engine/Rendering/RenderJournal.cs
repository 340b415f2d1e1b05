using System.Text.Json;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;

namespace MusicRender.Engine.Rendering;

/// <summary>Enters events of a render, all or none, and when its generator began. False when somebody else has the render.</summary>
internal delegate Task<bool> AppendEvents(IReadOnlyList<RenderEventText> events, DateTimeOffset? startedAt);

/// <summary>
/// Takes the events of a run, has them entered in the catalogue, and only then shows them in the log. Whoever adds one does not
/// wait. Events that come while others are being entered are entered together; of finer progress that waits, only the newest
/// of its stage. While the catalogue fails it tries again; the run goes on.
/// </summary>
internal sealed partial class RenderJournal(RenderId id, RenderLog log, AppendEvents append, Action onLost, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<RenderEventText> _entered = [.. log.Snapshot().Select(RenderEventText.Of)];
    private readonly CancellationTokenSource _closing = new();
    private readonly List<Waiting> _waiting = [];
    private IReadOnlyList<RenderEvent> _unentered = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _isClosed;

    /// <summary>What everybody sees.</summary>
    public RenderLog Log => log;

    /// <summary>Adds progress; its number is given when it is entered.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="isFiner">True when a newer one of the same stage may take its place while it waits.</param>
    public void Add(ProgressEvent entry, bool isFiner = false) => Add(new Waiting(entry, isFiner));

    /// <summary>Enters that the generator begins, and returns when everything so far is in the catalogue.</summary>
    /// <exception cref="Exception">The catalogue failed in a way that will not pass by itself.</exception>
    public async Task BeginAsync(DateTimeOffset startedAt, CancellationToken ct)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new Waiting(null, false, startedAt, entered));
        await entered.Task.WaitAsync(ct);
    }

    /// <summary>Takes no more events, and stops trying to enter what waits. Call it once, from whoever adds.</summary>
    public async Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        await _closing.CancelAsync();
        await _writing;
    }

    /// <summary>What is still to be shown of a closed journal, and the text of the whole log.</summary>
    /// <param name="ending">The last events, without their numbers.</param>
    public (IReadOnlyList<RenderEvent> Tail, string Document) End(IReadOnlyList<RenderEvent> ending)
    {
        var tail = Numbered([.. _unentered, .. _waiting.Select(waiting => waiting.Event).OfType<RenderEvent>(), .. ending]);
        return (tail, $"[{string.Join(',', _entered.Concat(tail.Select(RenderEventText.Of)).Select(text => text.Document))}]");
    }

    public void Dispose() => _closing.Dispose();

    private void Add(Waiting added)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            if (added.IsFiner && _waiting is [.., { IsFiner: true, Event: { } last }] && last.Stage == added.Event!.Stage)
            {
                _waiting[^1] = added;
            }
            else
            {
                _waiting.Add(added);
            }

            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        _writing = WriteAsync();
    }

    /// <summary>Enters what waits, until nothing does. Never throws.</summary>
    private async Task WriteAsync()
    {
        while (true)
        {
            Waiting[] batch;
            lock (_lock)
            {
                if (_waiting.Count == 0 || _isClosed)
                {
                    _isWriting = false;
                    return;
                }

                batch = [.. _waiting];
                _waiting.Clear();
            }

            var events = Numbered([.. batch.Select(waiting => waiting.Event).OfType<RenderEvent>()]);
            _unentered = events;
            List<RenderEventText> texts = [.. events.Select(RenderEventText.Of)];
            if (await TryAsync(batch, texts))
            {
                _entered.AddRange(texts);
                _unentered = [];
                log.Append([.. events]);
                foreach (var waiting in batch)
                {
                    waiting.Entered?.TrySetResult();
                }
            }
        }
    }

    /// <summary>Enters a batch, however long it takes. False when the journal was closed before, or somebody else has the render.</summary>
    private async Task<bool> TryAsync(Waiting[] batch, List<RenderEventText> texts)
    {
        var startedAt = batch.Select(waiting => waiting.StartedAt).FirstOrDefault(at => at is not null);
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                if (await append(texts, startedAt))
                {
                    return true;
                }

                onLost();
                Refuse(batch, new OperationCanceledException("Somebody else has the render."));
                lock (_lock)
                {
                    _isClosed = true;
                }

                return false;
            }
            catch (Exception exception)
            {
                Logged.NotEntered(logger, id, texts.Count, attempts, exception);
                if (attempts >= CatalogueTrouble.Attempts && !CatalogueTrouble.IsPassing(exception))
                {
                    Refuse(batch, exception);
                }
            }

            try
            {
                await Task.Delay(CatalogueTrouble.PauseAfter(attempts), time, _closing.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    /// <summary>Tells whoever waits that it will not come to that.</summary>
    private static void Refuse(Waiting[] batch, Exception exception)
    {
        foreach (var waiting in batch)
        {
            waiting.Entered?.TrySetException(exception);
        }
    }

    private List<RenderEvent> Numbered(IReadOnlyList<RenderEvent> events)
    {
        var next = log.NextSequence;
        return [.. events.Select(entry => entry with { Sequence = next++ })];
    }

    /// <summary>What waits to be entered: an event, or that the generator begins.</summary>
    private sealed record Waiting(ProgressEvent? Event, bool IsFiner, DateTimeOffset? StartedAt = null, TaskCompletionSource? Entered = null);

    private static partial class Logged
    {
        [LoggerMessage(1, LogLevel.Warning, "Render {RenderId}: {Count} events could not be entered in the catalogue (attempt {Attempt}); they are not shown before they are.")]
        public static partial void NotEntered(ILogger logger, RenderId renderId, int count, int attempt, Exception exception);
    }
}

/// <summary>An event as the catalogue has it.</summary>
internal readonly record struct RenderEventText(long Sequence, string Document)
{
    public static RenderEventText Of(RenderEvent entry) => new(entry.Sequence, JsonSerializer.Serialize(entry, RenderingJson.Documents.RenderEvent));
}
