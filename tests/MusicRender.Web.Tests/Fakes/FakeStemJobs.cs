using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Nobody takes tracks apart.</summary>
internal sealed class FakeStemJobs : IStemJobs
{
    public Task<StemStart?> StartAsync(string trackId, StemSet set, CancellationToken ct) => Task.FromResult<StemStart?>(null);

    public IAsyncEnumerable<StemStatus> WatchAsync(string trackId, StemSet set, CancellationToken ct) => AsyncEnumerable.Empty<StemStatus>();

    public Task<IReadOnlyList<StemStatus>> FindAsync(string trackId, CancellationToken ct) => Task.FromResult<IReadOnlyList<StemStatus>>([]);

    public StemOffer? OfferOf(string generator) => null;
}
