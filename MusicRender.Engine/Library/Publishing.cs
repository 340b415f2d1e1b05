namespace MusicRender.Engine.Library;

/// <summary>Makes finished files of partial ones.</summary>
internal sealed class Publishing(string partialFolder, string audioFolder)
{
    private const int CopyBuffer = 128 * 1024;

    private readonly Lock _lock = new();
    private bool? _isOneVolume;

    /// <summary>Puts a head in front of the audio, flushes to disk, then gives the file its name: all of it, or none.</summary>
    public async Task PublishAsync(PartialAudio partial, string final, IReadOnlyList<ReadOnlyMemory<byte>> head, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (head.Sum(part => (long)part.Length) == partial.Start && IsOneVolume())
        {
            partial.WriteHead(head);
            File.Move(partial.Path, final, overwrite: false);
            partial.Leave();
        }
        else
        {
            await CopyAsync(partial, final, head, ct);
        }
    }

    private static async Task CopyAsync(PartialAudio partial, string final, IReadOnlyList<ReadOnlyMemory<byte>> head, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        // Beside its final place: giving a name is one step only within one file system.
        var unfinished = final + AudioStore.UnfinishedExtension;
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 0))
            {
                foreach (var part in head)
                {
                    file.Write(part.Span);
                }

                await using var audio = partial.OpenRead();
                await audio.CopyToAsync(file, CopyBuffer, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, final, overwrite: false);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>
    /// True when both folders lie on one file system: then a name is given in one step. .NET copies where it is not, and
    /// does not say so; a file that is still the same one under its new name was not copied.
    /// </summary>
    private bool IsOneVolume()
    {
        lock (_lock)
        {
            return _isOneVolume ??= FindOut();
        }
    }

    private bool FindOut()
    {
        Directory.CreateDirectory(partialFolder);
        Directory.CreateDirectory(audioFolder);
        var name = $".check-{Guid.NewGuid():N}{AudioStore.UnfinishedExtension}";
        var (from, to) = (Path.Combine(partialFolder, name), Path.Combine(audioFolder, name));
        try
        {
            using var file = File.OpenHandle(from, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            File.Move(from, to);
            RandomAccess.Write(file, [1], 0);
            return new FileInfo(to).Length == 1;
        }
        finally
        {
            File.Delete(from);
            File.Delete(to);
        }
    }
}
