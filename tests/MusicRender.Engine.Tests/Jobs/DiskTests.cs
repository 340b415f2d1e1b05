using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Jobs;

/// <summary>A full disk and a read-only one, real ones.</summary>
public sealed class DiskTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly SmallDisks _disks = new();
    private EngineHost? _engine;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await _disks.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("partial")]
    [InlineData("audio")]
    public async Task Disk_FullOfAudio_FailsTheRenderAndTheNextOneWorks(string folder)
    {
        // The partial file of a render of 3 s takes 72 kB; a file that is being saved stands beside it.
        await _disks.MountAsync(Path.Combine(_folder.Path, folder), "300k");
        _engine = await EngineHost.StartAsync(_folder.Path);
        var ballast = Path.Combine(_folder.Path, folder, "ballast");
        await SmallDisks.FillAsync(ballast, leave: 40_000);
        var told = await FailureAsync("library");
        Assert.Equal("The library's disk is full. Free some space, then render again.", told.Message);
        NothingIsLeft(except: "ballast");
        File.Delete(ballast);
        Assert.IsType<ResultEvent>((await _engine.RenderAsync(Plans.Short))[^1]);
    }

    [Fact]
    public async Task Disk_FullWhileTheSoundIsLong_StopsTheEncoder()
    {
        await _disks.MountAsync(Path.Combine(_folder.Path, "partial"), "300k");
        _engine = await EngineHost.StartAsync(_folder.Path);
        _engine.Generator.OnGenerate = (_, ct) => ScriptedGenerator.Tone(600_000);
        await FailureAsync("library");
        NothingIsLeft();
        _engine.Generator.Reset();
        Assert.IsType<ResultEvent>((await _engine.RenderAsync(Plans.Short))[^1]);
    }

    [Theory]
    [InlineData("partial")]
    [InlineData("audio")]
    public async Task Disk_FullOfAudio_LeavesWhatArrivedOfAPaidRender(string folder)
    {
        await _disks.MountAsync(Path.Combine(_folder.Path, folder), "300k");
        _engine = await EngineHost.StartAsync(_folder.Path);
        var ballast = Path.Combine(_folder.Path, folder, "ballast");
        await SmallDisks.FillAsync(ballast, leave: 40_000);
        _engine.Generator.IsLocal = false;
        _engine.Generator.OnGenerate = (_, _) => ScriptedGenerator.Mp3(5_000);
        var id = await _engine.StartAsync(Plans.Short);
        var told = Assert.IsType<ErrorEvent>((await _engine.LogAsync(id))[^1]).Failure;
        Assert.Equal(("The library's disk is full. Free some space, then render again.", "library"), (told.Message, told.Reason));
        Assert.True(told.Details!.Value.GetProperty("may_be_billed").GetBoolean());
        Assert.InRange(PartialTake.Of(told)!.DurationMs, 500, 5_000);
        Assert.DoesNotContain(_engine.FilesIn("audio"), file => file != "ballast");

        // As long as there is no room, it stays what it is.
        if (folder == "audio")
        {
            var refused = await _engine.Jobs.KeepTakeAsync(id, CancellationToken.None);
            Assert.Equal("The library's disk is full. Free some space, then keep it again. What arrived is still there.", refused.Failure!.Message);
            Assert.NotNull((await _engine.Jobs.FindAsync(id, CancellationToken.None))!.PartialTake);
        }

        File.Delete(ballast);
        var track = (await _engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        Assert.Equal(PartialTake.Of(told)!.DurationMs, track.DurationMs);
        NothingIsLeft();
    }

    [Fact]
    public async Task Disk_TooFullToPutPartsInOrder_KeepsThemAndTheirOrderComesWhenTheTakeIsKept()
    {
        var partial = Path.Combine(_folder.Path, "partial");
        await _disks.MountAsync(partial, "400k");
        _engine = await EngineHost.StartAsync(_folder.Path);
        var (first, second) = (Mp3.Frames(190, 0), Mp3.Frames(190, 1));
        var script = new PaidScript(new GeneratorOutput.Encoded(second), new GeneratorOutput.Part(1), new GeneratorOutput.Encoded(first), new GeneratorOutput.Part(0));
        script.End(new GeneratorOutput.Failed(RenderFailure.Server("The connection broke.", "interrupted")));
        _engine.Generator.IsLocal = false;
        _engine.Generator.OnGenerate = script.Play;
        var id = await _engine.StartAsync(Plans.Short);
        var told = Assert.IsType<ErrorEvent>((await _engine.LogAsync(id))[^1]).Failure;
        Assert.Equal(first.Length + second.Length, PartialTake.Of(told)!.FileSizeBytes);
        Assert.Contains($"{id}.mp3", _engine.FilesIn("partial"));

        await SmallDisks.RemountAsync(partial, "size=2m");
        var track = (await _engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track!;
        var file = await File.ReadAllBytesAsync(Path.Combine(_folder.Path, track.FilePath), TestContext.Current.CancellationToken);
        Assert.Equal([.. first, .. second], file[^(first.Length + second.Length)..]);
        NothingIsLeft();
    }

    [Fact]
    public async Task Disk_FullForTheCatalogueAtTheEndOfAPaidRender_LeavesATake()
    {
        await _disks.MountAsync(_folder.Path, "4m");
        foreach (var folder in new[] { "audio", "partial" })
        {
            await _disks.MountAsync(Path.Combine(_folder.Path, folder), "4m");
        }

        _engine = await EngineHost.StartAsync(_folder.Path);
        var ballast = Path.Combine(_folder.Path, "ballast");
        _engine.Generator.IsLocal = false;
        _engine.Generator.OnGenerate = (_, _) => Filling(ballast);
        var id = await _engine.StartAsync(Large("Ended without room"));
        var told = Assert.IsType<ErrorEvent>((await _engine.LogAsync(id))[^1]).Failure;
        Assert.Contains("disk", told.Message, StringComparison.Ordinal);
        Assert.NotNull(PartialTake.Of(told));
        Assert.NotNull((await _engine.Jobs.FindAsync(id, CancellationToken.None))!.PartialTake);
        var refused = await _engine.Jobs.KeepTakeAsync(id, CancellationToken.None);
        Assert.Contains("keep it again", refused.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_engine.FilesIn("audio"), file => file.Contains(id.Short, StringComparison.Ordinal));

        File.Delete(ballast);
        Assert.NotNull((await _engine.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track);
        await _engine.DisposeAsync();
        // The catalogue had not heard of its end; it has now.
        _engine = await EngineHost.StartAsync(_folder.Path);
        var status = (await _engine.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((RenderState.Failed, "catalogue", true), (status.State, status.Failure!.Reason, status.Result!.IsPartial));

        static async IAsyncEnumerable<GeneratorOutput> Filling(string ballast)
        {
            await foreach (var output in ScriptedGenerator.Mp3(3_000))
            {
                yield return output;
            }

            await SmallDisks.FillAsync(ballast, leave: 0);
        }
    }

    [Fact]
    public async Task Disk_FullForTheCatalogueToo_EndsWithAPlainMessageAndTheNextRenderWorks()
    {
        await _disks.MountAsync(_folder.Path, "4m");
        _engine = await EngineHost.StartAsync(_folder.Path);
        var ballast = Path.Combine(_folder.Path, "ballast");
        await SmallDisks.FillAsync(ballast, leave: 0);
        var start = await _engine.Jobs.StartAsync(EngineHost.RequestOf(Large("Not accepted")), CancellationToken.None);
        Assert.Equal(FailureCode.ServerError, start.Failure!.Code);
        Assert.Contains("disk", start.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(await _engine.Jobs.UnderWayAsync(CancellationToken.None));

        File.Delete(ballast);
        Assert.IsType<ResultEvent>((await _engine.RenderAsync(Large("Accepted")))[^1]);

        // Accepted while there was room, ended when there was none.
        _engine.Generator.OnGenerate = (_, _) => FillingAsync(ballast);
        var id = await _engine.StartAsync(Large("Ended without room"));
        var told = Assert.IsType<ErrorEvent>((await _engine.LogAsync(id))[^1]).Failure;
        Assert.Equal(FailureCode.ServerError, told.Code);
        Assert.Contains("disk", told.Message, StringComparison.Ordinal);
        Assert.Equal(RenderState.Failed, (await _engine.Jobs.FindAsync(id, CancellationToken.None))!.State);
        NothingIsLeft();
        Assert.DoesNotContain(_engine.FilesIn("audio"), file => file.Contains(id.Short, StringComparison.Ordinal));
        File.Delete(ballast);
        _engine.Generator.Reset();
        Assert.IsType<ResultEvent>((await _engine.RenderAsync(Plans.Short))[^1]);
    }

    [Fact]
    public async Task Audio_OnAReadOnlyDisk_FailsTheRenderAndTheNextOneWorks()
    {
        foreach (var folder in new[] { "audio", "partial" })
        {
            await _disks.MountAsync(Path.Combine(_folder.Path, folder), "2m");
        }

        _engine = await EngineHost.StartAsync(_folder.Path);
        foreach (var folder in new[] { "audio", "partial" })
        {
            await SmallDisks.RemountAsync(Path.Combine(_folder.Path, folder), "ro");
            var told = await FailureAsync("library");
            Assert.Equal("The library's folder cannot be written to. Check its permissions, then render again.", told.Message);
            Assert.Contains("cannot be written", (await _engine.Service<EngineHealth>().CheckLibraryAsync(CancellationToken.None))["library"], StringComparison.Ordinal);
            await SmallDisks.RemountAsync(Path.Combine(_folder.Path, folder), "rw");
            NothingIsLeft();
            Assert.IsType<ResultEvent>((await _engine.RenderAsync(Plans.Short))[^1]);
        }
    }

    [Fact]
    public async Task Health_OfAFullDisk_SaysSoUntilThereIsRoom()
    {
        await _disks.MountAsync(_folder.Path, "8m");
        _engine = await EngineHost.StartAsync(_folder.Path);
        var ballast = Path.Combine(_folder.Path, "ballast");
        await SmallDisks.FillAsync(ballast, leave: 0);
        Assert.Contains("full", (await _engine.Service<EngineHealth>().CheckLibraryAsync(CancellationToken.None))["library"], StringComparison.Ordinal);
        File.Delete(ballast);
        Assert.Equal(EngineHealth.Ok, (await _engine.Service<EngineHealth>().CheckLibraryAsync(CancellationToken.None))["library"]);
    }

    [Fact]
    public async Task Library_ThatIsReadOnly_IsRefusedAtTheStart()
    {
        await _disks.MountAsync(_folder.Path, "1m");
        await SmallDisks.RemountAsync(_folder.Path, "ro");
        await using var host = new EngineHost(_folder.Path);
        var refusal = await Assert.ThrowsAsync<EngineStartException>(() => host.InitializeAsync().AsTask());
        Assert.Contains("MusicRender:Library:Root", refusal.Message, StringComparison.Ordinal);
    }

    private static CompositionPlan Large(string title) => Plans.Short with
    {
        Title = title,
        // More than a page or two of the database.
        NegativeGlobalStyles = [.. Enumerable.Range(0, PlanLimits.MaxStyles).Select(number => $"{number} ".PadRight(PlanLimits.MaxStyle, 'x'))],
    };

    private static async IAsyncEnumerable<GeneratorOutput> FillingAsync(string ballast)
    {
        await SmallDisks.FillAsync(ballast, leave: 0);
        await foreach (var output in ScriptedGenerator.Tone(3_000))
        {
            yield return output;
        }
    }

    private async Task<RenderFailure> FailureAsync(string reason)
    {
        var files = _engine!.FilesIn("audio");
        var failure = Assert.IsType<ErrorEvent>((await _engine.RenderAsync(Plans.Short))[^1]).Failure;
        Assert.Equal((FailureCode.ServerError, reason), (failure.Code, failure.Details!.Value.GetProperty("reason").GetString()));
        Assert.Equal(files, _engine.FilesIn("audio"));
        Assert.Empty(Processes.Children(_engine.Encoder));
        return failure;
    }

    private void NothingIsLeft(string? except = null) => Assert.DoesNotContain(_engine!.FilesIn("partial"), file => file != except);
}
