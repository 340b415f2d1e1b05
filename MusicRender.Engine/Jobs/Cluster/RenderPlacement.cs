using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace MusicRender.Engine.Jobs.Cluster;

/// <summary>A render is run where it is asked for, on a node that may run it: docs/decisions.md.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RenderPlacementAttribute() : PlacementAttribute(new RenderPlacement());

/// <summary>Marks the grains that <see cref="RenderPlacementDirector"/> places.</summary>
[GenerateSerializer]
internal sealed class RenderPlacement : PlacementStrategy;

/// <summary>Places a render's activation on this node, or on another while this one takes up nothing: it stops, or has lost its lease.</summary>
internal sealed class RenderPlacementDirector(RenderRuns runs) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var here = context.LocalSilo;
        if (runs.MayTakeUp && context.LocalSiloStatus == SiloStatus.Active && silos.Contains(here))
        {
            return Task.FromResult(here);
        }

        var others = silos.Where(silo => !silo.Equals(here)).ToArray();
        return Task.FromResult(others.Length == 0 ? here : Random.Shared.GetItems(others, 1)[0]);
    }
}
