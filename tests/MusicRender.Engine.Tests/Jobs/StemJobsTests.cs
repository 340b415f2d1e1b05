using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

public abstract class StemJobsTests(EngineHost engine) : IDisposable
{
    public void Dispose()
    {
        engine.Generator.Reset();
        engine.StemMaker.OnSeparate = (request, _) => ScriptedStemMaker.Tones(request, "melody", "backing");
        (engine.StemMaker.IsReady, engine.StemMaker.IsLocal) = (true, true);
        engine.StemMaker.Requests.Clear();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Stems_OfATrack_AreFilesAsLongAsItToTheFrame()
    {
        var track = await TrackAsync();

        var end = await MakeAsync(track, StemSet.Two);

        Assert.Equal((RenderState.Succeeded, 100), (end.State, end.Percent));
        Assert.Equal(["melody", "backing"], end.Stems.Select(stem => stem.Name));
        foreach (var stem in end.Stems)
        {
            Assert.Equal($"stems/{track.Id}/two/{stem.Name}.mp3", stem.FilePath);
            var path = Path.Combine(engine.Root, stem.FilePath);
            Assert.Equal(new FileInfo(path).Length, stem.FileSizeBytes);
            var pcm = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "s16le", "-");
            Assert.Equal(PcmFormat.FramesOf(3_000), pcm.Length / 4);
            Assert.Equal(500, stem.Peaks.Count);
            Assert.All(stem.Peaks, peak => Assert.InRange(peak, 0.2f, 0.3f));
        }

        var request = Assert.Single(engine.StemMaker.Requests);
        Assert.Equal((StemSet.Two, track.FileName, track.Seed, track.DurationMs, "version-1"), (request.Set, request.FileName, request.Seed, request.DurationMs, request.GeneratorVersion));
        Assert.Equal(Path.Combine(engine.Root, track.FilePath), request.AudioPath);
        Assert.Equal(PlanJson.ToCompactText(track.Composition), PlanJson.ToCompactText(request.Composition));
        Assert.False(Directory.Exists(request.WorkFolder));
        Assert.Empty(Processes.Children(engine.Encoder));
    }

    [Fact]
    public async Task Watch_SeesPercentsRiseToTheEnd()
    {
        var track = await TrackAsync();
        var goOn = new TaskCompletionSource();
        engine.StemMaker.OnSeparate = (request, _) => PausedAsync(request, goOn.Task);
        await engine.Stems.StartAsync(track.Id, StemSet.Six, CancellationToken.None);

        var seen = new List<StemStatus>();
        await foreach (var status in engine.Stems.WatchAsync(track.Id, StemSet.Six, Limited()))
        {
            seen.Add(status);
            if (status.Message == "Half of it")
            {
                Assert.Equal(47, status.Percent);
                Assert.Equal(status, Assert.Single(await engine.Stems.FindAsync(track.Id, CancellationToken.None)));
                goOn.TrySetResult();
            }
        }

        Assert.Contains(seen, status => status.Message == "Half of it");
        Assert.Equal(seen.Select(status => status.Percent).Order(), seen.Select(status => status.Percent));
        Assert.Equal(RenderState.Succeeded, seen[^1].State);
        Assert.All(seen.SkipLast(1), status => Assert.Equal(RenderState.Running, status.State));

        // Whoever comes later sees the end alone.
        Assert.Equal(RenderState.Succeeded, Assert.Single(await WatchAsync(track, StemSet.Six)).State);
    }

    [Fact]
    public async Task Start_WhileMadeAndOnceDone_ChangesNothing()
    {
        var track = await TrackAsync();
        var goOn = new TaskCompletionSource();
        engine.StemMaker.OnSeparate = (request, _) => PausedAsync(request, goOn.Task);
        await engine.Stems.StartAsync(track.Id, StemSet.Two, CancellationToken.None);
        var second = await engine.Stems.StartAsync(track.Id, StemSet.Two, CancellationToken.None);
        goOn.SetResult();
        var end = (await WatchAsync(track, StemSet.Two))[^1];
        var third = await engine.Stems.StartAsync(track.Id, StemSet.Two, CancellationToken.None);

        Assert.Equal(RenderState.Running, second!.Status!.State);
        Assert.Equal(RenderState.Succeeded, third!.Status!.State);
        Assert.Equal(end.Stems.Select(stem => stem.FilePath), third.Status.Stems.Select(stem => stem.FilePath));
        Assert.Single(engine.StemMaker.Requests);
    }

