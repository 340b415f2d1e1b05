using MusicRender.Engine.Generators.ElevenLabs;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

public sealed class HandoverTests
{
    [Fact]
    public async Task Things_InTheOrderTheyWereMade_EachDoneWithBeforeTheNext()
    {
        var log = new List<string>();
        await foreach (var item in new Handover<int>().RunAsync(MakeAsync, TestContext.Current.CancellationToken))
        {
            await Task.Yield();
            log.Add($"took {item}");
        }

        Assert.Equal(["made 1", "took 1", "made 2", "took 2", "made 3", "took 3"], log);

        async Task MakeAsync(Func<int, CancellationToken, ValueTask> give, CancellationToken ct)
        {
            for (var item = 1; item <= 3; item++)
            {
                log.Add($"made {item}");
                await give(item, ct);
            }
        }
    }

    [Fact]
    public async Task Cancelled_WhileSomethingIsInUse_ItsMemoryIsLeftAloneUntilItIsDoneWith()
    {
        using var cancel = new CancellationTokenSource();
        var isGivenBack = false;
        await using var items = new Handover<int>().RunAsync(MakeAsync, cancel.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await items.MoveNextAsync());

        await cancel.CancelAsync();
        Assert.False(isGivenBack);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await items.MoveNextAsync());
        Assert.True(isGivenBack);

        async Task MakeAsync(Func<int, CancellationToken, ValueTask> give, CancellationToken ct)
        {
            try
            {
                await give(1, ct);
            }
            finally
            {
                isGivenBack = true;
            }
        }
    }

    [Fact]
    public async Task ATakerThatLeaves_EndsTheMaker()
    {
        var isEnded = false;
        await foreach (var item in new Handover<int>().RunAsync(MakeAsync, TestContext.Current.CancellationToken))
        {
            Assert.Equal(1, item);
            break;
        }

        Assert.True(isEnded);

        async Task MakeAsync(Func<int, CancellationToken, ValueTask> give, CancellationToken ct)
        {
            try
            {
                await give(1, ct);
                await give(2, ct);
            }
            finally
            {
                isEnded = true;
            }
        }
    }
}
