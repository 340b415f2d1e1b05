using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Backup;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Tests.Jobs;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>Libraries whose files are in a bucket, or go away while they are backed up.</summary>
public sealed class BucketBackupTests(S3Server storage) : IClassFixture<S3Server>, IDisposable
{
    private readonly TestFolder _folder = new();

    private string Backup => Path.Combine(_folder.Path, "library.tar");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Take_ThatIsInTheBucketAlone_IsInTheBackup_AndIsKeptWhereItIsRestored(bool isRestoredToABucket)
    {
        RenderId id;
        await using (var old = On("old", isInBucket: true))
        {
            await old.InitializeAsync();
            old.Generator.IsLocal = false;
            var script = new PaidScript([.. await ScriptedGenerator.Mp3(2_000).ToListAsync(), .. PaidScript.Facts]);
            old.Generator.OnGenerate = script.Play;
            id = await old.StartAsync(Plans.Short);
            await script.Waiting;
            script.Throw(new IOException("broken"));
            await old.LogAsync(id);
            // Another machine made it, and is gone.
            old.Service<AudioStore>().Partials.Remove(id.Value);
            await old.Service<EngineBackup>().BackUpAsync(Backup, CancellationToken.None);
        }

        await using var restored = On("new", isRestoredToABucket);
        restored.Generator.IsLocal = false;
        await restored.Service<EngineBackup>().RestoreAsync(Backup, CancellationToken.None);
        await restored.InitializeAsync();
        Assert.Equal([id], (await restored.Jobs.UnkeptTakesAsync(CancellationToken.None)).Select(take => take.Id));
        var track = (await restored.Jobs.KeepTakeAsync(id, CancellationToken.None)).Track;
        Assert.Equal("song-7", track!.SongId);
        Assert.True(track.FileSizeBytes > 10_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_ThatGoAwayWhileTheyAreRead_StopNoBackup(bool isInBucket)
    {
        await using var engine = On("old", isInBucket);
        await engine.InitializeAsync();
        var kept = Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]).Result;
        var removed = Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]).Result;
        var stems = Directory.CreateDirectory(Path.Combine(_folder.Path, "stems-in-the-making")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(stems, "drums.mp3"), new byte[1_000], TestContext.Current.CancellationToken);
        await engine.Service<StemStore>().PublishAsync(stems, removed.Id.Value, "two", CancellationToken.None);
        var files = new LeavingFiles(
            engine.Service<IAudioFiles>(),
            key => key == removed.FilePath || key.Contains(removed.Id.Value, StringComparison.Ordinal),
            () => engine.Service<ITrackLibrary>().DeleteAsync(removed.Id.Value, CancellationToken.None));

        var contents = await new LibraryBackup(
            engine.Service<IOptions<LibraryOptions>>(), files, engine.Service<ICatalogueCopy>(), engine.Service<IDbContextFactory<Catalogue>>(), engine.Service<TakeCopies>()).WriteAsync(Backup, CancellationToken.None);

        Assert.Equal((1, 2), (contents.Tracks, files.Left));
        await using var restored = On("new", isInBucket: false);
        await restored.Service<EngineBackup>().RestoreAsync(Backup, CancellationToken.None);
        await restored.InitializeAsync();
        var track = Assert.Single((await restored.Service<ITrackLibrary>().SearchAsync(new TrackQuery(null), CancellationToken.None)).Tracks);
        Assert.Equal((kept.Id.Value, kept.FileSizeBytes), (track.Id, (long)(await restored.Service<AudioStore>().ReadAsync(track.FileName))!.Length));
    }

    [Theory]
    [InlineData(false, 23, true)]
    [InlineData(false, 25, false)]
    [InlineData(true, 0, false)]
    public async Task Copies_OfOtherProcessesOnTheFolder_StayWhenOneStarts(bool isAlone, int hours, bool stay)
    {
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "old", "copies")).FullName, "x.mp3");
        await File.WriteAllTextAsync(copy, "read by ffmpeg", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(copy, DateTime.UtcNow.AddHours(-hours));
        await using var engine = On("old", isInBucket: true, new FakeLease { IsAlone = isAlone });
        await engine.InitializeAsync();
        Assert.Equal(stay, File.Exists(copy));
    }

    private EngineHost On(string name, bool isInBucket, INodeLease? lease = null)
    {
        var settings = isInBucket ? storage.Settings($"{Path.GetFileName(_folder.Path)}/{name}/").Select(setting => (setting.Key, setting.Value)) : [];
        return new EngineHost(Path.Combine(_folder.Path, name), [.. settings]) { Lease = lease };
    }

    /// <summary>Files of which some are removed right after they were listed.</summary>
    private sealed class LeavingFiles(IAudioFiles files, Func<string, bool> leaves, Func<Task> leave) : IAudioFiles
    {
        public int Left { get; private set; }

        public bool AreElsewhere => files.AreElsewhere;

        public async IAsyncEnumerable<StoredFile> ListAsync(string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var file in await files.ListAsync(folder, ct).ToListAsync(ct))
            {
                if (leaves(file.Key) && folder == AudioStore.AudioFolder)
                {
                    Left++;
                    await files.DeleteAsync(file.Key, ct);
                }
                else if (leaves(file.Key))
                {
                    Left++;
                    await files.DeleteFolderAsync(file.Key[..file.Key.LastIndexOf('/')], ct);
                    await leave();
                }

                yield return file;
            }
        }

        public Task<StoredFile?> FindAsync(string key, CancellationToken ct) => files.FindAsync(key, ct);

        public bool TakesFrom(string folder) => files.TakesFrom(folder);

        public string DraftOf(string key, string near) => files.DraftOf(key, near);

        public Task PublishAsync(string path, string key, bool replace, CancellationToken ct) => files.PublishAsync(path, key, replace, ct);

        public Task PublishFolderAsync(string folder, string key, CancellationToken ct) => files.PublishFolderAsync(folder, key, ct);

        public Task TakeBackAsync(string key, string path, CancellationToken ct) => files.TakeBackAsync(key, path, ct);

        public Task<LocalFile?> ToDiskAsync(string key, CancellationToken ct) => files.ToDiskAsync(key, ct);

        public Task DeleteAsync(string key, CancellationToken ct) => files.DeleteAsync(key, ct);

        public Task DeleteFolderAsync(string key, CancellationToken ct) => files.DeleteFolderAsync(key, ct);

        public Task CheckAsync(CancellationToken ct) => files.CheckAsync(ct);
    }
}
