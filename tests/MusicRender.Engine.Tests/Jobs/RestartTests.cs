using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>No render is ever lost: what a new process finds on the library of an earlier one.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Render_ThatEnded_IsReplayedByTheNextProcess()
    {
        RenderId id;
        IReadOnlyList<RenderEvent> before;
        RenderStatus statusBefore;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            id = await first.StartAsync(Plans.Short);
            before = await first.LogAsync(id);
            statusBefore = (await first.Jobs.FindAsync(id, CancellationToken.None))!;
        }

        await using var second = await EngineHost.StartAsync(_folder.Path);
        var after = await second.LogAsync(id);
        Assert.Equal(before.OfType<ProgressEvent>(), after.OfType<ProgressEvent>());
        var (was, isNow) = (Assert.IsType<ResultEvent>(before[^1]), Assert.IsType<ResultEvent>(after[^1]));
        Assert.Equal((was.Sequence, was.Timestamp, was.Result.FileName, was.Result.Seed), (isNow.Sequence, isNow.Timestamp, isNow.Result.FileName, isNow.Result.Seed));
        Assert.Equal(PlanJson.ToCompactText(was.Result.Composition), PlanJson.ToCompactText(isNow.Result.Composition));
        Assert.Equal(after.Skip(4).Select(entry => entry.Sequence), (await second.LogAsync(id, 4)).Select(entry => entry.Sequence));
        var status = (await second.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((RenderState.Succeeded, statusBefore.Sequence, "draft-1", "Night Drive"), (status.State, status.Sequence, status.DraftId, status.Title));
        Assert.NotNull(status.StartedAt);
        Assert.NotNull(status.FinishedAt);
    }

    [Fact]
    public async Task Renders_UnderWayWhenTheHostStops_GoOnAtTheNextStart()
    {
        RenderId running, waiting;
        string encoder;
        IReadOnlyList<RenderEvent> told;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            encoder = first.Encoder;
            var isGenerating = new TaskCompletionSource();
            first.Generator.Capacity = 1;
            first.Generator.OnGenerate = (_, ct) => Endless(isGenerating, ct);
            running = await first.StartAsync(Plans.Short);
            await isGenerating.Task.WaitAsync(Until.Limit);
            waiting = await first.StartAsync(Plans.Short);
            var watched = first.LogAsync(running);
            await first.Service<Microsoft.Extensions.Hosting.IHost>().StopAsync();
            // Watchers are let go of; nobody is told that it failed.
            told = await watched;
            Assert.All(told, entry => Assert.IsType<ProgressEvent>(entry));
            Assert.Equal("interrupted", (await first.Jobs.StartAsync(EngineHost.RequestOf(Plans.Short), CancellationToken.None)).Failure!.Reason);
        }

        Assert.Empty(Processes.Children(encoder));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.Path, "partial")));
        await using var second = await EngineHost.StartAsync(_folder.Path);
        foreach (var id in new[] { running, waiting })
        {
            var log = await second.LogAsync(id);
            IsWhole(log);
            Assert.Equal(RenderState.Succeeded, (await second.Jobs.FindAsync(id, CancellationToken.None))!.State);
        }

        Assert.Equal(told.Select(entry => entry.ToString()), (await second.LogAsync(running)).Take(told.Count).Select(entry => entry.ToString()));
        Assert.Empty(await second.Jobs.UnderWayAsync(CancellationToken.None));
        Assert.Empty(await second.ReadAsync(catalogue => catalogue.RenderEvents.ToListAsync()));
        Assert.Empty(second.FilesIn("partial"));
        Assert.Equal(2, second.FilesIn("audio").Length);
    }

    [Fact]
    public async Task Render_UnderWayWhenTheProcessIsKilled_RunsAgainAndNothingIsLeftOver()
    {
        var id = RenderId.New(DateTimeOffset.UtcNow);
        // What a killed process leaves: a row without an end, half a file, a file that has no row yet.
        await using var dead = new EngineHost(_folder.Path);
        await dead.PrepareLibraryAsync();
        await dead.AcceptAsync(id);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "partial"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "partial", $"{id}-free-1.mp3"), new byte[10]);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "partial", $"{RenderId.New(DateTimeOffset.UtcNow)}-free-3.mp3"), new byte[10]);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "audio"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "audio", "x.mp3.saving"), new byte[10]);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "audio", $"night-drive_{id.Short}.mp3"), new byte[10]);

        await using var next = await EngineHost.StartAsync(_folder.Path);
        var log = await next.LogAsync(id);
        IsWhole(log);
        var result = Assert.IsType<ResultEvent>(log[^1]).Result;
        Assert.Equal((id, 1), (result.Id, result.Seed));
        Assert.Empty(next.FilesIn("partial"));
        Assert.Equal([result.FileName], next.FilesIn("audio"));
        Assert.Equal(result.FileSizeBytes, new FileInfo(Path.Combine(_folder.Path, result.FilePath)).Length);
        // A watcher that had heard more of it than was kept still hears the end.
        Assert.IsType<ResultEvent>(Assert.Single(await next.LogAsync(id, 40)));
    }

    [Fact]
    public async Task Files_AndTracksThatDoNotKnowEachOther_AreSetAsideAndTold()
    {
        string kept, lost;
        await using (var first = await EngineHost.StartAsync(_folder.Path))
        {
            kept = Assert.IsType<ResultEvent>((await first.RenderAsync(Plans.Short))[^1]).Result.FileName;
            lost = Assert.IsType<ResultEvent>((await first.RenderAsync(Plans.Short))[^1]).Result.FilePath;
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "audio", "nobody_0123abcd.mp3"), "of nobody");
        File.Move(Path.Combine(_folder.Path, lost), Path.Combine(_folder.Path, "elsewhere"));
        await using var second = await EngineHost.StartAsync(_folder.Path);
        Assert.Equal([kept], second.FilesIn("audio"));
        Assert.Equal(["nobody_0123abcd.mp3"], second.FilesIn("unclaimed"));
        var health = second.Service<EngineHealth>();
        Assert.StartsWith("1 track has no audio file.", (await health.CheckAsync(CancellationToken.None))["tracks"], StringComparison.Ordinal);
        // The server is ready all the same.
        Assert.All((await health.CheckLibraryAsync(CancellationToken.None)).Values, said => Assert.Equal(EngineHealth.Ok, said));
        File.Move(Path.Combine(_folder.Path, "elsewhere"), Path.Combine(_folder.Path, lost));
        Assert.Equal(EngineHealth.Ok, (await health.CheckAsync(CancellationToken.None))["tracks"]);
    }

    [Fact]
    public async Task Render_ThatEndedItsProcessAgainAndAgain_IsGivenUp()
    {
        var id = RenderId.New(DateTimeOffset.UtcNow);
        await using var dead = new EngineHost(_folder.Path);
        await dead.PrepareLibraryAsync();
        await dead.AcceptAsync(id);
        await dead.ReadAsync(catalogue => catalogue.Renders.ExecuteUpdateAsync(row => row.SetProperty(render => render.Epoch, 30)));
        var isAsked = false;
        await using var next = new EngineHost(_folder.Path);
        next.Generator.OnGenerate = (_, _) =>
        {
            isAsked = true;
            return ScriptedGenerator.Mp3(3_000);
        };
        await next.InitializeAsync();
        Assert.Contains("begun 30 times", Assert.IsType<ErrorEvent>((await next.LogAsync(id))[^1]).Failure.Message, StringComparison.Ordinal);
        Assert.False(isAsked);
    }

    [Fact]
    public async Task Files_OfAnotherCatalogue_StayWhereTheyAre()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "audio"));
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "audio", "old-song_0123abcd.mp3"), new byte[10]);
        // The database is a new one.
        await using var engine = await EngineHost.StartAsync(_folder.Path);
        Assert.Equal(["old-song_0123abcd.mp3"], engine.FilesIn("audio"));
    }

    [Fact]
    public async Task Render_OfAGeneratorThatIsNoLongerThere_IsInterrupted()
    {
        var id = RenderId.New(DateTimeOffset.UtcNow);
        await using var dead = new EngineHost(_folder.Path);
        await dead.PrepareLibraryAsync();
        await dead.AcceptAsync(id);
        await dead.ReadAsync(catalogue => catalogue.Renders.ExecuteUpdateAsync(row => row.SetProperty(render => render.Generator, "gone")));
        await using var next = await EngineHost.StartAsync(_folder.Path);
        Assert.Equal("interrupted", Assert.IsType<ErrorEvent>((await next.LogAsync(id))[^1]).Failure.Reason);
    }

    [Fact]
    public async Task Library_InUseByAnother_IsRefusedInOneLine()
    {
        await using var first = await EngineHost.StartAsync(_folder.Path);
        await using var second = new EngineHost(_folder.Path);
        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => second.InitializeAsync().AsTask());
        Assert.Contains("in use by another MusicRender", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        // The first goes on, and after it the library is free again.
        Assert.IsType<ResultEvent>((await first.RenderAsync(Plans.Short))[^1]);
        await first.DisposeAsync();
        await using var third = await EngineHost.StartAsync(_folder.Path);
    }

    [Fact]
    public async Task Library_ThatIsAFile_IsRefusedInOneLine()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "x");
        await using var host = new EngineHost(file);
        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => host.InitializeAsync().AsTask());
        Assert.Contains("MusicRender:Library:Root", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalogue_ThatIsNoDatabase_IsRefusedInOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, CatalogueSetup.FileName), new string('x', 5_000));
        await using var host = new EngineHost(_folder.Path);
        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => host.InitializeAsync().AsTask());
        Assert.Contains("cannot be opened", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MusicRender:Generator", "nobody")]
    [InlineData("MusicRender:Library:Root", " ")]
    [InlineData("MusicRender:Ffmpeg:Path", "")]
    [InlineData("MusicRender:Sketch:MaxConcurrency", "0")]
    [InlineData("MusicRender:Queue:MaxWaiting", "0")]
    [InlineData("MusicRender:Queue:MaxWaitingPerClient", "1000001")]
    public async Task Setting_ThatIsBad_StopsTheStartAndIsNamed(string key, string value)
    {
        await using var host = new EngineHost(key.EndsWith("Root", StringComparison.Ordinal) ? value : _folder.Path, (key, value));
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.InitializeAsync().AsTask());
        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_OfTheFirstMigration_IsOpened()
    {
        await using var initial = new EngineHost(_folder.Path);
        await initial.ReadAsync(async catalogue =>
        {
            var migrations = catalogue.Database.GetMigrations().ToList();
            Assert.EndsWith("_Initial", migrations[0], StringComparison.Ordinal);
            await Microsoft.EntityFrameworkCore.Infrastructure.AccessorExtensions.GetService<Microsoft.EntityFrameworkCore.Migrations.IMigrator>(catalogue.Database).MigrateAsync(migrations[0]);
            return 0;
        });
        await using var engine = await EngineHost.StartAsync(_folder.Path);
        Assert.Empty(await engine.ReadAsync(catalogue => catalogue.Database.GetPendingMigrationsAsync()));
        Assert.Equal("wal", await engine.ReadAsync(catalogue => catalogue.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()));
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]);
    }

    [Fact]
    public async Task Model_HasNoChangesThatNoMigrationMakes()
    {
        await using var host = new EngineHost(_folder.Path);
        Assert.False(await host.ReadAsync(catalogue => Task.FromResult(catalogue.Database.HasPendingModelChanges())));
    }

    /// <summary>Every stage once and in order, without a gap.</summary>
    private static void IsWhole(IReadOnlyList<RenderEvent> log)
    {
        Assert.Equal(Enumerable.Range(1, log.Count).Select(number => (long)number), log.Select(entry => entry.Sequence));
        var stages = log.OfType<ProgressEvent>().Select(entry => entry.Stage).Where(stage => stage != RenderStage.Queued).ToList();
        Assert.Equal(stages.Distinct(), Enum.GetValues<RenderStage>().Except([RenderStage.Queued]));
        Assert.Equal(stages.Order(), stages);
        Assert.All(stages.GroupBy(stage => stage).Where(stage => stage.Key != RenderStage.Generating), stage => Assert.Single(stage));
        Assert.IsType<ResultEvent>(log[^1]);
    }

    private static async IAsyncEnumerable<GeneratorOutput> Endless(TaskCompletionSource isGenerating, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
        isGenerating.SetResult();
        await Task.Delay(Timeout.Infinite, ct);
    }
}
