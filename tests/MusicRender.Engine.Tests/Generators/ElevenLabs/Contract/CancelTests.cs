using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Faults;
using MusicRender.Engine.Generators;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>Cancelling closes the connection, and nothing more is sent.</summary>
public sealed class CancelTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    [Theory]
    [InlineData(60_000)]
    [InlineData(200_000)]
    public async Task WhileMusicArrives(int at)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.Stall, At = at });
        await CancelAsync(client, output => output is GeneratorOutput.Encoded);

        var call = await client.OnlyCallAsync();
        Assert.Equal((CallOutcome.ClientClosed, 195), (call.Outcome, call.Credits));
    }

    [Fact]
    public async Task WhileMusicComesAtItsPace()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Pace = 0.01 });
        await CancelAsync(client, output => output is GeneratorOutput.Encoded);
        Assert.Equal(CallOutcome.ClientClosed, (await client.OnlyCallAsync()).Outcome);
    }

    [Fact]
    public async Task BeforeTheHeaders()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { LatencyMs = 3_600_000 });
        using var cancel = new CancellationTokenSource();

        var render = client.RenderAsync(ContractClient.RequestOf(ContractFixture.Song), ct: cancel.Token);
        await client.CallCameAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render);
        Assert.Equal((CallOutcome.ClientClosed, 0), ((await client.OnlyCallAsync()).Outcome, (await client.OnlyCallAsync()).Status));
    }

    [Fact]
    public async Task WhileItWaitsToTryAgain()
    {
        await using var client = fixture.PatientClient();
        await client.FailNextAsync(new Fault { Kind = FaultKind.SystemBusy, Times = 0 });
        await CancelAsync(client, output => output is GeneratorOutput.Progress { Message: var told } && told.Contains("trying again", StringComparison.Ordinal));
        Assert.Equal(CallOutcome.Refused, (await client.OnlyCallAsync()).Outcome);
    }

    [Fact]
    public async Task TakerThatStops_StopsTheCallToo()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.Stall, At = 60_000 });
        await foreach (var output in client.Generator.GenerateAsync(ContractClient.RequestOf(ContractFixture.Song), CancellationToken.None))
        {
            if (output is GeneratorOutput.Encoded)
            {
                break;
            }
        }

        Assert.Equal(CallOutcome.ClientClosed, (await client.OnlyCallAsync()).Outcome);
    }

    /// <summary>Cancels at an output; no failure is told of it.</summary>
    private static async Task CancelAsync(ContractClient client, Func<GeneratorOutput, bool> at)
    {
        using var cancel = new CancellationTokenSource();
        await using var outputs = client.Generator.GenerateAsync(ContractClient.RequestOf(ContractFixture.Song), cancel.Token).GetAsyncEnumerator(CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await outputs.MoveNextAsync())
            {
                Assert.IsNotType<GeneratorOutput.Failed>(outputs.Current);
                if (at(outputs.Current))
                {
                    await cancel.CancelAsync();
                }
            }
        });
    }
}
