using MusicRender.Engine.Library;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>What only a folder can show; the rest is in <see cref="FinishedFilesTests"/>.</summary>
public sealed class AudioStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly AudioStore _store;

    public AudioStoreTests() => _store = Stores.Folder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_OnAnotherDisk_IsWholeOrNotThere()
    {
        await using var disks = new SmallDisks();
        await disks.MountAsync(Path.Combine(_folder.Path, "audio"), "64k");
        await PublishAsync("x.mp3", 1);
        Assert.Equal([1], (await _store.ReadAsync("x.mp3"))![^1..]);

        await using var partial = _store.Create("large", room: 20);
        await partial.WriteAsync(new byte[200_000], CancellationToken.None);
        await Assert.ThrowsAsync<IOException>(() => _store.PublishAsync(partial, "y.mp3", [new byte[20]], CancellationToken.None));
        Assert.Equal(["audio/x.mp3", "partial/large-free-1.mp3"], Files().Order());
        Assert.Equal(200_000, partial.Length);
    }

    [Fact]
    public void Notes_AreLines_AndHalfAOneSpoilsNoOther()
    {
        _store.Partials.Prepare();
        Assert.Null(_store.Partials.ReadNotes("render"));
        _store.Partials.AddNotes("render", "one"u8);
        File.AppendAllText(Path.Combine(_folder.Path, "partial", "render.json"), "\nhal");
        _store.Partials.AddNotes("render", "two"u8);
        Assert.Equal(["", "one", "hal", "two"], _store.Partials.ReadNotes("render")!.Select(line => System.Text.Encoding.UTF8.GetString(line.Span)));
        Assert.Equal(["render"], _store.Partials.All());
        _store.Partials.Remove("render");
        Assert.False(_store.Partials.Has("render"));
    }

    [Fact]
    public void Leftovers_AreRemoved_ButForThePaidTakesThatSomebodyMayKeepAndRendersUnderWay()
    {
        const string Kept = "0123456789abcdef0123456789abcdef";
        const string UnderWay = "fedcba9876543210fedcba9800000000";
        Directory.CreateDirectory(Path.Combine(_folder.Path, "audio"));
        foreach (var name in new[] { "night-drive_89abcdef.mp3.saving", "other_01234567.mp3.saving", "done_01234567.mp3", "song_00000000.mp3.saving" })
        {
            File.WriteAllText(Path.Combine(_folder.Path, "audio", name), "audio");
        }

        Directory.CreateDirectory(Path.Combine(_folder.Path, "partial"));
        foreach (var name in new[] { $"{Kept}.mp3", $"{Kept}-free-1.mp3", $"{UnderWay}-free-2.mp3", $"{UnderWay}.json", "00000000000000000000000000000000.mp3", "x" })
        {
            File.WriteAllText(Path.Combine(_folder.Path, "partial", name), "audio");
        }

        var leftovers = _store.ListLeftovers();
        // One that somebody begins meanwhile.
        File.WriteAllText(Path.Combine(_folder.Path, "partial", "new"), "audio");
        _store.RemoveLeftovers(leftovers, [Kept], new HashSet<string> { UnderWay });

        Assert.Equal(
            ["audio/done_01234567.mp3", "audio/night-drive_89abcdef.mp3.saving", "audio/song_00000000.mp3.saving", $"partial/{Kept}.mp3", $"partial/{UnderWay}-free-2.mp3", $"partial/{UnderWay}.json", "partial/new"],
            Files().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Check_OfAWritableFolder_LeavesNothing()
    {
        await PublishAsync("x.mp3", 1);
        Assert.Null(await _store.CheckAsync(CancellationToken.None));
        Assert.Equal(["audio/x.mp3"], Files());
    }

    [Fact]
    public async Task Check_OfAFolderThatIsAFile_SaysSoWithoutAPath()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "audio"), "");
        var said = await _store.CheckAsync(CancellationToken.None);
        Assert.NotNull(said);
        Assert.DoesNotContain(_folder.Path, said, StringComparison.Ordinal);
    }

    private async Task PublishAsync(string name, byte content)
    {
        await using var partial = _store.Create(name + "-render");
        await partial.WriteAsync(new[] { content }, CancellationToken.None);
        await _store.PublishAsync(partial, name, [], CancellationToken.None);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.Path, file))];
}
