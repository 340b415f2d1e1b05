namespace MusicRender.Engine.Library;

/// <summary>
/// Audio that is being made: one writer appends to a file, any number of listeners read what is there and wait for more.
/// Nothing is kept in memory.
/// </summary>
public sealed class PartialAudio : IAsyncDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Action _onDisposed;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _length;
    private bool _isEnded;

    internal PartialAudio(string path, Action onDisposed)
    {
        _path = path;
        _onDisposed = onDisposed;
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous);
    }

    /// <summary>Bytes that listeners can read.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>Appends.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await _file.WriteAsync(bytes, ct);
        Change(() => _length += bytes.Length);
    }

    /// <summary>Says that no more will come: listeners end when they have heard everything.</summary>
    public void End() => Change(() => _isEnded = true);

    /// <summary>Opens what is there so far for reading from the beginning.</summary>
    public FileStream OpenRead() =>
        new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

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

    /// <summary>Copies the audio from its beginning to a listener, and goes on as more is made, until it ends.</summary>
    /// <param name="file">Opened by <see cref="TryOpenRead"/>; it outlives its name, so a listener hears the end even after the file was published.</param>
    /// <param name="listener">Gets the bytes in order.</param>
    /// <param name="ct">The listener is gone.</param>
    public async Task ListenAsync(FileStream file, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> listener, CancellationToken ct)
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
                    return;
                }

                heard += read;
                await listener(buffer.AsMemory(0, read), ct);
            }

            if (isEnded)
            {
                return;
            }

            await changed.WaitAsync(ct);
        }
    }

    /// <summary>Ends it and removes the file. What was published stays.</summary>
    public async ValueTask DisposeAsync()
    {
        End();
        _onDisposed();
        await _file.DisposeAsync();
        File.Delete(_path);
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