    [Fact]
    public async Task Start_OfStemsWhoseFileIsLost_MakesThemAgain()
    {
        var track = await TrackAsync();
        var lost = Path.Combine(engine.Root, (await MakeAsync(track, StemSet.Two)).Stems[1].FilePath);
        File.Delete(lost);

        Assert.Equal(RenderState.Succeeded, (await MakeAsync(track, StemSet.Two)).State);

        Assert.True(File.Exists(lost));
        Assert.Equal(2, engine.StemMaker.Requests.Count);
    }

    [Fact]
    public async Task Sets_StandSideBySide()
    {
        var track = await TrackAsync();
        engine.StemMaker.OnSeparate = (request, _) => request.Set == StemSet.Two ? ScriptedStemMaker.Tones(request, "melody") : ScriptedStemMaker.Tones(request, "drums", "bass");
        await MakeAsync(track, StemSet.Six);
        await MakeAsync(track, StemSet.Two);

        var both = await engine.Stems.FindAsync(track.Id, CancellationToken.None);

        Assert.Equal([StemSet.Two, StemSet.Six], both.Select(status => status.Set));
        Assert.Equal([["melody"], ["drums", "bass"]], both.Select(status => status.Stems.Select(stem => stem.Name).ToArray()));
    }

    [Fact]
    public async Task Failure_OfTheMaker_IsToldAndTheNextTryWorks()
    {
        var track = await TrackAsync();
        engine.StemMaker.OnSeparate = (request, _) => FailingAsync(request);

        var failed = await MakeAsync(track, StemSet.Two);

        Assert.Equal((RenderState.Failed, "It did not work.", "broken"), (failed.State, failed.Failure!.Message, ReasonOf(failed)));
        Assert.Empty(failed.Stems);
        Assert.Equal("It did not work.", Assert.Single(await engine.Stems.FindAsync(track.Id, CancellationToken.None)).Failure!.Message);
        Assert.Empty(FilesOf(track));
        Assert.Empty(Processes.Children(engine.Encoder));

        engine.StemMaker.OnSeparate = (request, _) => ScriptedStemMaker.Tones(request, "melody");
        Assert.Equal(RenderState.Succeeded, (await MakeAsync(track, StemSet.Two)).State);
    }

