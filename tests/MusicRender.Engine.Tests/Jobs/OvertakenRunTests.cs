using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using MusicRender.Tests;
using Orleans.Core.Internal;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>Runs whose renders somebody else has taken up: they end, and there is always somebody who works on the render.</summary>
public sealed class OvertakenRunTests(PostgresServer server) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly FakeLease _lease = new();
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EngineHost _engine = null!;
    private int _asked;

    private RenderRecords Records => _engine.Service<RenderRecords>();

    private RenderRuns Runs => _engine.Service<RenderRuns>();

    public async ValueTask InitializeAsync()
    {
        _engine = new EngineHost(_folder.Path) { Lease = _lease };
        _engine.Generator.OnGenerate = PlayAsync;
        await _engine.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ThatWaitsForItsGeneratorInSilence_EndsWhenTheRenderIsSomebodyElses(bool hasEnded)
    {
        var id = await StartAsync();
        var slots = (GrainSlots)_engine.Service<IRenderSlots>();
        Assert.Contains(id, slots.Held);
        Assert.True(await Records.TakeUpAsync(id, 1, "other"));
        Assert.True(!hasEnded || await Records.FinishAsync(id, 2, new RenderOutcome(RenderState.Failed, [], null, []), "[]", null));

        await RecoveryOf(_engine).TakeUpAsync(CancellationToken.None);

        await Until.TrueAsync(() => !Runs.Has(id), "the run has ended");
        await Until.TrueAsync(() => _engine.FilesIn("partial").Length == 0, "its file is gone");
        Assert.Equal(1, _asked);
        // The slot is the other's: said to be held here for ever, it would never come free.
        Assert.DoesNotContain(id, slots.Held);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Render_TakenOverByANodeThatDiesToo_IsTakenUpHereAgain(bool isActivatedAnew)
    {
        var id = await StartAsync();
        if (isActivatedAnew)
        {
            // Its grain goes while it runs, and finds the run when it is asked for again.
            await _engine.Service<IGrainFactory>().GetGrain<IRenderGrain>(id.Value).Cast<IGrainManagementExtension>().DeactivateOnIdle();
            await Until.TrueAsync(async () => (await _engine.Jobs.FindAsync(id, CancellationToken.None))!.State == RenderState.Running, "it is asked for again");
        }

        Assert.True(await Records.TakeUpAsync(id, 1, "other"));
        _lease.Alive("me");
        Assert.IsType<ResultEvent>((await _engine.LogAsync(id))[^1]);
    }

    [Fact]
    public async Task Cancel_OfARenderWhoseRunHereWasOvertaken_EndsIt()
    {
        var id = await StartAsync();
        Assert.True(await Records.TakeUpAsync(id, 1, "other"));
        await RecoveryOf(_engine).TakeUpAsync(CancellationToken.None);
        await _engine.Jobs.CancelAsync(id, CancellationToken.None);
        Assert.Equal("cancelled", Assert.IsType<ErrorEvent>((await _engine.LogAsync(id))[^1]).Failure.Reason);
    }

    [Fact]
    public async Task Render_OfANodeThatLostOnlyItsDatabase_EndsOnAnother_AndItsRunThereEnds()
    {
        var database = await server.NewDatabaseAsync();
        var (cutOff, well) = (new FakeLease("cut off"), new FakeLease("well"));
        await using var one = new EngineHost { Lease = cutOff };
        await using var two = new EngineHost { Lease = well };
        foreach (var engine in new[] { one, two })
        {
            engine.Set("ConnectionStrings:MusicRender", database);
            await engine.InitializeAsync();
        }

        cutOff.Alive("cut off", "well");
        well.Alive("cut off", "well");
        one.Generator.OnGenerate = PlayAsync;
        var id = await one.StartAsync(Plans.Short);
        await _silent.Task.WaitAsync(Until.Limit);

        // Its grain is where it runs, and whoever takes it up asks that one first.
        cutOff.Lapse();
        cutOff.Alive(null);
        well.Alive("well");
        Assert.IsType<ResultEvent>((await two.LogAsync(id))[^1]);
        Assert.True(one.Service<RenderRuns>().Has(id));

        cutOff.Regain();
        await Until.TrueAsync(() => !one.Service<RenderRuns>().Has(id), "the run that was overtaken has ended");
        Assert.Single((await one.Service<ITrackLibrary>().SearchAsync(new TrackQuery(null), CancellationToken.None)).Tracks);
        Assert.Equal(1, _asked);
    }

    private async Task<RenderId> StartAsync()
    {
        var id = await _engine.StartAsync(Plans.Short);
        await _silent.Task.WaitAsync(Until.Limit);
        return id;
    }

    private static RenderRecovery RecoveryOf(EngineHost engine) => engine.Service<IEnumerable<IHostedService>>().OfType<RenderRecovery>().Single();

    /// <summary>Gives a second and then nothing more to whoever asks first; a tone to others.</summary>
    private async IAsyncEnumerable<GeneratorOutput> PlayAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        if (Interlocked.Increment(ref _asked) == 1)
        {
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
            _silent.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        }

        await foreach (var output in ScriptedGenerator.Tone(3_000).WithCancellation(ct))
        {
            yield return output;
        }
    }
}
