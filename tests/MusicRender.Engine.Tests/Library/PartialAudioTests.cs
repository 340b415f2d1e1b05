using CsCheck;
using MusicRender.Engine.Library;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

public sealed class PartialAudioTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly AudioStore _store;

    public PartialAudioTests() => _store = Stores.Folder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Listeners_EarlyAndLate_HearEveryByteThroughPublishAndEnd() =>
        await Gen.Select(Gen.Byte.Array[0, 5_000].Array[0, 20], Gen.Int[0, 20].Array[1, 5]).SampleAsync(
            async (blocks, arrivals) =>
            {
                var id = Guid.NewGuid().ToString("N");
                var listeners = new List<Task<byte[]>>();
                var partial = _store.Create(id);
                for (var block = 0; block <= 20; block++)
                {
                    listeners.AddRange(arrivals.Where(arrival => arrival == block).Select(_ => Hearing.AllAsync(partial)));
                    if (block < blocks.Length)
                    {
                        await partial.WriteAsync(blocks[block], CancellationToken.None);
                    }
                }

                partial.End();
                listeners.Add(Hearing.AllAsync(partial));
                await _store.PublishAsync(partial, id + ".mp3", [], CancellationToken.None);
                await partial.DisposeAsync();
                var all = blocks.SelectMany(block => block).ToArray();
                foreach (var listener in listeners)
                {
                    Assert.Equal(all, await listener.WaitAsync(Until.Limit));
                }

                Assert.False(_store.TryGetPartial(id, out _));
            },
            iter: 100, threads: 1);

    [Fact]
    public async Task Listener_OfARenderThatIsGivenUp_HearsWhatThereWasAndEnds()
    {
        var partial = _store.Create("given-up");
        await partial.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
        var listener = Hearing.AllAsync(partial);
        await partial.DisposeAsync();
        Assert.Equal([1, 2, 3], await listener.WaitAsync(Until.Limit));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.Path, "partial")));
    }

    [Fact]
    public async Task Listener_ThatIsSlow_DoesNotHoldUpTheWriter()
    {
        await using var partial = _store.Create("slow");
        var gate = new TaskCompletionSource();
        var heard = 0;
        await partial.WriteAsync(new byte[10], CancellationToken.None);
        await using var file = partial.OpenRead();
        var listener = ListenAsync();
        await partial.WriteAsync(new byte[1_000_000], CancellationToken.None);
        partial.End();
        Assert.Equal(0, heard);
        gate.SetResult();
        await listener.WaitAsync(Until.Limit);
        Assert.Equal(1_000_010, heard);

        async Task ListenAsync()
        {
            await foreach (var bytes in partial.ListenAsync(file, CancellationToken.None))
            {
                await gate.Task;
                heard += bytes.Length;
            }
        }
    }
}
