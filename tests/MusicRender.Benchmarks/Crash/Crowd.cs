using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>Clients that render one song after the other, each of a few, over whichever node answers.</summary>
internal sealed class Crowd(Fleet fleet)
{
    private static readonly int[] Lengths = [20_000, 45_000, 70_000];
    private static readonly TimeSpan SongPatience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentBag<StubbornClient> _all = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);
    private volatile bool _isEnough;
    private volatile Exception? _failure;
    private int _number;
    private long _longest;

    /// <summary>Everybody who asked for a song.</summary>
    public IReadOnlyList<StubbornClient> All => [.. _all];

    /// <summary>The longest that anybody waited for a song.</summary>
    public double LongestSeconds => Stopwatch.GetElapsedTime(0, _longest).TotalSeconds;

    /// <summary>Renders each song once in peace: SHA-256 of its sound, by song.</summary>
    public async Task<IReadOnlyDictionary<string, string>> UndisturbedAsync()
    {
        using var http = new HttpClient { BaseAddress = MusicRenderServer.Address(fleet.Port(0)) };
        for (var song = 0; song < Lengths.Length; song++)
        {
            await TakeAsync(song);
        }

        return (await Audit.TracksAsync(http)).ToDictionary(track => Audit.SongOf(track.Title), track => Audit.HashOf(Path.Combine(fleet.Library, "audio", track.File)));
    }

    /// <summary>So many clients at once, until it is enough.</summary>
    public Task RenderAsync(int clients) => Task.WhenAll(Enumerable.Range(0, clients).Select(async number =>
    {
        try
        {
            for (var song = number; !_isEnough; song++)
            {
                await TakeAsync(song % Lengths.Length);
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
            throw;
        }
    }));

    /// <summary>There is no sense in disturbing nodes that nobody renders on.</summary>
    /// <exception cref="BenchmarkException">Somebody has given up.</exception>
    public void ThrowIfGone()
    {
        if (_failure is { } failure)
        {
            throw new BenchmarkException($"A client gave up: {failure}\n{string.Join('\n', _all.Where(client => client.End != "result").Select(client => $"{client.RenderId}: heard {client.Sequence} events, {client.End} {client.Failure}, {client.Losses} connections lost"))}");
        }
    }

    /// <summary>The next time that anybody hears of a stage.</summary>
    public Task HearsAsync(string stage) => _awaited.GetOrAdd(stage, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(SongPatience);

    /// <summary>Nobody begins another song.</summary>
    public void Enough() => _isEnough = true;

    private async Task TakeAsync(int song)
    {
        var turn = 0;
        var begun = Stopwatch.GetTimestamp();
        var number = Interlocked.Increment(ref _number);
        var client = new StubbornClient(() => fleet.Port((number + turn++) % fleet.Count), Plan(song, $"Song{song + 1}-{number}"), song, Heard);
        _all.Add(client);
        using var patience = new CancellationTokenSource(SongPatience);
        await client.RunAsync(patience.Token);
        InterlockedMax(ref _longest, Stopwatch.GetTimestamp() - begun);
    }

    private void Heard(string stage)
    {
        if (_awaited.TryRemove(stage, out var awaited))
        {
            awaited.TrySetResult();
        }
    }

    /// <summary>The plan of a song.</summary>
    internal static JsonObject Plan(int song, string title) => new()
    {
        ["title"] = title,
        ["positive_global_styles"] = new JsonArray("indie folk", "warm piano", "96 bpm"),
        ["negative_global_styles"] = new JsonArray(),
        ["sections"] = new JsonArray(new JsonObject
        {
            ["section_name"] = "Verse",
            ["positive_local_styles"] = new JsonArray(),
            ["negative_local_styles"] = new JsonArray(),
            ["duration_ms"] = Lengths[song],
            ["lines"] = new JsonArray("The boats come in before the town wakes up"),
        }),
    };

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            var now = Interlocked.CompareExchange(ref most, value, seen);
            if (now == seen)
            {
                return;
            }

            seen = now;
        }
    }
}
