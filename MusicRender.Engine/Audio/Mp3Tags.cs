namespace MusicRender.Engine.Audio;

/// <summary>The tag in front of an MP3 file: reading its title, and copying the file with another tag.</summary>
internal static class Mp3Tags
{
    private const int CopyBuffer = 128 * 1024;

    /// <summary>The title in the tag of a file, read from its beginning; null when it has none.</summary>
    /// <exception cref="IOException">The file is gone, or the disk is.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static async Task<string?> TitleAsync(Stream file, CancellationToken ct)
    {
        var tag = new byte[await LengthAsync(file, ct)];
        file.Position = 0;
        return await file.ReadAtLeastAsync(tag, tag.Length, throwOnEndOfStream: false, ct) == tag.Length ? TrackTags.TitleOf(tag) : null;
    }

    /// <summary>Writes a file's sound behind another tag. The sound stays as it is, byte for byte.</summary>
    /// <exception cref="IOException">A disk is full or gone, or the file is.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read or written.</exception>
    public static async Task CopyAsync(string source, string target, TrackTags tags, CancellationToken ct)
    {
        await using var from = Open(source);
        from.Position = await LengthAsync(from, ct);
        await using var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.Read, 0, FileOptions.Asynchronous);
        await to.WriteAsync(tags.ToBytes(), ct);
        await from.CopyToAsync(to, CopyBuffer, ct);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Bytes of the tag; 0 when there is none. More than the file has are not believed.</summary>
    private static async Task<long> LengthAsync(Stream file, CancellationToken ct)
    {
        var header = new byte[Id3Tag.HeaderBytes];
        var isThere = await file.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, ct) == header.Length && header.AsSpan().StartsWith("ID3"u8);
        return isThere && Id3Tag.LengthOf(header) is var length && length <= file.Length ? length : 0;
    }
}
