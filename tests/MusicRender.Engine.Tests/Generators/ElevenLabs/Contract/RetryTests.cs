using System.Net;
using System.Net.Sockets;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Faults;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>Refusals that cost nothing are tried again, visibly; by a clock that the test turns.</summary>
public sealed class RetryTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    [Theory]
    [InlineData(FaultKind.SystemBusy, "ElevenLabs is busy")]
    [InlineData(FaultKind.RateLimitExceeded, "ElevenLabs is busy")]
    [InlineData(FaultKind.InternalServerError, "ElevenLabs has a problem of its own")]
    [InlineData(FaultKind.ServiceUnavailable, "ElevenLabs has a problem of its own")]
    [InlineData(FaultKind.ConcurrentLimitExceeded, "All slots of the ElevenLabs account are taken")]
    public async Task RefusalThatCostsNothing_IsTriedAgain_AndPaidOnce(FaultKind kind, string message)
    {
        await using var client = fixture.PatientClient();
        await client.FailNextAsync(new Fault { Kind = kind, Times = 3 });
        var begun = client.Time!.GetUtcNow();

        var song = await client.RenderAsync(ContractFixture.Song);

        song.Succeeded();
        Assert.Contains(song.Messages, told => told.StartsWith($"{message}; trying again in ", StringComparison.Ordinal) && told.EndsWith(" s (attempt 2)", StringComparison.Ordinal));
        Assert.Contains(song.Messages, told => told.StartsWith(message, StringComparison.Ordinal) && told.EndsWith("(attempt 4)", StringComparison.Ordinal));
        // 1, 2 and 4 s, a quarter less at most.
        Assert.True(client.Time.GetUtcNow() - begun >= TimeSpan.FromSeconds(5.25));
        Assert.Equal([0, 0, 0, 195], (await client.CallsAsync()).Select(call => call.Credits));
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor()
    {
        await using var client = fixture.PatientClient();
        await client.FailNextAsync(new Fault { Kind = FaultKind.RateLimitExceeded, RetryAfter = 45 });
        var begun = client.Time!.GetUtcNow();

        var song = await client.RenderAsync(ContractFixture.Song);

        song.Succeeded();
        Assert.Contains("ElevenLabs is busy; trying again in 45 s (attempt 2)", song.Messages);
        Assert.True(client.Time.GetUtcNow() - begun >= TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task UpstreamThatStaysBusy_IsGivenUpAfterTheTimeLimit()
    {
        await using var client = fixture.PatientClient(("RetryTimeout", "00:00:30"));
        await client.FailNextAsync(new Fault { Kind = FaultKind.SystemBusy, Times = 0 });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause("busy", "retry");
        var calls = await client.CallsAsync();
        Assert.InRange(calls.Count, 2, 7);
        Assert.All(calls, call => Assert.Equal((429, 0), (call.Status, call.Credits)));
    }

    [Fact]
    public async Task RefusalForGood_AfterOnesThatWerenT_EndsTheTrying()
    {
        await using var client = fixture.PatientClient();
        await client.FailNextAsync(new Fault { Kind = FaultKind.SystemBusy }, new Fault { Kind = FaultKind.InsufficientCredits });
        (await client.RenderAsync(ContractFixture.Song)).FailedBecause("insufficient_credits", "render_with_sketch");
        Assert.Equal([429, 402], (await client.CallsAsync()).Select(call => call.Status));
    }

    [Fact]
    public async Task BreakAfterRefusals_IsNotTriedAgain()
    {
        await using var client = fixture.PatientClient();
        await client.FailNextAsync(new Fault { Kind = FaultKind.SystemBusy }, new Fault { Kind = FaultKind.Reset });
        (await client.RenderAsync(ContractFixture.Song)).FailedBecause("interrupted", "render_again");
        Assert.Equal([0, 195], (await client.CallsAsync()).Select(call => call.Credits));
    }

    [Fact]
    public async Task RenderThatFindsNoSlot_GoesOnAsSoonAsAnotherEnds()
    {
        await using var client = fixture.PatientClient();
        await client.SetAccountAsync(new AccountSettings { Concurrency = 1 });
        // Ten minutes: more than fits into the buffers between, so it stands still while nobody takes it.
        var longSong = new CompositionPlan { Sections = [.. Enumerable.Range(1, 5).Select(number => new PlanSection { SectionName = $"Part {number}", DurationMs = 120_000 })] };
        await using var first = client.Generator.GenerateAsync(ContractClient.RequestOf(longSong, format: "mp3_48000_320"), CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var second = client.RenderAsync(ContractClient.RequestOf(ContractFixture.Song), known =>
        {
            if (known.Messages.Any(told => told.StartsWith("All slots of the ElevenLabs account are taken", StringComparison.Ordinal)))
            {
                refused.TrySetResult();
            }

            return false;
        });
        await refused.Task.WaitAsync(Until.Limit);
        while (await first.MoveNextAsync())
        {
        }

        (await second).Succeeded();
        Assert.Equal([200, 429, 200], (await client.CallsAsync()).Select(call => call.Status));
    }

    [Fact]
    public async Task UpstreamThatCannotBeReached_IsTriedAgain_AndNothingWasCharged()
    {
        await using var client = new ContractClient(fixture.Simulator, new(), FreeAddress(), ("RetryTimeout", "00:00:10"), ("IdleTimeout", "01:00:00"));

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause("unreachable", "retry");
        Assert.Contains(song.Messages, told => told.StartsWith("ElevenLabs cannot be reached; trying again in", StringComparison.Ordinal));
        Assert.Contains("nothing charged", song.Failure!.Message, StringComparison.Ordinal);
    }

    /// <summary>An address at which nobody listens.</summary>
    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }
}