    [Fact]
    public async Task Bug_OfTheMaker_IsAFailureWithoutItsWords()
    {
        var track = await TrackAsync();
        engine.StemMaker.OnSeparate = (_, _) => throw new InvalidOperationException("secret");

        var failed = await MakeAsync(track, StemSet.Two);

        Assert.Equal((RenderState.Failed, "internal"), (failed.State, ReasonOf(failed)));
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maker_ThatGivesNothing_HasFailed()
    {
        var track = await TrackAsync();
        engine.StemMaker.OnSeparate = (request, _) => ScriptedStemMaker.Tones(request);

        Assert.Equal((RenderState.Failed, "no_stems"), await EndAsync(track));
    }

    [Fact]
    public async Task Start_WithoutATrackOrAMaker_SaysSo()
    {
        var track = await TrackAsync();
        Assert.Null(await engine.Stems.StartAsync("0123456789abcdef0123456789abcdef", StemSet.Two, CancellationToken.None));
        Assert.Empty(await engine.Stems.FindAsync("0123456789abcdef0123456789abcdef", CancellationToken.None));
        Assert.True(engine.Stems.OfferOf("scripted")!.IsFree);

        engine.StemMaker.IsReady = false;

        Assert.Equal("stems_unavailable", (await engine.Stems.StartAsync(track.Id, StemSet.Two, CancellationToken.None))!.Failure!.Reason);
        Assert.Null(engine.Stems.OfferOf("scripted"));
        Assert.Empty(await engine.Stems.FindAsync(track.Id, CancellationToken.None));
        Assert.Empty(await WatchAsync(track, StemSet.Two));
    }

    [Fact]
    public async Task EncodedStems_AreKeptByteForByteWithTheirWaveform()
    {
        var track = await TrackAsync();
        var mp3 = await File.ReadAllBytesAsync(Path.Combine(engine.Root, track.FilePath), TestContext.Current.CancellationToken);
        engine.StemMaker.OnSeparate = (_, _) => EncodedAsync(mp3);

        var end = await MakeAsync(track, StemSet.Two);

        var stem = Assert.Single(end.Stems);
        Assert.Equal(mp3, await File.ReadAllBytesAsync(Path.Combine(engine.Root, stem.FilePath), TestContext.Current.CancellationToken));
        Assert.Equal(500, stem.Peaks.Count);
        Assert.All(stem.Peaks, peak => Assert.InRange(peak, 0.2f, 0.3f));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task EncodedStems_ThatAreNoAudio_HaveFailedAndSayWhatItMayCost(bool isLocal, bool maybeCharged)
    {
        var track = await TrackAsync();
        engine.StemMaker.IsLocal = isLocal;
        engine.StemMaker.OnSeparate = (_, _) => EncodedAsync("no audio"u8.ToArray());

        var failed = await MakeAsync(track, StemSet.Two);

        Assert.Equal((RenderState.Failed, "encoder"), (failed.State, ReasonOf(failed)));
        Assert.Equal(maybeCharged, failed.Message.Contains("may have been charged", StringComparison.Ordinal));
        Assert.Empty(FilesOf(track));
    }

    [Fact]
    public async Task PaidStems_ThatCouldNotBeMade_AreMadeNextTimeWithoutPayingAgain()
    {
        var track = await TrackAsync();
        var asked = 0;
        engine.StemMaker.IsLocal = false;
        engine.StemMaker.OnSeparate = ScriptedStemMaker.Paid(() => asked++, _ => EncodedAsync("no audio"u8.ToArray()));

        var failed = await MakeAsync(track, StemSet.Two);

        Assert.Equal((RenderState.Failed, "encoder"), (failed.State, ReasonOf(failed)));
        Assert.EndsWith("What was paid for is kept: making the stems again costs nothing.", failed.Message, StringComparison.Ordinal);
        Assert.True(failed.Failure!.Details!.Value.GetProperty("paid_for").GetBoolean());
        Assert.Empty(FilesOf(track));
        // Not even a key is needed for what is paid.
        engine.StemMaker.IsReady = false;
        engine.StemMaker.OnSeparate = ScriptedStemMaker.Paid(() => asked++, request => ScriptedStemMaker.Tones(request, "melody"));
        Assert.Equal(RenderState.Succeeded, (await MakeAsync(track, StemSet.Two)).State);
        Assert.Equal(1, asked);
        Assert.Empty(Directory.GetFiles(Path.Combine(engine.Root, "stems", ".paid")));
    }

    [Fact]
    public async Task Delete_OfTheTrack_TakesWhatWasPaidForItsStemsAlong()
    {
        var track = await TrackAsync();
        engine.StemMaker.IsLocal = false;
        engine.StemMaker.OnSeparate = ScriptedStemMaker.Paid(() => { }, _ => EncodedAsync("no audio"u8.ToArray()));
        await MakeAsync(track, StemSet.Two);
        Assert.Single(Directory.GetFiles(Path.Combine(engine.Root, "stems", ".paid")));

        Assert.True(await engine.Service<ITrackLibrary>().DeleteAsync(track.Id, CancellationToken.None));

        Assert.Empty(Directory.GetFiles(Path.Combine(engine.Root, "stems", ".paid")));
    }

    [Fact]
    public async Task Delete_OfTheTrack_TakesItsStemsAlong()
    {
        var track = await TrackAsync();
        await MakeAsync(track, StemSet.Two);
        Assert.NotEmpty(FilesOf(track));

        Assert.True(await engine.Service<ITrackLibrary>().DeleteAsync(track.Id, CancellationToken.None));

        Assert.False(Directory.Exists(Path.Combine(engine.Root, "stems", track.Id)));
        Assert.Equal(0, await engine.ReadAsync(catalogue => catalogue.Stems.CountAsync(row => row.TrackId == track.Id)));
        Assert.Empty(await engine.Stems.FindAsync(track.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Delete_WhileStemsAreMade_StopsThemAndLeavesNothing()
    {
        var track = await TrackAsync();
        var hasBegun = new TaskCompletionSource();
        engine.StemMaker.OnSeparate = ScriptedStemMaker.Endless(hasBegun);
        await engine.Stems.StartAsync(track.Id, StemSet.Six, CancellationToken.None);
        var watch = WatchAsync(track, StemSet.Six);
        await hasBegun.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);

        Assert.True(await engine.Service<ITrackLibrary>().DeleteAsync(track.Id, CancellationToken.None));

        var end = (await watch)[^1];
        Assert.Equal((RenderState.Failed, "track_deleted"), (end.State, ReasonOf(end)));
        Assert.False(Directory.Exists(Path.Combine(engine.Root, "stems", track.Id)));
        Assert.Empty(Processes.Children(engine.Encoder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(engine.Root, "stems", ".unfinished")));
        Assert.Equal(0, await engine.ReadAsync(catalogue => catalogue.Stems.CountAsync(row => row.TrackId == track.Id)));
        Assert.Null(await engine.Stems.StartAsync(track.Id, StemSet.Six, CancellationToken.None));
    }

    [Fact]
    public async Task Stems_WaitForASlotOfTheirGenerator()
    {
        var track = await TrackAsync();
        engine.Generator.Capacity = 1;
        var hasBegun = new TaskCompletionSource();
        engine.Generator.OnGenerate = (_, ct) => HeldAsync(hasBegun, ct);
        var holder = await engine.StartAsync(Plans.Short);
        await hasBegun.Task.WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        await engine.Stems.StartAsync(track.Id, StemSet.Two, CancellationToken.None);
        await Until.TrueAsync(async () => (await engine.Stems.FindAsync(track.Id, CancellationToken.None))[0].Message == "Waiting for other work to end, place 1 in line", "it waits in line");
        Assert.Empty(engine.StemMaker.Requests);

        await engine.Jobs.CancelAsync(holder, CancellationToken.None);

        Assert.Equal(RenderState.Succeeded, (await WatchAsync(track, StemSet.Two))[^1].State);
        engine.Generator.Reset();
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]);
    }

    private async Task<Track> TrackAsync()
    {
        var result = Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]).Result;
        return (await engine.Service<ITrackLibrary>().FindAsync(result.Id.Value, CancellationToken.None))!;
    }

