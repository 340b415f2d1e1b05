namespace MusicRender.Engine.Audio;

/// <summary>What an MP3 file says of its own form.</summary>
/// <param name="SampleRate">Frames a second.</param>
/// <param name="Kilobits">Kilobits a second of its first frame.</param>
/// <param name="IsMono">One channel.</param>
public sealed record AudioFileFacts(int SampleRate, int Kilobits, bool IsMono)
{
    /// <summary>Behind the tag there may be a few bytes that are no frame.</summary>
    private const int Searched = 4_096;

    /// <summary>Reads them from the beginning of a file; null when there is no MP3 frame.</summary>
    /// <exception cref="IOException">The file is gone, or the disk is.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static async Task<AudioFileFacts?> ReadAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous);
        var bytes = new byte[Searched];
        var count = await file.ReadAtLeastAsync(bytes, Id3Tag.HeaderBytes, throwOnEndOfStream: false, ct);
        if (count >= Id3Tag.HeaderBytes && bytes.AsSpan().StartsWith("ID3"u8))
        {
            file.Position = Id3Tag.LengthOf(bytes);
            count = await file.ReadAtLeastAsync(bytes, Searched, throwOnEndOfStream: false, ct);
        }

        for (var at = 0; at + Mp3Frames.HeaderBytes <= count; at++)
        {
            if (Mp3Frames.TryRead(bytes.AsSpan(at, count - at), out var header))
            {
                return new AudioFileFacts(header.SampleRate, header.Kilobits, header.IsMono);
            }
        }

        return null;
    }
}
