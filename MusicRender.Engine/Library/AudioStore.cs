using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>
/// The audio files below the library's root: <c>audio/</c> holds finished files, <c>partial/</c> what is being made, <c>unclaimed/</c>
/// what nobody knows.
/// A file appears under its name only when all of it is on disk.
/// </summary>
public sealed class AudioStore
{
    /// <summary>Ends the names of files that are not whole.</summary>
    internal const string UnfinishedExtension = ".saving";

    /// <summary>Where files go that no track claims.</summary>
    internal const string UnclaimedFolder = "unclaimed";

    private const string AudioFolder = "audio";
    private const string PartialFolder = "partial";

    private readonly ConcurrentDictionary<string, PartialAudio> _partials = new(StringComparer.Ordinal);
    private readonly string _audio;
    private readonly string _partial;
    private readonly Publishing _publishing;

    /// <summary>Opens the store; the folders are made when they are first written to.</summary>
    public AudioStore(IOptions<LibraryOptions> options)
    {
        Root = Path.GetFullPath(options.Value.Root);
        _audio = Path.Combine(Root, AudioFolder);
        _partial = Path.Combine(Root, PartialFolder);
        Partials = new PartialFiles(_partial);
        _publishing = new Publishing(_partial, _audio);
    }

    /// <summary>The library's root, absolute.</summary>
    public string Root { get; }

    /// <summary>What lies in <c>partial/</c>, by name.</summary>
    internal PartialFiles Partials { get; }

    /// <summary>A file's path below the root, with forward slashes, as results show it.</summary>
    public static string RelativePath(string fileName) => $"{AudioFolder}/{fileName}";

    /// <summary>Starts the audio of a render.</summary>
    /// <param name="renderId">The render.</param>
    /// <param name="room">Bytes to leave in front, so that the finished file's head needs no copy of the audio behind it.</param>
    /// <param name="isPaid">True for one that must outlive the process.</param>
    /// <param name="epoch">How often the render was taken up: a free one has a file for each time.</param>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public PartialAudio Create(string renderId, int room = 0, bool isPaid = false, long epoch = 1)
    {
        Partials.Prepare();
        var path = isPaid ? Partials.AudioOf(renderId) : Partials.FreeAudioOf(renderId, epoch);
        var partial = PartialAudio.Create(path, room, () => _partials.TryRemove(renderId, out _));
        _partials[renderId] = partial;
        return partial;
    }

    /// <summary>The audio that a render is making right now.</summary>
    public bool TryGetPartial(string renderId, [NotNullWhen(true)] out PartialAudio? partial) => _partials.TryGetValue(renderId, out partial);

