using System.Net;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Jobs.Cluster;
using Orleans.Runtime.Placement;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>Where a render's grain comes to be.</summary>
public sealed class PlacementTests
{
    private static readonly SiloAddress Here = SiloAddress.New(IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress There = SiloAddress.New(IPAddress.Loopback, 2, 1);

    [Theory]
    [InlineData(true, true, SiloStatus.Active, true)]
    [InlineData(false, true, SiloStatus.Active, false)]
    [InlineData(true, true, SiloStatus.ShuttingDown, false)]
    [InlineData(false, false, SiloStatus.Active, true)]
    public async Task Render_IsPlacedWhereItIsAskedFor_UnlessThatNodeMayNotTakeItUpAndAnotherMay(bool isLeaseHeld, bool hasOthers, SiloStatus status, bool isHere)
    {
        var lease = new FakeLease();
        await using var engine = new EngineHost { Lease = lease };
        await engine.InitializeAsync();
        if (!isLeaseHeld)
        {
            lease.Lapse();
        }

        var placed = await new RenderPlacementDirector(engine.Service<RenderRuns>()).OnAddActivation(new RenderPlacement(), default, new Silos(status, hasOthers ? [There, Here] : [Here]));

        Assert.Equal(isHere ? Here : There, placed);
    }

    private sealed class Silos(SiloStatus status, SiloAddress[] all) : IPlacementContext
    {
        public SiloAddress LocalSilo => Here;

        public SiloStatus LocalSiloStatus => status;

        public SiloAddress[] GetCompatibleSilos(PlacementTarget target) => all;

        public IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target) => new Dictionary<ushort, SiloAddress[]> { [0] = all };
    }
}
