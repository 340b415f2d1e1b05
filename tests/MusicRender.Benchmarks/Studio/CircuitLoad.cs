using System.Diagnostics;

namespace MusicRender.Benchmarks.Studio;

/// <summary>So many circuits at once: one half edits without a pause for thought, the other half watches renders.</summary>
internal sealed class CircuitLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<CircuitClient> _circuits = [];
    private readonly List<Task> _typing = [];
    private readonly List<double> _echoes = [];
    private readonly List<List<long>> _updates = [];

    /// <summary>From an edit to the batch that shows it, ms, in the circuits that edit.</summary>
    public IReadOnlyList<double> Echoes
    {
        get
        {
            lock (_echoes)
            {
                return [.. _echoes];
            }
        }
    }

    /// <summary>The most updates of its progress that a page was sent within a second.</summary>
    public int MostUpdatesASecond => _updates.Select(MostWithinASecond).DefaultIfEmpty().Max();

    /// <summary>The updates a second that pages were sent all in all, as a mean of the pages.</summary>
    public double UpdatesASecond => _updates.Where(times => times.Count > 1).Select(times => (times.Count - 1) / Stopwatch.GetElapsedTime(times[0], times[^1]).TotalSeconds).DefaultIfEmpty().Average();

    /// <summary>Opens the circuits, one after the other.</summary>
    /// <param name="http">The server.</param>
    /// <param name="drafts">A draft for each circuit that edits.</param>
    /// <param name="rendering">The drafts whose renders are watched, in turn.</param>
    /// <param name="watchers">How many watch.</param>
    public async Task OpenAsync(HttpClient http, IReadOnlyList<string> drafts, IReadOnlyList<string> rendering, int watchers)
    {
        foreach (var draft in drafts)
        {
            var editor = await StudioVisitor.EditAsync(http, draft);
            _circuits.Add(editor);
            _typing.Add(TypeAsync(editor));
        }

        for (var at = 0; at < watchers; at++)
        {
            var watcher = await StudioVisitor.WatchAsync(http, rendering[at % rendering.Count]);
            _circuits.Add(watcher);
            _updates.Add(Count(watcher));
        }
    }

    /// <summary>Forgets what was measured so far.</summary>
    public void Forget()
    {
        lock (_echoes)
        {
            _echoes.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_typing);
        }
        finally
        {
            foreach (var circuit in _circuits)
            {
                await circuit.DisposeAsync();
            }

            _stop.Dispose();
        }
    }

    /// <summary>The most of these times within any second.</summary>
    internal static int MostWithinASecond(IReadOnlyList<long> times)
    {
        lock (times)
        {
            var (most, first) = (0, 0);
            for (var at = 0; at < times.Count; at++)
            {
                while (Stopwatch.GetElapsedTime(times[first], times[at]) >= Second)
                {
                    first++;
                }

                most = Math.Max(most, at - first + 1);
            }

            return most;
        }
    }

    private static List<long> Count(CircuitClient watcher)
    {
        var times = new List<long>();
        string? shown = null;
        watcher.OnBatch = (at, tree) =>
        {
            if (StudioVisitor.Message(tree) is { } message && message != shown)
            {
                shown = message;
                lock (times)
                {
                    times.Add(at);
                }
            }
        };
        return times;
    }

    private async Task TypeAsync(CircuitClient editor)
    {
        var name = "";
        for (var letter = 0; !_stop.IsCancellationRequested; letter++)
        {
            name = letter % 40 == 0 ? "a" : name + (char)('a' + (letter % 26));
            var took = await StudioVisitor.RenameAsync(editor, name);
            lock (_echoes)
            {
                _echoes.Add(took);
            }

            await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
