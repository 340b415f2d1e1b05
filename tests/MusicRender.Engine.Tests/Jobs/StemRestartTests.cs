using Microsoft.Data.Sqlite;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>What a new process finds of the stems that an earlier one made or began.</summary>
public sealed class StemRestartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Stems_ThatWereDone_AreThereAfterARestart()
    {
        string track;
        StemStatus before;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            track = await TrackAsync(first);
            before = await MakeAsync(first, track);
        }

        await using var second = await EngineHost.StartAsync(_folder.Path);
        var after = Assert.Single(await second.Stems.FindAsync(track, CancellationToken.None));

        Assert.Equal((RenderState.Succeeded, 100), (after.State, after.Percent));
        Assert.Equal(before.Stems.Select(stem => (stem.Name, stem.FilePath, stem.FileSizeBytes)), after.Stems.Select(stem => (stem.Name, stem.FilePath, stem.FileSizeBytes)));
        Assert.Equal(before.Stems.SelectMany(stem => stem.Peaks), after.Stems.SelectMany(stem => stem.Peaks));
        Assert.All(after.Stems, stem => Assert.True(File.Exists(Path.Combine(_folder.Path, stem.FilePath))));
    }

    [Theory]
    [InlineData(true, "Make them again; it costs nothing.")]
    [InlineData(false, "It may have been charged, and what had arrived cannot be used.")]
    public async Task Stems_BeingMadeWhenTheHostStops_AreInterruptedAndSayWhatItMayCost(bool isLocal, string words)
    {
        string track, encoder;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            encoder = first.Encoder;
            track = await TrackAsync(first);
            first.StemMaker.IsLocal = isLocal;
            var hasBegun = new TaskCompletionSource();
            first.StemMaker.OnSeparate = ScriptedStemMaker.Endless(hasBegun);
            await first.Stems.StartAsync(track, StemSet.Two, CancellationToken.None);
            await hasBegun.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        }

        Assert.Empty(Processes.Children(encoder));
        await using var second = await EngineHost.StartAsync(_folder.Path);
        await IsInterruptedAsync(second, track, words);
    }

    [Fact]
    public async Task Stems_PaidForButStillInLineWhenTheHostStops_WereNotCharged()
    {
        string track;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            track = await TrackAsync(first);
            first.StemMaker.IsLocal = false;
            first.Generator.Capacity = 1;
            first.Generator.OnGenerate = (_, ct) => Never(ct);
            await first.StartAsync(Plans.Short);
            await Until.TrueAsync(async () => (await first.Jobs.UnderWayAsync(CancellationToken.None)).Any(render => render.State == RenderState.Running), "the only slot is taken");
            await first.Stems.StartAsync(track, StemSet.Two, CancellationToken.None);
            await Until.TrueAsync(async () => (await first.Stems.FindAsync(track, CancellationToken.None))[0].Message.Contains("in line", StringComparison.Ordinal), "it waits");
        }

        await using var second = await EngineHost.StartAsync(_folder.Path);
        await IsInterruptedAsync(second, track, "Make them again; it costs nothing.");
    }

    [Theory]
    [InlineData(true, "Make them again; it costs nothing.")]
    [InlineData(false, "It may have been charged, and what had arrived cannot be used.")]
    public async Task Stems_BeingMadeWhenTheProcessIsKilled_AreInterruptedAndNothingIsLeftOver(bool isFree, string words)
    {
        string track;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            track = await TrackAsync(first);
        }

        // What a killed process leaves: a row without an end, half a set, and maybe a whole one that the catalogue does not know yet.
        await using (var dead = new EngineHost(_folder.Path))
        {
            await dead.PrepareLibraryAsync();
            Assert.True(await dead.Service<StemRecords>().BeginAsync(track, StemSet.Two, isFree, CancellationToken.None));
        }

        foreach (var folder in new[] { Path.Combine("stems", ".unfinished", "x"), Path.Combine("stems", track, "two") })
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, folder));
            await File.WriteAllBytesAsync(Path.Combine(_folder.Path, folder, "melody.mp3"), new byte[10], TestContext.Current.CancellationToken);
        }

        await using var next = await EngineHost.StartAsync(_folder.Path);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, "stems"), "*", SearchOption.AllDirectories));
        await IsInterruptedAsync(next, track, words);
    }

    [Fact]
    public async Task PaidStems_WhoseProcessWasKilledBeforeTheirEntry_AreEnteredByTheNextOne()
    {
        string track;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            track = await TrackAsync(first);
        }

        // The files had their place, and the catalogue had not heard of it. Nothing but what was paid for is needed.
        await using (var dead = new EngineHost(_folder.Path))
        {
            await dead.PrepareLibraryAsync();
            await dead.Service<StemRecords>().BeginAsync(track, StemSet.Two, isFree: false, CancellationToken.None);
        }

        foreach (var file in new[] { Path.Combine(track, "two", "melody.mp3"), Path.Combine(".paid", $"{track}.two.zip"), Path.Combine(".paid", "0123456789abcdef0123456789abcdef.six.zip") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, "stems", file))!);
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, "stems", file), "an archive", TestContext.Current.CancellationToken);
        }

        var asked = 0;
        await using var next = new EngineHost(_folder.Path);
        (next.StemMaker.IsLocal, next.StemMaker.IsReady) = (false, false);
        next.StemMaker.OnSeparate = ScriptedStemMaker.Paid(() => asked++, request => ScriptedStemMaker.Tones(request, "melody", "backing"));
        await next.InitializeAsync();
        await AreReadyAsync(next, track);
        Assert.Equal(0, asked);
        // Nor is anything left of a track that is gone.
        await Until.TrueAsync(() => Directory.GetFiles(Path.Combine(_folder.Path, "stems", ".paid")).Length == 0, "nothing is left of what was paid for");
    }

    [Fact]
    public async Task PaidStems_ThatTheCatalogueCannotTake_AreEnteredByTheNextProcess()
    {
        await using var disks = new SmallDisks();
        await disks.MountAsync(_folder.Path, "6m");
        foreach (var folder in new[] { "audio", "partial", "stems" })
        {
            await disks.MountAsync(Path.Combine(_folder.Path, folder), "4m");
        }

        var (ballast, asked, track) = (Path.Combine(_folder.Path, "ballast"), 0, "");
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            track = await TrackAsync(first);
            first.StemMaker.IsLocal = false;
            first.StemMaker.OnSeparate = ScriptedStemMaker.Paid(() => asked++, request => FillingAsync(request, ballast));

            var failed = await MakeAsync(first, track);

            Assert.Equal((RenderState.Failed, "catalogue"), (failed.State, failed.Failure!.Reason));
            Assert.EndsWith("What was paid for is kept: making the stems again costs nothing.", failed.Message, StringComparison.Ordinal);
        }

        File.Delete(ballast);
        await using (var next = new EngineHost(_folder.Path))
        {
            next.StemMaker.IsLocal = false;
            next.StemMaker.OnSeparate = ScriptedStemMaker.Paid(() => asked++, request => ScriptedStemMaker.Tones(request, "melody", "backing"));
            await next.InitializeAsync();
            await AreReadyAsync(next, track);
        }

        Assert.Equal(1, asked);
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task PaidStems_BeingReadWhenTheHostStops_AreSaidToCostNothingMore()
    {
        string track;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            track = await TrackAsync(first);
            first.StemMaker.IsLocal = false;
            var hasBegun = new TaskCompletionSource();
            first.StemMaker.OnSeparate = ScriptedStemMaker.Paid(() => { }, request => ScriptedStemMaker.Endless(hasBegun)(request, first.Service<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping));
            await first.Stems.StartAsync(track, StemSet.Two, CancellationToken.None);
            await hasBegun.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        }

        await using (var dead = new EngineHost(_folder.Path))
        {
            await dead.PrepareLibraryAsync();
            var end = Assert.Single(await dead.Service<StemRecords>().FindAsync(track, CancellationToken.None)).Status;
            Assert.Equal("The server stopped while the stems were made. What was paid for is kept: making the stems again costs nothing.", end.Message);
        }
    }

    private static async Task AreReadyAsync(EngineHost engine, string track)
    {
        await Until.TrueAsync(async () => (await engine.Stems.FindAsync(track, CancellationToken.None)) is [{ State: RenderState.Succeeded }], "the stems are entered");
        var stems = Assert.Single(await engine.Stems.FindAsync(track, CancellationToken.None)).Stems;
        Assert.Equal(["melody", "backing"], stems.Select(stem => stem.Name));
        Assert.All(stems, stem => Assert.Equal(stem.FileSizeBytes, new FileInfo(Path.Combine(engine.Root, stem.FilePath)).Length));
    }

    private static async IAsyncEnumerable<StemOutput> FillingAsync(StemRequest request, string ballast)
    {
        await foreach (var output in ScriptedStemMaker.Tones(request, "melody", "backing"))
        {
            yield return output;
        }

        await SmallDisks.FillAsync(ballast, leave: 0);
    }

    private static async Task IsInterruptedAsync(EngineHost engine, string track, string words)
    {
        var status = Assert.Single(await engine.Stems.FindAsync(track, CancellationToken.None));
        Assert.Equal((RenderState.Failed, "interrupted"), (status.State, status.Failure!.Reason));
        Assert.Contains(words, status.Message, StringComparison.Ordinal);
        Assert.Equal(RenderState.Succeeded, (await MakeAsync(engine, track)).State);
    }

    private static async Task<string> TrackAsync(EngineHost engine) =>
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]).Result.Id.Value;

    private static async Task<StemStatus> MakeAsync(EngineHost engine, string track)
    {
        using var limit = new CancellationTokenSource(Until.Limit);
        Assert.Null((await engine.Stems.StartAsync(track, StemSet.Two, CancellationToken.None))!.Failure);
        return await engine.Stems.WatchAsync(track, StemSet.Two, limit.Token).LastAsync(limit.Token);
    }

    private static async IAsyncEnumerable<GeneratorOutput> Never([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        yield break;
    }
}
