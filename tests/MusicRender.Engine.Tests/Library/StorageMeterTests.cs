using MusicRender.Engine.Library;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>What the library takes up.</summary>
public sealed class StorageMeterTests : IAsyncLifetime
{
    private readonly EngineHost _engine = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _engine.PrepareLibraryAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Storage_IsCountedByFolderLargestFirst()
    {
        Write("audio/one.mp3", 3_000_000);
        Write("audio/two.mp3", 2_000_000);
        Write("stems/a/two/vocals.mp3", 4_000_000);

        var use = await _engine.Service<IStorageMeter>().MeasureAsync(Ct);

        Assert.Equal(_engine.Root, use.Root);
        Assert.Equal([new StorageShare("audio", 2, 5_000_000), new StorageShare("stems", 1, 4_000_000)], use.Shares.Take(2));
        // The catalogue lies in the root itself.
        Assert.Contains(use.Shares, share => share is { Name: "", Files: > 0, Bytes: > 0 });
        Assert.Equal(use.Shares.Sum(share => share.Bytes), use.Bytes);
        Assert.True(use.FreeBytes > 0);

        void Write(string path, int bytes)
        {
            var file = new FileInfo(Path.Combine(_engine.Root, path));
            file.Directory!.Create();
            using var stream = file.Create();
            stream.SetLength(bytes);
        }
    }

    [Fact]
    public async Task Storage_OfALibraryThatIsNotThere_IsNothing()
    {
        await using var engine = new EngineHost(Path.Combine(_engine.Root, "not", "there"));

        var use = await engine.Service<IStorageMeter>().MeasureAsync(Ct);

        Assert.Equal((0L, 0), (use.Bytes, use.Shares.Count));
    }
}
