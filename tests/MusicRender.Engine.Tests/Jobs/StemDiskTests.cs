using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>Stems on a full disk and on a read-only one, real ones.</summary>
public sealed class StemDiskTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly SmallDisks _disks = new();
    private EngineHost _engine = null!;
    private string _track = null!;

    private string Stems => Path.Combine(_folder.Path, "stems");

    public async ValueTask InitializeAsync()
    {
        await _disks.MountAsync(Stems, "1m");
        _engine = await EngineHost.StartAsync(_folder.Path);
        _track = Assert.IsType<ResultEvent>((await _engine.RenderAsync(Plans.Short))[^1]).Result.Id.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await _disks.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Disk_WithoutRoomForTheStems_IsToldBeforeAnythingIsPaid()
    {
        _engine.StemMaker.IsLocal = false;
        var ballast = Path.Combine(Stems, "ballast");
        await SmallDisks.FillAsync(ballast, leave: 100_000);

        var failed = await MakeAsync();

        Assert.Equal("The library's disk is full. Free some space, then make the stems again.", failed.Message);
        Assert.Empty(_engine.StemMaker.Requests);
        File.Delete(ballast);
        Assert.Equal(RenderState.Succeeded, (await MakeAsync()).State);
    }

    [Fact]
    public async Task Disk_FullWhileTheStemsAreMade_LeavesNothingAndTheNextTryWorks()
    {
        _engine.StemMaker.OnSeparate = (request, _) => ScriptedStemMaker.Tones(request with { DurationMs = 600_000 }, "melody", "backing");

        var failed = await MakeAsync();

        Assert.Equal((RenderState.Failed, "library"), (failed.State, failed.Failure!.Reason));
        Assert.Empty(Directory.GetFiles(Stems, "*", SearchOption.AllDirectories));
        Assert.Empty(Processes.Children(_engine.Encoder));
        _engine.StemMaker.OnSeparate = (request, _) => ScriptedStemMaker.Tones(request, "melody");
        Assert.Equal(RenderState.Succeeded, (await MakeAsync()).State);
    }

    [Fact]
    public async Task Disk_ThatIsReadOnly_IsToldAndTheNextTryWorks()
    {
        await SmallDisks.RemountAsync(Stems, "ro");
        var failed = await MakeAsync();
        Assert.Equal("The library's folder cannot be written to. Check its permissions, then make the stems again.", failed.Message);

        await SmallDisks.RemountAsync(Stems, "rw");
        Assert.Equal(RenderState.Succeeded, (await MakeAsync()).State);
    }

    [Fact]
    public async Task Track_OnAFullDisk_CanBeDeletedWithItsStems()
    {
        await MakeAsync();
        await SmallDisks.FillAsync(Path.Combine(Stems, "ballast"), leave: 0);

        Assert.True(await _engine.Service<ITrackLibrary>().DeleteAsync(_track, CancellationToken.None));

        Assert.False(Directory.Exists(Path.Combine(Stems, _track)));
    }

    private async Task<StemStatus> MakeAsync()
    {
        using var limit = new CancellationTokenSource(Until.Limit);
        Assert.Null((await _engine.Stems.StartAsync(_track, StemSet.Two, CancellationToken.None))!.Failure);
        return await _engine.Stems.WatchAsync(_track, StemSet.Two, limit.Token).LastAsync(limit.Token);
    }
}
