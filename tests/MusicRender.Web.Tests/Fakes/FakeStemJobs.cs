using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Stems that do what the test says.</summary>
internal sealed class FakeStemJobs : IStemJobs
{
    public List<(string TrackId, StemSet Set)> Started { get; } = [];

    public List<StemStatus> Statuses { get; } = [];

    public StemOffer? Offer { get; set; } = new(IsFree: true);

    /// <summary>The answer to a start; by default it runs.</summary>
    public Func<StemSet, StemStart?> OnStart { get; set; } = set => new StemStart(Running(set), null);

    /// <summary>Runs at the beginning of each watch; it may throw.</summary>
    public Func<int, Task> OnWatch { get; set; } = _ => Task.CompletedTask;

    /// <summary>What watchers see.</summary>
    public Channel<StemStatus> Live { get; } = Channel.CreateUnbounded<StemStatus>();

    public int Watches;

    public Task<StemStart?> StartAsync(string trackId, StemSet set, CancellationToken ct)
    {
        Started.Add((trackId, set));
        return Task.FromResult(OnStart(set));
    }

    public async IAsyncEnumerable<StemStatus> WatchAsync(string trackId, StemSet set, [EnumeratorCancellation] CancellationToken ct)
    {
        await OnWatch(Interlocked.Increment(ref Watches));
        await foreach (var status in Live.Reader.ReadAllAsync(ct))
        {
            yield return status;
        }
    }

    public Task<IReadOnlyList<StemStatus>> FindAsync(string trackId, CancellationToken ct) => Task.FromResult<IReadOnlyList<StemStatus>>(Statuses);

    public StemOffer? OfferOf(string generator) => Offer;

    public static StemStatus Running(StemSet set, int percent = 0, string message = "Starting") =>
        new() { TrackId = Samples.Track().Id, Set = set, State = RenderState.Running, Percent = percent, Message = message };

    public static StemStatus Done(StemSet set, params string[] names) => Running(set, 100, "The stems are ready.") with
    {
        State = RenderState.Succeeded,
        Stems = [.. names.Select((name, at) => new Stem(name, $"stems/{name}.mp3", 1_200_000, [.. Enumerable.Repeat(1f / (at + 1), 500)]))],
    };

    public static StemStatus Failed(StemSet set, string message, string reason) =>
        Running(set, 40, message) with { State = RenderState.Failed, Failure = RenderFailure.Server(message, reason) };
}
