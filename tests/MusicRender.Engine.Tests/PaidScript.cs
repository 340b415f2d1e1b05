using System.Runtime.CompilerServices;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Tests;

/// <summary>What a paid upstream sends, up to a point where the test decides what happens.</summary>
internal sealed class PaidScript
{
    private readonly TaskCompletionSource _isWaiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<GeneratorOutput?> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<GeneratorOutput> _first;

    public PaidScript(params IReadOnlyList<GeneratorOutput> first) => _first = first;

    /// <summary>A plan of one chunk, as an upstream tells it.</summary>
    public static ChunkPlan Plan { get; } = new() { Chunks = [new PlanChunk { Text = "[Verse]\nother words", PositiveStyles = ["synthwave"], DurationMs = 4_000 }] };

    /// <summary>All that an upstream says beside sound.</summary>
    public static IReadOnlyList<GeneratorOutput> Facts { get; } =
    [
        new GeneratorOutput.Upstream(null, Plan),
        new GeneratorOutput.Metadata(new SongMetadata { Title = "Of the upstream", Genres = ["synthwave"], Languages = ["en"], Bpm = 110 }),
        new GeneratorOutput.Words([new WordTiming("one", 0, 400), new WordTiming("light", 500, 900), new WordTiming("late", 60_000, 61_000)]),
        new GeneratorOutput.Upstream("song-7", null),
    ];

    /// <summary>How many parts end among the first outputs.</summary>
    public int Parts => _first.Count(output => output is GeneratorOutput.Part);

    /// <summary>True when the upstream says the song's id among them.</summary>
    public bool HasFacts => _first.Any(output => output is GeneratorOutput.Upstream);

    /// <summary>Ends when all of the first outputs were taken.</summary>
    public Task Waiting => _isWaiting.Task.WaitAsync(Until.Limit);

    /// <summary>Goes on with this as the last output; null ends it well.</summary>
    public void End(GeneratorOutput? last = null) => _next.SetResult(last);

    /// <summary>Throws from here on.</summary>
    public void Throw(Exception exception) => _next.SetException(exception);

    public async IAsyncEnumerable<GeneratorOutput> Play(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var output in _first)
        {
            yield return output;
        }

        _isWaiting.TrySetResult();
        if (await _next.Task.WaitAsync(ct) is { } last)
        {
            yield return last;
        }
    }
}