    /// <summary>The audio that was left of a render that did not come to its end; null when there is none.</summary>
    public FileStream? TryOpenLeft(string renderId)
    {
        foreach (var path in new[] { Partials.AudioOf(renderId, isOrdered: true), Partials.AudioOf(renderId) })
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // The other name, or it has just become a track.
            }
        }

        return null;
    }

    /// <summary>
    /// Makes a finished file of a partial one: puts <paramref name="head"/> in front of the audio, flushes to disk, then
    /// gives it its name. Either the whole file is there afterwards, or the partial one. A head of just the length of the
    /// room that was left for it takes the partial file itself; any other takes a copy.
    /// </summary>
    /// <returns>The file's length in bytes.</returns>
    /// <exception cref="IOException">The disk is full or gone, or there is a file of that name.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public async Task<long> PublishAsync(PartialAudio partial, string fileName, IReadOnlyList<ReadOnlyMemory<byte>> head, CancellationToken ct)
    {
        using var step = LibraryTelemetry.Step("publish audio");
        await _publishing.PublishAsync(partial, PathOf(fileName), head, ct);
        return head.Sum(part => (long)part.Length) + partial.Length;
    }

    /// <summary>Takes back what was published: the partial file is there again.</summary>
    internal void Withdraw(string fileName, string partialPath)
    {
        if (File.Exists(partialPath))
        {
            Delete(fileName);
        }
        else if (File.Exists(PathOf(fileName)))
        {
            File.Move(PathOf(fileName), partialPath, overwrite: false);
        }
    }

    /// <summary>Files that are named, or were about to be named, after a render: their names end with its last digits.</summary>
    internal IReadOnlyList<string> FilesOf(string lastDigits)
    {
        string[] patterns = [$"*_{lastDigits}.mp3", $"*_{lastDigits}.mp3{UnfinishedExtension}"];
        return Directory.Exists(_audio) ? [.. patterns.SelectMany(pattern => Directory.EnumerateFiles(_audio, pattern)).Select(path => Path.GetFileName(path))] : [];
    }

    /// <summary>Where a finished file is, for the server to read from. The name comes from the catalogue, never from a request.</summary>
    /// <exception cref="ArgumentException">The name would leave the folder.</exception>
    public string PathOf(string fileName) => Path.Combine(_audio, Checked(fileName));

    /// <summary>Removes a finished file; nothing happens when it is gone already.</summary>
    public void Delete(string fileName)
    {
        var path = PathOf(fileName);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>The names of finished files.</summary>
    internal IReadOnlyList<string> Names() =>
        Directory.Exists(_audio) ? [.. Directory.EnumerateFiles(_audio, "*.mp3").Select(path => Path.GetFileName(path))] : [];

    /// <summary>Moves a finished file away from the others; one of its name that is there already stays too.</summary>
    internal void SetAside(string fileName)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, UnclaimedFolder)).FullName;
        var to = Path.Combine(folder, fileName);
        File.Move(PathOf(fileName), File.Exists(to) ? Path.Combine(folder, $"{Guid.NewGuid():N}_{fileName}") : to);
    }

    /// <summary>Null when the library can be written to; else what is wrong, for people.</summary>
    public string? Check()
    {
        try
        {
            foreach (var folder in new[] { _partial, _audio })
            {
                Directory.CreateDirectory(folder);
                var probe = Path.Combine(folder, $".check-{Guid.NewGuid():N}{UnfinishedExtension}");
                using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                file.Write(new byte[4096]);
                file.Flush();
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Explain(exception);
        }
    }

    /// <summary>What went wrong with the library's folder, for people: no paths.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="then">What to do once that is mended.</param>
    public static string Explain(Exception exception, string then = "render again") => exception switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } => $"The library's disk is full. Free some space, then {then}.",
        IOException { HResult: ReadOnlyFileSystem } or UnauthorizedAccessException => $"The library's folder cannot be written to. Check its permissions, then {then}.",
        _ => $"The library's folder could not be used. Check the disk, then {then}.",
    };

    /// <summary>What there is of files that are not whole. List it first, and only then ask which renders are under way.</summary>
    internal Leftovers ListLeftovers() => new(
        Partials.Names(),
        Directory.Exists(_audio) ? [.. Directory.EnumerateFiles(_audio, "*" + UnfinishedExtension).Select(path => Path.GetFileName(path))] : []);

    /// <summary>Removes what earlier processes left unfinished, but for these paid takes and whatever belongs to renders that have not ended.</summary>
    internal void RemoveLeftovers(Leftovers leftovers, IReadOnlyCollection<string> keptRenderIds, IReadOnlySet<string> underWay)
    {
        Partials.RemoveAllBut(leftovers.Partial, keptRenderIds, underWay);
        // A paid take may lie under the name of the track that it was becoming.
        var kept = keptRenderIds.Concat(underWay).SelectMany(id => FilesOf(id[^8..])).ToHashSet(StringComparer.Ordinal);
        foreach (var name in leftovers.Saving.Where(name => !kept.Contains(name)))
        {
            Delete(name);
        }
    }

    // errno values, which .NET gives as HResult on Unix.
    internal const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    /// <summary>The name, when it is a plain file name.</summary>
    internal static string Checked(string name) =>
        name.Length > 0 && name is not ("." or "..") && Path.GetFileName(name) == name && !name.Contains('\0', StringComparison.Ordinal) && !name.Contains('\\', StringComparison.Ordinal)
            ? name
            : throw new ArgumentException("Not a plain file name.", nameof(name));
}

/// <summary>Names of files that are not whole.</summary>
/// <param name="Partial">In <c>partial/</c>.</param>
/// <param name="Saving">In <c>audio/</c>.</param>
internal sealed record Leftovers(IReadOnlyList<string> Partial, IReadOnlyList<string> Saving);
