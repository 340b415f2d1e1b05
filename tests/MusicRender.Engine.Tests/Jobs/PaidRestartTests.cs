using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>What a new process finds of paid renders. A killed process is a copy of its library, taken while it ran.</summary>
public sealed class PaidRestartTests : IDisposable
{
    private static readonly byte[] Second = Mp3.Frames(38);

    private readonly TestFolder _folder = new();
    private readonly TestFolder _copy = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task Render_KilledWhileAudioArrives_LeavesATake()
    {
        var id = await KillAsync(new PaidScript([.. PaidScript.Facts, Encoded(Second), Encoded(Second)]));
        await using var next = await EngineHost.StartAsync(_copy.Path);
        var (failure, status) = await EndOfAsync(next, id);
        Assert.Equal((RenderState.Failed, "interrupted", true), (status.State, failure.Reason, MayBeBilled(failure)));
        Assert.Equal(new PartialTake(76 * 1_152 * 1_000 / 44_100, 2 * Second.Length), status.PartialTake);
        Assert.Contains("may have been charged", failure.Message, StringComparison.Ordinal);
        Assert.Contains("What arrived (2 s)", failure.Message, StringComparison.Ordinal);
        var track = (await next.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        Assert.Equal(("song-7", "synthwave", "Night Drive (partial)"), (track.SongId, track.Song.Genres[0], track.Title));
        Assert.Equal(PlanJson.ToCompactText(PaidScript.Plan), PlanJson.ToCompactText(track.UpstreamPlan!));
        Assert.Empty(next.FilesIn("partial"));
    }

    [Fact]
    public async Task Render_KilledWhilePartsArriveInAnotherOrder_HasThemInTheirOrder()
    {
        var id = await KillAsync(new PaidScript(Encoded(Mp3.Frames(10, 1)), new GeneratorOutput.Part(1), Encoded(Mp3.Frames(10, 0)), new GeneratorOutput.Part(0), Encoded(Mp3.Frames(4, 2))));
        await using (var next = await EngineHost.StartAsync(_copy.Path))
        {
            Assert.Equal(24 * Mp3.FrameBytes, (await EndOfAsync(next, id)).Status.PartialTake!.FileSizeBytes);
        }

        // One more start changes nothing.
        await using var last = await EngineHost.StartAsync(_copy.Path);
        var track = (await last.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        var file = await File.ReadAllBytesAsync(Path.Combine(_copy.Path, track.FilePath));
        Assert.Equal([.. Mp3.Frames(10, 0), .. Mp3.Frames(10, 1), .. Mp3.Frames(4, 2)], file[^(24 * Mp3.FrameBytes)..]);
    }

    [Fact]
    public async Task Render_KilledBeforeAudio_MayCostAndLeavesNothing()
    {
        var id = await KillAsync(new PaidScript(PaidScript.Facts));
        await using var next = await EngineHost.StartAsync(_copy.Path);
        var (failure, status) = await EndOfAsync(next, id);
        Assert.True(MayBeBilled(failure));
        Assert.Null(status.PartialTake);
        Assert.Empty(next.FilesIn("partial"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Render_KilledBeforeItsFile_IsAskedForOnlyWhenItCannotHaveBeenAskedFor(bool hasBegun)
    {
        var id = RenderId.New(DateTimeOffset.UtcNow);
        await using (var dead = new EngineHost(_copy.Path))
        {
            await dead.PrepareLibraryAsync();
            await dead.AcceptAsync(id);
            Assert.True(!hasBegun || await dead.Service<RenderRecords>().AppendAsync(id, 1, [], DateTimeOffset.UtcNow));
        }

        var isAsked = false;
        await using var next = new EngineHost(_copy.Path) { Generator = new ScriptedGenerator { IsLocal = false } };
        next.Generator.OnGenerate = (_, _) =>
        {
            isAsked = true;
            return ScriptedGenerator.Mp3(3_000);
        };
        await next.InitializeAsync();
        var end = (await next.LogAsync(id))[^1];
        Assert.Equal(!hasBegun, isAsked);
        if (hasBegun)
        {
            // The catalogue says that it was about to be asked, and nobody knows more.
            var failure = Assert.IsType<ErrorEvent>(end).Failure;
            Assert.Equal(("interrupted", true), (failure.Reason, MayBeBilled(failure)));
        }
        else
        {
            Assert.IsType<ResultEvent>(end);
        }
    }

    [Fact]
    public async Task Render_LetGoOfBeforeItsGeneratorWasAsked_IsAskedForAtTheNextStart()
    {
        RenderId id;
        var lease = new FakeLease();
        await using (var first = new EngineHost(_folder.Path) { Lease = lease })
        {
            await first.InitializeAsync();
            first.Generator.IsLocal = false;
            // The catalogue says that it has begun, and it waits for its lease before anybody is asked.
            lease.Lapse();
            id = await first.StartAsync(Plans.Short);
            await lease.Awaited.Task.WaitAsync(Until.Limit);
            Assert.NotNull(await first.ReadAsync(catalogue => catalogue.Renders.Select(row => row.StartedAt).SingleAsync()));
        }

        await using var next = new EngineHost(_folder.Path) { Generator = new ScriptedGenerator { IsLocal = false, OnGenerate = (_, _) => ScriptedGenerator.Mp3(3_000) } };
        await next.InitializeAsync();
        Assert.IsType<ResultEvent>((await next.LogAsync(id))[^1]);
    }

    [Fact]
    public async Task Render_KilledBetweenItsFileAndTheCatalogue_LeavesAWholeTake()
    {
        var script = new PaidScript(Encoded(Second));
        var id = await KillAsync(script);
        // Saved already: tag in front, name given.
        Directory.CreateDirectory(Path.Combine(_copy.Path, "audio"));
        File.Move(Path.Combine(_copy.Path, "partial", $"{id}.mp3"), Path.Combine(_copy.Path, "audio", $"night-drive_{id.Short}.mp3"));
        await using var next = new EngineHost(_copy.Path) { Generator = new ScriptedGenerator { IsLocal = false } };
        await next.InitializeAsync();
        Assert.Equal(992, (await EndOfAsync(next, id)).Status.PartialTake!.DurationMs);
        Assert.Empty(next.FilesIn("audio"));
        Assert.NotNull((await next.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track);
    }

    [Fact]
    public async Task Render_UnderWayWhenTheHostStops_LeavesATake()
    {
        RenderId id;
        var script = new PaidScript(Encoded(Second));
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            id = await StartAsync(first, script);
            await script.Waiting;
        }

        await using var next = await EngineHost.StartAsync(_folder.Path);
        var (failure, status) = await EndOfAsync(next, id);
        Assert.Equal((RenderState.Failed, "interrupted", true, 992), (status.State, failure.Reason, MayBeBilled(failure), status.PartialTake!.DurationMs));
        Assert.NotNull((await next.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track);
    }

    [Fact]
    public async Task Files_OfNobody_AreRemovedAtTheStart_ButNotTakesOfRendersThatTheCatalogueNeverHeardOf()
    {
        RenderId succeeded;
        var unknown = RenderId.New(DateTimeOffset.UtcNow).Value;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            succeeded = Assert.IsType<ResultEvent>((await first.RenderAsync(Plans.Short))[^1]).Result.Id;
        }

        foreach (var id in new[] { unknown, succeeded.Value, "nonsense" })
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, "partial", $"{id}.json"), "{\"composition\":{\"sections\":[]}}");
            await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "partial", $"{id}.mp3"), Second);
            await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "partial", $"{id}-ordered.mp3"), Second);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "partial", "x.json.new"), "{");
        await using var next = await EngineHost.StartAsync(_folder.Path);
        // Another catalogue's, it may be: somebody may have paid for it.
        Assert.Equal([$"{unknown}-ordered.mp3", $"{unknown}.json", $"{unknown}.mp3"], next.FilesIn("partial").Order(StringComparer.Ordinal));
        Assert.Single(next.FilesIn("audio"));
    }

    [Theory]
    [InlineData("{ half of")]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("null")]
    public async Task Notes_ThatAPowerCutTore_CostOnlyWhatTheyHeld(string notes)
    {
        var id = await KillAsync(new PaidScript([.. PaidScript.Facts, Encoded(Second)]));
        await File.WriteAllTextAsync(Path.Combine(_copy.Path, "partial", $"{id}.json"), notes);
        await using (var next = await EngineHost.StartAsync(_copy.Path))
        {
            var (failure, status) = await EndOfAsync(next, id);
            Assert.Equal(("interrupted", true, 992), (failure.Reason, MayBeBilled(failure), status.PartialTake!.DurationMs));
            Assert.IsType<ResultEvent>((await next.RenderAsync(Plans.Short))[^1]);
        }

        await using var last = await EngineHost.StartAsync(_copy.Path);
        Assert.Equal([id], (await last.Jobs.UnkeptTakesAsync(CancellationToken.None)).Select(take => take.Id));
        var track = (await last.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        Assert.Equal(("Night Drive (partial)", 992, null), (track.Title, track.DurationMs, track.SongId));
        Assert.Equal(PlanJson.ToCompactText(Plans.Short), PlanJson.ToCompactText(track.Composition));
        Assert.Empty(last.FilesIn("partial"));
    }

    [Fact]
    public async Task Render_KilledInTheMiddleOfAFrame_EndsWithTheLastWholeOne()
    {
        var id = await KillAsync(new PaidScript(Encoded(Second), Encoded(Second[..300])));
        await using var next = await EngineHost.StartAsync(_copy.Path);
        Assert.Equal(new PartialTake(992, Second.Length), (await EndOfAsync(next, id)).Status.PartialTake);
        var track = (await next.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        Assert.Equal(Second, (await File.ReadAllBytesAsync(Path.Combine(_copy.Path, track.FilePath)))[^Second.Length..]);
    }

    [Fact]
    public async Task Ordering_ThatWasKilledHalfway_BeginsAnew()
    {
        var id = await KillAsync(new PaidScript(Encoded(Mp3.Frames(10, 1)), new GeneratorOutput.Part(1), Encoded(Mp3.Frames(10, 0)), new GeneratorOutput.Part(0)));
        await File.WriteAllBytesAsync(Path.Combine(_copy.Path, "partial", $"{id}-ordered.mp3.saving"), Mp3.Frames(3, 0));
        await using var next = await EngineHost.StartAsync(_copy.Path);
        Assert.Equal(20 * Mp3.FrameBytes, (await EndOfAsync(next, id)).Status.PartialTake!.FileSizeBytes);
        Assert.Equal([$"{id}-ordered.mp3", $"{id}.json"], next.FilesIn("partial").Order());
        var track = (await next.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        var file = await File.ReadAllBytesAsync(Path.Combine(_copy.Path, track.FilePath));
        Assert.Equal([.. Mp3.Frames(10, 0), .. Mp3.Frames(10, 1)], file[^(20 * Mp3.FrameBytes)..]);
    }

    [Fact]
    public async Task Parts_ThatCannotBePutInOrderAtTheStart_AreToldAndTheirOrderComesWhenTheyAreKept()
    {
        await using var disks = new SmallDisks();
        var partial = Path.Combine(_copy.Path, "partial");
        await disks.MountAsync(partial, "400k");
        var (first, second) = (Mp3.Frames(190, 0), Mp3.Frames(190, 1));
        var id = await KillAsync(new PaidScript(Encoded(second), new GeneratorOutput.Part(1), Encoded(first), new GeneratorOutput.Part(0)));
        await using var next = await EngineHost.StartAsync(_copy.Path);
        Assert.Equal(first.Length + second.Length, (await EndOfAsync(next, id)).Status.PartialTake!.FileSizeBytes);

        await SmallDisks.RemountAsync(partial, "size=2m");
        var track = (await next.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        var file = await File.ReadAllBytesAsync(Path.Combine(_copy.Path, track.FilePath));
        Assert.Equal([.. first, .. second], file[^(first.Length + second.Length)..]);
    }

    private static GeneratorOutput.Encoded Encoded(byte[] bytes) => new(bytes);

    private static async Task<RenderId> StartAsync(EngineHost host, PaidScript script)
    {
        host.Generator.IsLocal = false;
        host.Generator.OnGenerate = script.Play;
        return await host.StartAsync(Plans.Short);
    }

    /// <summary>Copies the library as it is while the render waits for more.</summary>
    private async Task<RenderId> KillAsync(PaidScript script)
    {
        await using var host = await EngineHost.StartAsync(_folder.Path);
        var id = await StartAsync(host, script);
        await script.Waiting;
        // The wait has begun when everything before it is written down.
        await host.Service<CatalogueWriter>().WriteAsync((_, _) => Task.CompletedTask, CancellationToken.None);
        if (script.Parts > 0 || script.HasFacts)
        {
            await Until.TrueAsync(() => host.Service<PartialTakes>().Find(id) is { } notes && notes.Parts.Count == script.Parts && (notes.SongId is not null || !script.HasFacts), "the notes are written");
        }

        await Processes.RunAsync("cp", "-r", $"{_folder.Path}/.", _copy.Path);
        script.End();
        await host.LogAsync(id);
        return id;
    }

    private static async Task<(RenderFailure Failure, RenderStatus Status)> EndOfAsync(EngineHost host, RenderId id) =>
        (Assert.IsType<ErrorEvent>((await host.LogAsync(id))[^1]).Failure, (await host.Jobs.FindAsync(id, CancellationToken.None))!);

    private static bool MayBeBilled(RenderFailure failure) => failure.Details!.Value.GetProperty("may_be_billed").GetBoolean();
}
