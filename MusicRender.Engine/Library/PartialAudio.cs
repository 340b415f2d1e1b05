using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Library;

/// <summary>
/// Audio that is being made: one writer appends to a file, any number of listeners read what is there and wait for more.
/// Nothing is kept in memory. In front of the audio there may be room for the finished file's head, a blank tag until then.
/// </summary>
public sealed class PartialAudio : IAsyncDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Action _onDisposed;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _length;
    private bool _isEnded;
    private bool _isLeft;

    private PartialAudio(string path, SafeFileHandle file, long start, long length, Action onDisposed)
    {
        (Path, Start, _file, _length, _onDisposed) = (path, start, file, length, onDisposed);
    }

    /// <summary>Bytes of audio that listeners can read.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>Where in the file the audio begins.</summary>
    internal long Start { get; }

    internal string Path { get; }

    /// <summary>Starts a file with so many bytes of room in front.</summary>
    internal static PartialAudio Create(string path, int room, Action onDisposed)
    {
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (room > 0)
        {
            // A player finds the audio behind it, however early it stops.
            RandomAccess.Write(file, Id3Tag.Blank(room), 0);
        }

        return new PartialAudio(path, file, room, 0, onDisposed);
    }

    /// <summary>Opens a file that is there; all behind <paramref name="start"/> is audio.</summary>
    internal static PartialAudio Open(string path, long start)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        return new PartialAudio(path, file, start, Math.Max(0, RandomAccess.GetLength(file) - start), () => { });
    }

    /// <summary>Appends. The bytes are handed to the system before this returns; nothing in it waits for a disk that works.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!bytes.IsEmpty)
        {
            RandomAccess.Write(_file, bytes.Span, Start + _length);
            Change(bytes.Length, isEnd: false);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Cuts off what stands behind so many bytes of audio. Whoever heard it already has heard it.</summary>
    /// <exception cref="IOException">The disk is gone.</exception>
    internal void Cut(long length)
    {
        if (length < Length)
        {
            RandomAccess.SetLength(_file, Start + length);
            Change(length - Length, isEnd: false);
        }
    }

    /// <summary>Says that no more will come: listeners end when they have heard everything.</summary>
    public void End() => Change(0, isEnd: true);

    /// <summary>Opens what is there so far, at the beginning of the audio.</summary>
    public FileStream OpenRead() =>
        new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan) { Position = Start };

    /// <summary>The same for a listener, or null when the render has ended in this moment and the file is gone.</summary>
    public FileStream? TryOpenRead()
    {
        try
        {
            return OpenRead();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The audio from its beginning, in order, and on as more is made, until it ends.</summary>
    /// <param name="file">Opened by <see cref="TryOpenRead"/>; it outlives its name, so a listener hears the end even after the file was published.</param>
    /// <param name="ct">The listener is gone.</param>
    /// <returns>Blocks of up to 32 KiB; the memory of each is used again for the next.</returns>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ListenAsync(FileStream file, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new byte[32 * 1024];
        long heard = 0;
        while (true)
        {
            long length;
            bool isEnded;
            Task changed;
            lock (_lock)
            {
                (length, isEnded, changed) = (_length, _isEnded, _changed.Task);
            }

            while (heard < length)
            {
                var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - heard)), ct);
                if (read == 0)
                {
                    yield break;
                }

                heard += read;
                yield return buffer.AsMemory(0, read);
            }

            if (isEnded)
            {
                yield break;
            }

            await changed.WaitAsync(ct);
        }
    }

    /// <summary>Lets the file stay when this is disposed.</summary>
    public void Leave() => _isLeft = true;

    /// <summary>Ends it and removes the file, unless it is to stay. What was published stays.</summary>
    public ValueTask DisposeAsync()
    {
        End();
        _onDisposed();
        _file.Dispose();
        if (!_isLeft)
        {
            File.Delete(Path);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The first bytes of the audio; fewer when there are no more.</summary>
    internal byte[] First(int count)
    {
        var bytes = new byte[count];
        return bytes[..RandomAccess.Read(_file, bytes, Start)];
    }

    /// <summary>Fills the room in front of the audio, and has all of the file on disk when it returns.</summary>
    internal void WriteHead(IReadOnlyList<ReadOnlyMemory<byte>> head)
    {
        RandomAccess.Write(_file, head, 0);
        RandomAccess.FlushToDisk(_file);
    }

    private void Change(long more, bool isEnd)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _length += more;
            _isEnded |= isEnd;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
