using MusicRender.E2E;
using MusicRender.E2E.Journeys;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace MusicRender.E2E;

/// <summary>Begins with the classes of journeys that take longest, for they mostly wait: one that comes last would leave the machine idle beside it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        .. new[]
        {
            typeof(TogetherJourneys), typeof(RenderingJourneys), typeof(PlayerJourneys), typeof(PowerCutJourneys), typeof(BadConditionJourneys), typeof(SharedFrontEnd), typeof(StemJourneys),
            typeof(ElevenLabsJourneys), typeof(QuickStartJourneys), typeof(AccessiblePagesJourneys), typeof(QueueJourneys), typeof(FailingRenderJourneys), typeof(SeveralRendersJourneys),
        }.Select(journeys => journeys.FullName!),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var at ? at : Longest.Length)];
}
