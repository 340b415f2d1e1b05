using System.Globalization;
using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Library;

/// <summary>
/// The names in <c>partial/</c>: <c>{id}.mp3</c> is a paid take, there from the moment it is asked for; <c>{id}-ordered.mp3</c>
/// the same when its parts came in another order than they are played; <c>{id}.json</c> what is known of it beside its sound;
/// <c>{id}-free-{epoch}.mp3</c> what is being made and costs nothing, which does not outlive its process; a file for each time
/// that the render was taken up, so that nobody writes to another's.
/// </summary>
internal sealed class PartialFiles(string folder)
{
    private const string NotesExtension = ".json";
    private const string AudioExtension = ".mp3";
    private const string OrderedEnding = "-ordered.mp3";
    private const string FreeMark = "-free-";
    private const byte LineStart = (byte)'\n';
    private const int CopyBuffer = 128 * 1024;
    private const int IdLength = 32;

    /// <summary>Makes the folder, if it is not there.</summary>
    public void Prepare() => FolderFiles.Make(folder);

    /// <summary>Where the audio of a paid take is.</summary>
    public string AudioOf(string renderId, bool isOrdered = false) => Path.Combine(folder, AudioStore.Checked(renderId) + (isOrdered ? OrderedEnding : AudioExtension));

    /// <summary>Where the audio of a render is that costs nothing.</summary>
    public string FreeAudioOf(string renderId, long epoch) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{AudioStore.Checked(renderId)}{FreeMark}{epoch}{AudioExtension}"));

    /// <summary>Removes the audio that earlier runs of a render that costs nothing have left.</summary>
    public void RemoveFreeBefore(string renderId, long epoch)
    {
        if (Directory.Exists(folder))
        {
            var start = AudioStore.Checked(renderId) + FreeMark;
            // Never a later run's: whoever was paused here for long may be an earlier one by now.
            foreach (var path in Directory.EnumerateFiles(folder, start + "*").Where(path => long.TryParse(Path.GetFileNameWithoutExtension(path)[start.Length..], out var other) && other < epoch))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Puts a copy in the place of a take's file: whoever still has the old one open writes to nobody's file.</summary>
    public static async Task RenewAsync(string path, CancellationToken ct)
    {
        var unfinished = path + AudioStore.UnfinishedExtension;
        try
        {
            await using (var old = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan))
            await using (var copy = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 0))
            {
                await old.CopyToAsync(copy, CopyBuffer, ct);
                copy.Flush(flushToDisk: true);
            }
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>True when a paid take was asked for and has not become a track.</summary>
    public bool Has(string renderId) => FilesOf(renderId).Any(File.Exists);

    /// <summary>What was noted of a paid take, a line for each time; null when nothing was. What a full disk or a power cut left of a line is among them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? ReadNotes(string renderId)
    {
        byte[] notes;
        try
        {
            notes = File.ReadAllBytes(NotesOf(renderId));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        var lines = new List<ReadOnlyMemory<byte>>();
        foreach (var range in notes.AsSpan().Split(LineStart))
        {
            lines.Add(notes.AsMemory(range));
        }

        return lines;
    }

    /// <summary>Adds a line. It survives the process; whether it survives the machine is the system's to say.</summary>
    public void AddNotes(string renderId, ReadOnlySpan<byte> line)
    {
        using var file = File.OpenHandle(NotesOf(renderId), FileMode.OpenOrCreate, FileAccess.Write);
        // A mark in front of each line: half of one, from a disk that was full, spoils no other.
        RandomAccess.Write(file, [LineStart, .. line], RandomAccess.GetLength(file));
    }

    /// <summary>Writes pieces of partial audio one behind the other into the file that holds ordered parts; the first file stays as it is.</summary>
    public async Task PutInOrderAsync(PartialAudio partial, string renderId, IReadOnlyList<(long From, long To)> pieces, CancellationToken ct)
    {
        var ordered = AudioOf(renderId, isOrdered: true);
        var unfinished = ordered + AudioStore.UnfinishedExtension;
        try
        {
            await CopyPiecesAsync(partial, pieces, unfinished, ct);
        }
        catch
        {
            // Half of it only takes the room that the notes may need.
            File.Delete(unfinished);
            throw;
        }

        // Never half of it under its name.
        File.Move(unfinished, ordered, overwrite: true);
    }

    /// <summary>Removes all there is of a paid take.</summary>
    public void Remove(string renderId)
    {
        foreach (var path in FilesOf(renderId).Where(File.Exists))
        {
            File.Delete(path);
        }
    }

    /// <summary>The paid takes of which something is there, in no order.</summary>
    public IReadOnlyList<string> All() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(path => NameOf(Path.GetFileName(path))).OfType<string>().Distinct()] : [];

    /// <summary>The names of all files.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path))] : [];

    /// <summary>Removes these files, but for the audio and the notes of takes that are kept and whatever belongs to renders under way.</summary>
    /// <param name="names">As they were listed before anybody asked which renders are under way: what has come since is not touched.</param>
    /// <param name="kept">The renders whose takes stay.</param>
    /// <param name="underWay">The renders that have not ended.</param>
    public void RemoveAllBut(IEnumerable<string> names, IReadOnlyCollection<string> kept, IReadOnlySet<string> underWay)
    {
        var files = kept.SelectMany(FilesOf).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !(name.Length > IdLength && underWay.Contains(name[..IdLength]))))
        {
            var path = Path.Combine(folder, name);
            if (!files.Contains(path))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Where the files of a paid take are, should they be there.</summary>
    public string[] FilesOf(string renderId) => [AudioOf(renderId), AudioOf(renderId, isOrdered: true), NotesOf(renderId)];

    private static string? NameOf(string fileName) =>
        new[] { OrderedEnding, AudioExtension, NotesExtension }.Where(ending => fileName.EndsWith(ending, StringComparison.Ordinal)).Select(ending => fileName[..^ending.Length]).FirstOrDefault();

    private static async Task CopyPiecesAsync(PartialAudio partial, IReadOnlyList<(long From, long To)> pieces, string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        await using var audio = partial.OpenRead();
        file.Write(Id3Tag.Blank((int)partial.Start));
        file.Position = partial.Start;
        var buffer = new byte[CopyBuffer];
        foreach (var (from, to) in pieces)
        {
            audio.Position = partial.Start + from;
            for (var left = to - from; left > 0;)
            {
                var read = await audio.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), ct);
                ArgumentOutOfRangeException.ThrowIfZero(read);
                file.Write(buffer, 0, read);
                left -= read;
            }
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Where the notes of a paid take are.</summary>
    public string NotesOf(string renderId) => Path.Combine(folder, AudioStore.Checked(renderId) + NotesExtension);
}
