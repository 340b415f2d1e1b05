using System.Net;
using System.Net.Sockets;
using MusicRender.Engine.Library;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>Finished files in the library's folder.</summary>
public sealed class FolderFilesTests : FinishedFilesTests
{
    internal override IAudioFiles Make(string root) => new FolderFiles(root);
}

/// <summary>Finished files in a bucket of a real S3-speaking server.</summary>
public sealed class S3FilesTests(S3Server server) : FinishedFilesTests, IClassFixture<S3Server>
{
    private readonly string _prefix = $"{Guid.NewGuid():N}/studio/";

    internal override IAudioFiles Make(string root) => server.Bucket(_prefix, root);

    [Fact]
    public async Task Library_OfOnePrefix_SeesNothingOfAnother()
    {
        await PublishAsync("x.mp3", 1);
        var other = server.Bucket(_prefix[..^1] + "-other", Root);
        Assert.Null(await other.FindAsync("audio/x.mp3", CancellationToken.None));
        Assert.Empty(await other.ListAsync("", CancellationToken.None).ToListAsync());
    }

    [Theory]
    [InlineData("songs", "wrong", "AccessKey")]
    [InlineData("nowhere", S3Server.SecretKey, "Bucket")]
    public async Task Storage_ThatRefuses_IsExplained_WithoutItsSecret(string bucket, string secret, string setting)
    {
        var store = Stores.Of(Root, server.Bucket(_prefix, Root, bucket, secret));
        var said = await store.CheckAsync(CancellationToken.None);
        Assert.Contains(setting, said, StringComparison.Ordinal);
        await using var partial = store.Create("render");
        await partial.WriteAsync(new byte[] { 1 }, CancellationToken.None);
        var failure = await Assert.ThrowsAnyAsync<IOException>(() => store.PublishAsync(partial, "x.mp3", [], CancellationToken.None));
        Assert.DoesNotContain("wrong", $"{said}{failure}", StringComparison.Ordinal);
        Assert.DoesNotContain(S3Server.SecretKey + "&", $"{said}{failure}", StringComparison.Ordinal);
        Assert.True(File.Exists(partial.Path));
    }

