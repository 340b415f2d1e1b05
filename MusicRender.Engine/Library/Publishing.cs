namespace MusicRender.Engine.Library;

/// <summary>Makes finished files of partial ones.</summary>
internal sealed class Publishing(IAudioFiles files)
{
    private const int CopyBuffer = 128 * 1024;

    /// <summary>Puts a head in front of the audio, flushes to disk, then gives the file its key: all of it, or none.</summary>
    public async Task PublishAsync(PartialAudio partial, string key, IReadOnlyList<ReadOnlyMemory<byte>> head, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (head.Sum(part => (long)part.Length) == partial.Start && files.TakesFrom(Path.GetDirectoryName(partial.Path)!))
        {
            partial.WriteHead(head);
            await files.PublishAsync(partial.Path, key, replace: false, ct);
            partial.Leave();
        }
        else
        {
            await CopyAsync(partial, key, head, ct);
        }
    }

    private async Task CopyAsync(PartialAudio partial, string key, IReadOnlyList<ReadOnlyMemory<byte>> head, CancellationToken ct)
    {
        var draft = files.DraftOf(key, partial.Path);
        try
        {
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 0))
            {
                foreach (var part in head)
                {
                    file.Write(part.Span);
                }

                await using var audio = partial.OpenRead();
                await audio.CopyToAsync(file, CopyBuffer, ct);
                file.Flush(flushToDisk: true);
            }

            await files.PublishAsync(draft, key, replace: false, ct);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }
}