    private async Task<StemStatus> MakeAsync(Track track, StemSet set)
    {
        var start = await engine.Stems.StartAsync(track.Id, set, CancellationToken.None);
        Assert.Null(start!.Failure);
        return (await WatchAsync(track, set))[^1];
    }

    private async Task<(RenderState State, string? Reason)> EndAsync(Track track)
    {
        var end = await MakeAsync(track, StemSet.Two);
        return (end.State, ReasonOf(end));
    }

    private async Task<IReadOnlyList<StemStatus>> WatchAsync(Track track, StemSet set) =>
        await engine.Stems.WatchAsync(track.Id, set, Limited()).ToListAsync(Limited());

    private string[] FilesOf(Track track) =>
        Directory.Exists(Path.Combine(engine.Root, "stems", track.Id)) ? Directory.GetFiles(Path.Combine(engine.Root, "stems", track.Id), "*", SearchOption.AllDirectories) : [];

    private static CancellationToken Limited() => new CancellationTokenSource(Until.Limit).Token;

    private static string? ReasonOf(StemStatus status) => status.Failure!.Reason;

    private static async IAsyncEnumerable<StemOutput> PausedAsync(StemRequest request, Task goOn)
    {
        yield return new StemOutput.Progress(1, 2, "Half of it");
        await goOn;
        await foreach (var output in ScriptedStemMaker.Tones(request, "melody", "backing"))
        {
            yield return output;
        }
    }

    private static async IAsyncEnumerable<StemOutput> FailingAsync(StemRequest request)
    {
        await foreach (var output in ScriptedStemMaker.Tones(request, "melody"))
        {
            yield return output;
        }

        yield return new StemOutput.Failed(RenderFailure.Server("It did not work.", "broken"));
    }

    private static async IAsyncEnumerable<StemOutput> EncodedAsync(byte[] bytes)
    {
        await Task.Yield();
        yield return new StemOutput.Begin("vocals");
        foreach (var part in bytes.Chunk(10_000))
        {
            yield return new StemOutput.Encoded(part);
        }
    }

    private static async IAsyncEnumerable<GeneratorOutput> HeldAsync(TaskCompletionSource hasBegun, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        hasBegun.SetResult();
        await Task.Delay(Timeout.Infinite, ct);
        yield break;
    }
}

public sealed class StemJobsOnSqliteTests(EngineHost engine) : StemJobsTests(engine), IClassFixture<EngineHost>;

public sealed class StemJobsOnPostgresTests(PostgresEngine engine) : StemJobsTests(engine), IClassFixture<PostgresEngine>;