    [Fact]
    public async Task Storage_ThatIsAway_IsExplained()
    {
        Assert.StartsWith("The storage of the audio files does not answer.", await CheckAsync("http://127.0.0.1:9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_ThatNeverAnswers_IsExplained()
    {
        // Connections are made, and nobody takes them.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Assert.StartsWith("The storage of the audio files does not answer.", await CheckAsync($"http://{silent.LocalEndpoint}").WaitAsync(Until.Limit / 2), StringComparison.Ordinal);
    }

    private Task<string?> CheckAsync(string url) =>
        Stores.Of(Root, S3Files.Of(new S3Options { Bucket = "songs", ServiceUrl = url, AccessKey = "a", SecretKey = "b", ForcePathStyle = true }, Root)).CheckAsync(CancellationToken.None);
}

/// <summary>What holds for finished files wherever they are.</summary>
public abstract class FinishedFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Lazy<AudioStore> _store;
    private readonly Lazy<IAudioFiles> _files;

    protected FinishedFilesTests()
    {
        _files = new Lazy<IAudioFiles>(() => Make(_folder.Path));
        _store = new Lazy<AudioStore>(() => Stores.Of(_folder.Path, _files.Value));
    }

    protected string Root => _folder.Path;

    private AudioStore Store => _store.Value;

    private IAudioFiles Files => _files.Value;

    internal abstract IAudioFiles Make(string root);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x.mp3")]
    [InlineData("a/b.mp3")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\x.mp3")]
    [InlineData("a\0.mp3")]
    public async Task Name_ThatLeavesTheFolder_IsRefused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FindAsync(name, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(name, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => Store.Create(name));
        await using var partial = Store.Create("render");
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PublishAsync(partial, name, [], CancellationToken.None));
    }

    [Fact]
    public async Task Publish_WritesHeadAndAudioUnderTheName()
    {
        long length;
        await using (var partial = Store.Create("render"))
        {
            await partial.WriteAsync(new byte[] { 3, 4 }, CancellationToken.None);
            await partial.WriteAsync(new byte[] { 5 }, CancellationToken.None);
            partial.End();
            length = await Store.PublishAsync(partial, "x.mp3", [new byte[] { 1 }, new byte[] { 2 }], CancellationToken.None);
        }

        Assert.Equal(5, length);
        Assert.Equal([1, 2, 3, 4, 5], await Store.ReadAsync("x.mp3"));
        Assert.Equal(["audio/x.mp3"], await KeysAsync());
        Assert.Empty(Unfinished());
        await Store.DeleteAsync("x.mp3", CancellationToken.None);
        await Store.DeleteAsync("x.mp3", CancellationToken.None);
        Assert.Empty(await KeysAsync());
        Assert.Null(await Store.FindAsync("x.mp3", CancellationToken.None));
    }

    [Fact]
    public async Task Publish_OfAHeadThatFitsItsRoom_FillsTheRoom()
    {
        await using (var partial = Store.Create("render", room: 20))
        {
            await partial.WriteAsync(new byte[] { 3, 4 }, CancellationToken.None);
            // A player that opens it now finds a blank tag.
            Assert.Equal("ID3"u8.ToArray(), (await File.ReadAllBytesAsync(partial.Path))[..3]);
            Assert.Equal(22, await Store.PublishAsync(partial, "x.mp3", [new byte[15], new byte[] { 1, 1, 1, 1, 1 }], CancellationToken.None));
        }

        Assert.Equal([.. new byte[15], 1, 1, 1, 1, 1, 3, 4], await Store.ReadAsync("x.mp3"));
        Assert.Empty(Unfinished());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(21)]
    public async Task Publish_ThatCannotTakeItsName_LeavesThePartialFile(int head)
    {
        await PublishAsync("x.mp3", 1);
        await using var partial = Store.Create("render", room: 20);
        await partial.WriteAsync(new byte[] { 3, 4 }, CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(() => Store.PublishAsync(partial, "x.mp3", [new byte[head]], CancellationToken.None));
        Assert.Equal([3, 4], (await File.ReadAllBytesAsync(partial.Path))[20..]);
        Assert.Equal([1], await Store.ReadAsync("x.mp3"));
        Assert.Equal(["render-free-1.mp3"], Unfinished());
    }

    [Fact]
    public async Task Publish_UnderATakenName_LeavesTheOldFileAndNothingElse()
    {
        await PublishAsync("x.mp3", 1);
        await using (var partial = Store.Create("render"))
        {
            await partial.WriteAsync(new byte[] { 2 }, CancellationToken.None);
            await Assert.ThrowsAsync<IOException>(() => Store.PublishAsync(partial, "x.mp3", [], CancellationToken.None));
        }

        Assert.Equal([1], await Store.ReadAsync("x.mp3"));
        Assert.Equal(["audio/x.mp3"], await KeysAsync());
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task Publish_ThatIsCancelled_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await using (var partial = Store.Create("render"))
        {
            await partial.WriteAsync(new byte[100_000], CancellationToken.None);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PublishAsync(partial, "x.mp3", [new byte[5]], source.Token));
        }

        Assert.Empty(await KeysAsync());
        Assert.Empty(Unfinished());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(25)]
    public async Task Track_ThatIsTakenBack_IsAPartialFileAgain(int head)
    {
        string path;
        await using (var partial = Store.Create("render", room: 20, isPaid: true))
        {
            path = partial.Path;
            await partial.WriteAsync(new byte[] { 3, 4 }, CancellationToken.None);
            await Store.PublishAsync(partial, "night_89abcdef.mp3", [new byte[head]], CancellationToken.None);
            Assert.Equal(["night_89abcdef.mp3"], await Store.FilesOfAsync("89abcdef", CancellationToken.None));
            await Store.WithdrawAsync("night_89abcdef.mp3", path, CancellationToken.None);
            partial.Leave();
        }

        Assert.Equal([3, 4], (await File.ReadAllBytesAsync(path))[^2..]);
        Assert.Empty(await KeysAsync());
        Assert.Equal(["render.mp3"], Unfinished());
    }

    [Fact]
    public async Task File_IsReadFromAnyPosition_AndIsACopyHereForAsLongAsItIsWanted()
    {
        var audio = new byte[300_000];
        Random.Shared.NextBytes(audio);
        await PublishAsync("x.mp3", audio);
        var file = await Store.FindAsync("x.mp3", CancellationToken.None);
        Assert.NotNull(file);
        Assert.Equal(audio.Length, file.Length);
        Assert.InRange(file.ModifiedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        await using (var stream = file.Open())
        {
            foreach (var from in new[] { 250_000, 0, 299_999, 7 })
            {
                var piece = new byte[Math.Min(1_000, audio.Length - from)];
                stream.Position = from;
                await stream.ReadExactlyAsync(piece);
                Assert.Equal(audio[from..(from + piece.Length)], piece);
                Assert.Equal(from + piece.Length, stream.Position);
            }

            stream.Seek(0, SeekOrigin.End);
            Assert.Equal(0, await stream.ReadAsync(new byte[10]));
        }

        string path;
        using (var here = await Store.ToDiskAsync("x.mp3", CancellationToken.None))
        {
            path = here!.Path;
            Assert.Equal(audio, await File.ReadAllBytesAsync(path));
        }

        Assert.Equal(!Files.AreElsewhere, File.Exists(path));
        Assert.Null(await Store.ToDiskAsync("y.mp3", CancellationToken.None));
    }

    [Fact]
    public async Task Folder_IsPublishedAltogether_InPlaceOfTheOldOne()
    {
        await Files.PublishFolderAsync(FolderOf("old", ("a.mp3", 1), ("b.mp3", 2)), "stems/track/two", CancellationToken.None);
        await Files.PublishFolderAsync(FolderOf("new", ("b.mp3", 3), ("c.mp3", 4)), "stems/track/two", CancellationToken.None);
        await Files.PublishFolderAsync(FolderOf("six", ("d.mp3", 5)), "stems/track/six", CancellationToken.None);

        Assert.Equal(["stems/track/six/d.mp3", "stems/track/two/b.mp3", "stems/track/two/c.mp3"], await KeysAsync());
        await Files.DeleteFolderAsync("stems/track/two", CancellationToken.None);
        await Files.DeleteFolderAsync("stems/track/two", CancellationToken.None);
        Assert.Equal(["stems/track/six/d.mp3"], await KeysAsync());
    }

    [Fact]
    public async Task Check_LeavesNothing()
    {
        Assert.Null(await Store.CheckAsync(CancellationToken.None));
        Assert.Empty(await KeysAsync());
        Assert.Empty(Unfinished());
    }

    protected Task PublishAsync(string name, params byte[] content) => PublishAllAsync(name, content);

    private async Task PublishAllAsync(string name, byte[] content)
    {
        await using var partial = Store.Create(name + "-render");
        await partial.WriteAsync(content, CancellationToken.None);
        await Store.PublishAsync(partial, name, [], CancellationToken.None);
    }

    private string FolderOf(string name, params (string Name, byte Content)[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "work", name)).FullName;
        foreach (var (file, content) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, file), [content]);
        }

        return folder;
    }

    private async Task<IReadOnlyList<string>> KeysAsync()
    {
        var all = new List<string>();
        foreach (var folder in new[] { "audio", "stems" })
        {
            all.AddRange(await Files.ListAsync(folder, CancellationToken.None).Select(file => file.Key).ToListAsync());
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }

    private string[] Unfinished() => Directory.Exists(Path.Combine(Root, "partial")) ? [.. Directory.EnumerateFiles(Path.Combine(Root, "partial")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];
}
