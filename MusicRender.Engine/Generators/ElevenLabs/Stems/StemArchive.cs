using System.IO.Compression;
using System.Text;
using MusicRender.Engine.Generators.ElevenLabs.Answers;

namespace MusicRender.Engine.Generators.ElevenLabs.Stems;

/// <summary>
/// The archive of stems that came. Its names and sizes are a stranger's words: only MP3 files count, names become plain, and
/// nothing is unpacked beyond what stems can have.
/// </summary>
internal static class StemArchive
{
    /// <summary>Bytes of the archive, at most: eight stems of ten minutes at the highest bitrate.</summary>
    public const long MaxBytes = 200_000_000;

    /// <summary>Bytes of one stem, at most: ten minutes at the highest bitrate, and something over.</summary>
    public const long MaxStemBytes = 26_000_000;

    /// <summary>Stems, at most.</summary>
    public const int MaxStems = 8;

    private const string Extension = ".mp3";
    private const int MaxName = 40;

    /// <summary>Unpacks the stems, one after the other, giving each as it is read.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="give">Takes what is read.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="BadAnswerException">It is no archive, holds no stems, or more than stems can be.</exception>
    public static async Task UnpackAsync(string path, Func<StemOutput, ValueTask> give, CancellationToken ct)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.Asynchronous);
            await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8, ct);
            List<ZipArchiveEntry> entries = [.. zip.Entries.Where(entry => entry.Name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && entry.Length > 0).Take(MaxStems + 1)];
            if (entries.Count is 0 or > MaxStems)
            {
                throw new BadAnswerException(entries.Count == 0 ? "an archive without stems" : $"an archive of more than {MaxStems} stems");
            }

            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                await give(new StemOutput.Begin(NameOf(entry, names)));
                await UnpackAsync(entry, give, ct);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException)
        {
            throw new BadAnswerException("something that is no archive, or a broken one");
        }
    }

    private static async Task UnpackAsync(ZipArchiveEntry entry, Func<StemOutput, ValueTask> give, CancellationToken ct)
    {
        await using var stream = await entry.OpenAsync(ct);
        var block = new byte[64 * 1024];
        var bytes = 0L;
        for (int read; (read = await stream.ReadAsync(block, ct)) > 0;)
        {
            bytes += read;
            if (bytes > MaxStemBytes)
            {
                throw new BadAnswerException("stems that are larger than any track");
            }

            await give(new StemOutput.Encoded(block.AsMemory(0, read)));
        }
    }

    /// <summary>"Stems/Vocals (Main).mp3" → "vocals-main"; a name that is taken gets a number.</summary>
    private static string NameOf(ZipArchiveEntry entry, HashSet<string> taken)
    {
        var plain = new StringBuilder();
        foreach (var letter in Path.GetFileNameWithoutExtension(entry.Name).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                plain.Append(letter);
            }
            else if (plain.Length > 0 && plain[^1] != '-')
            {
                plain.Append('-');
            }
        }

        var name = plain.ToString(0, Math.Min(plain.Length, MaxName)).Trim('-');
        name = name.Length == 0 ? "stem" : name;
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = $"{name}-{number}";
        }

        return free;
    }
}
