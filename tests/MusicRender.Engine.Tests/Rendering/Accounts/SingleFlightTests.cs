using MusicRender.Engine.Rendering.Accounts;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering.Accounts;

public sealed class SingleFlightTests
{
    [Fact]
    public async Task AskAnew_WhileACallRuns_GivesTheAnswerOfALaterOne()
    {
        var (calls, goOn) = (0, new TaskCompletionSource());
        await using var flight = new SingleFlight<int>(async _ =>
        {
            var number = Interlocked.Increment(ref calls);
            await goOn.Task;
            return number;
        });
        var first = flight.Ask();
        await Until.TrueAsync(() => Volatile.Read(ref calls) == 1, "the first call runs");
        var (second, third) = (flight.AskAnew(), flight.AskAnew());
        goOn.SetResult();
        int[] answers = await Task.WhenAll(first, second, third);
        Assert.Equal([1, 2, 2], answers);
    }

    /// <summary>A call that ends in the moment in which somebody asks anew must not leave its successor behind as the next one for ever.</summary>
    [Fact]
    public async Task AskAnew_JustAsTheCallEnds_NeverGivesAnOldAnswer()
    {
        var calls = 0;
        await using var flight = new SingleFlight<int>(_ => Task.FromResult(Interlocked.Increment(ref calls)));
        for (var round = 0; round < 50_000; round++)
        {
            _ = flight.Ask();
            // Each round a little later in the course of that call.
            Thread.SpinWait(round % 200);
            var begun = Volatile.Read(ref calls);
            Assert.True(await flight.AskAnew() > begun, "The answer is of a call that had begun before.");
        }
    }
}
