using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Backup;
using MusicRender.Engine.Rendering;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>A library of its own.</summary>
public sealed class BackupOnSqliteTests() : BackupTests(null);

/// <summary>A library that nodes share.</summary>
public sealed class BackupOnPostgresTests(PostgresServer server) : BackupTests(server);

/// <summary>A library that is backed up while it is in use, and restored somewhere else.</summary>
public abstract class BackupTests(PostgresServer? server) : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Old => Path.Combine(_folder.Path, "old");

    private string New => Path.Combine(_folder.Path, "new");

    private string Backup => Path.Combine(_folder.Path, "library.tar");

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Library_BackedUpWhileARenderIsUnderWay_GoesOnWhereItIsRestored()
    {
        RenderId finished, underWay;
        byte[] song;
        await using (var old = await StartAsync(Old))
        {
            finished = Assert.IsType<ResultEvent>((await old.RenderAsync(Plans.Short))[^1]).Result.Id;
            song = (await SongAsync(old, finished))!;
            await old.Service<SecretStore>().KeepAsync("key", "sk-of-somebody", CancellationToken.None);
            var script = new PaidScript([.. await ScriptedGenerator.Mp3(1_000).ToListAsync()]);
            old.Generator.OnGenerate = script.Play;
            underWay = await old.StartAsync(Plans.Short with { Title = "Under way" });
            await script.Waiting;

            var contents = await old.Service<EngineBackup>().BackUpAsync(Backup, CancellationToken.None);
            Assert.Equal(1, contents.Tracks);
            script.End();
            await old.LogAsync(underWay);
        }

        await using var restored = await HostAsync(New);
        await restored.Service<EngineBackup>().RestoreAsync(Backup, CancellationToken.None);
        await restored.InitializeAsync();
        Assert.Equal(song, await SongAsync(restored, finished));
        Assert.Equal("sk-of-somebody", (await restored.Service<SecretStore>().FindAsync("key", CancellationToken.None)).Value);
        if (server is null)
        {
            Assert.IsType<ResultEvent>((await restored.LogAsync(underWay))[^1]);
            Assert.NotNull(await SongAsync(restored, underWay));
        }
        else
        {
            // Where nodes share a catalogue, it is taken up when its node has been silent for the length of a lease.
            Assert.Equal(RenderState.Running, (await restored.Jobs.FindAsync(underWay, CancellationToken.None))?.State);
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(New), file => file.Contains("restoring", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Take_ThatWasPaidFor_IsInTheBackup_AndIsKeptThere()
    {
        RenderId id;
        await using (var old = await StartAsync(Old))
        {
            old.Generator.IsLocal = false;
            var script = new PaidScript([.. await ScriptedGenerator.Mp3(2_000).ToListAsync(), .. PaidScript.Facts]);
            old.Generator.OnGenerate = script.Play;
            id = await old.StartAsync(Plans.Short);
            await script.Waiting;
            script.Throw(new IOException("broken"));
            await old.LogAsync(id);
            await old.Service<EngineBackup>().BackUpAsync(Backup, CancellationToken.None);
        }

        await using var restored = await HostAsync(New);
        restored.Generator.IsLocal = false;
        await restored.Service<EngineBackup>().RestoreAsync(Backup, CancellationToken.None);
        await restored.InitializeAsync();
        Assert.NotNull((await restored.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track);
    }

    [Fact]
    public async Task Restore_OverALibrary_IsRefused_AndTouchesNothing()
    {
        await using var old = await StartAsync(Old);
        await old.Service<EngineBackup>().BackUpAsync(Backup, CancellationToken.None);
        var files = Directory.GetFiles(Old, "*", SearchOption.AllDirectories);
        await Assert.ThrowsAsync<BackupException>(() => old.Service<EngineBackup>().RestoreAsync(Backup, CancellationToken.None));
        Assert.Equal(files.Order(), Directory.GetFiles(Old, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task Backup_OverAFile_OrOfNothing_IsRefused()
    {
        await using var none = await HostAsync(New);
        await Assert.ThrowsAsync<BackupException>(() => none.Service<EngineBackup>().BackUpAsync(Backup, CancellationToken.None));
        Assert.False(File.Exists(Backup));
        await using var old = await StartAsync(Old);
        await File.WriteAllTextAsync(Backup, "mine", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<BackupException>(() => old.Service<EngineBackup>().BackUpAsync(Backup, CancellationToken.None));
        Assert.Equal("mine", await File.ReadAllTextAsync(Backup, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Backup_ThatBreaksOff_IsToldAsSuch()
    {
        await using (var old = await StartAsync(Old))
        {
            await old.RenderAsync(Plans.Short);
            await old.Service<EngineBackup>().BackUpAsync(Backup, CancellationToken.None);
        }

        await using (var file = new FileStream(Backup, FileMode.Open))
        {
            file.SetLength(file.Length / 3 / 512 * 512);
        }

        await using var restored = await HostAsync(New);
        await Assert.ThrowsAsync<BackupException>(() => restored.Service<EngineBackup>().RestoreAsync(Backup, CancellationToken.None));
    }

    [Theory]
    [InlineData("../outside.mp3")]
    [InlineData("audio/../../outside.mp3")]
    [InlineData("/outside.mp3")]
    [InlineData("keys/a/b")]
    [InlineData("musicrender.db-wal")]
    [InlineData("audio/x.mp3.saving")]
    public async Task Backup_OfAForgedName_IsRefused(string name)
    {
        await using (var tar = new System.Formats.Tar.TarWriter(File.Create(Backup)))
        {
            await tar.WriteEntryAsync(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = new MemoryStream([1]) }, TestContext.Current.CancellationToken);
        }

        await using var restored = await HostAsync(New);
        await Assert.ThrowsAsync<BackupException>(() => restored.Service<EngineBackup>().RestoreAsync(Backup, CancellationToken.None));
        Assert.Equal([Backup], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    private async Task<EngineHost> HostAsync(string root) =>
        server is null ? new EngineHost(root) : new EngineHost(root, ("ConnectionStrings:MusicRender", await server.NewDatabaseAsync()));

    private async Task<EngineHost> StartAsync(string root)
    {
        var host = await HostAsync(root);
        await host.InitializeAsync();
        return host;
    }

    private static async Task<byte[]?> SongAsync(EngineHost engine, RenderId id) =>
        await engine.Service<ITrackLibrary>().FindAsync(id.Value, CancellationToken.None) is { } track ? await engine.Service<AudioStore>().ReadAsync(track.FileName) : null;
}
