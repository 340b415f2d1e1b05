using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>
/// The audio files: finished ones in <c>audio/</c>, and in <c>unclaimed/</c> what nobody knows, wherever finished files are; in
/// <c>partial/</c> below the library's root what is being made. A file appears under its name only when all of it is there.
/// </summary>
public sealed class AudioStore
{
    /// <summary>Ends the names of files that are not whole.</summary>
    internal const string UnfinishedExtension = ".saving";

    /// <summary>The folder of finished tracks.</summary>
    internal const string AudioFolder = "audio";

    /// <summary>Where files go that no track claims.</summary>
    internal const string UnclaimedFolder = "unclaimed";

    private const string PartialFolder = "partial";

    private readonly ConcurrentDictionary<string, PartialAudio> _partials = new(StringComparer.Ordinal);
    private readonly string _partial;
    private readonly IAudioFiles _files;
    private readonly Publishing _publishing;

    /// <summary>Opens the store; the folders are made when they are first written to.</summary>
    internal AudioStore(IOptions<LibraryOptions> options, IAudioFiles files, TimeProvider time, ILogger<AudioStore> logger)
    {
        Root = Path.GetFullPath(options.Value.Root);
        _partial = Path.Combine(Root, PartialFolder);
        _files = files;
        Partials = new PartialFiles(_partial);
        Pieces = new TakePieces(files as S3Files, Partials, time, logger);
        _publishing = new Publishing(files);
    }

    /// <summary>The library's root, absolute.</summary>
    public string Root { get; }

    /// <summary>True when finished files are not on this machine.</summary>
    public bool IsElsewhere => _files.AreElsewhere;

    /// <summary>What lies in <c>partial/</c>, by name.</summary>
    internal PartialFiles Partials { get; }

    /// <summary>The paid takes, where they survive this machine.</summary>
    internal TakePieces Pieces { get; }

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
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task<FileStream?> TryOpenLeftAsync(string renderId, CancellationToken ct)
    {
        await Pieces.FetchAsync(renderId, ct);
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

    /// <summary>A finished file; null when it is gone. The name comes from the catalogue, never from a request.</summary>
    /// <exception cref="ArgumentException">The name would leave the folder.</exception>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public Task<StoredFile?> FindAsync(string fileName, CancellationToken ct) => _files.FindAsync(KeyOf(fileName), ct);

    /// <summary>A finished file for programs that read nothing but files of this machine; null when it is gone.</summary>
    /// <exception cref="IOException">The storage does not answer, or the disk is full.</exception>
    public Task<LocalFile?> ToDiskAsync(string fileName, CancellationToken ct) => _files.ToDiskAsync(KeyOf(fileName), ct);

    /// <summary>
    /// Makes a finished file of a partial one: puts <paramref name="head"/> in front of the audio, flushes to disk, then
    /// gives it its name. Either the whole file is there afterwards, or the partial one. A head of just the length of the
    /// room that was left for it takes the partial file itself; any other takes a copy.
    /// </summary>
    /// <returns>The file's length in bytes.</returns>
    /// <exception cref="IOException">The disk is full or gone, the storage does not answer, or there is a file of that name.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public async Task<long> PublishAsync(PartialAudio partial, string fileName, IReadOnlyList<ReadOnlyMemory<byte>> head, CancellationToken ct)
    {
        using var step = LibraryTelemetry.Step("publish audio");
        await _publishing.PublishAsync(partial, KeyOf(fileName), head, ct);
        return head.Sum(part => (long)part.Length) + partial.Length;
    }

    /// <summary>Takes back what was published: the partial file is there again.</summary>
    internal Task WithdrawAsync(string fileName, string partialPath, CancellationToken ct) =>
        File.Exists(partialPath) ? DeleteAsync(fileName, ct) : _files.TakeBackAsync(KeyOf(fileName), partialPath, ct);

    /// <summary>Files that are named, or were about to be named, after a render: their names end with its last digits.</summary>
    internal async Task<IReadOnlyList<string>> FilesOfAsync(string lastDigits, CancellationToken ct)
    {
        string[] endings = [$"_{lastDigits}.mp3", $"_{lastDigits}.mp3{UnfinishedExtension}"];
        return await _files.ListAsync(AudioFolder, ct).Select(file => file.Key[(AudioFolder.Length + 1)..]).Where(name => endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))).ToListAsync(ct);
    }

    /// <summary>Removes a finished file; nothing happens when it is gone already.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public Task DeleteAsync(string fileName, CancellationToken ct) => _files.DeleteAsync(KeyOf(fileName), ct);

    /// <summary>The names of finished files.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    internal async Task<IReadOnlyList<string>> NamesAsync(CancellationToken ct) =>
        await _files.ListAsync(AudioFolder, ct).Select(file => file.Key[(AudioFolder.Length + 1)..]).Where(name => name.EndsWith(".mp3", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal)).ToListAsync(ct);

    /// <summary>Moves a finished file away from the others; one of its name that is there already stays too.</summary>
    /// <exception cref="IOException">The storage does not answer, or the disk is full.</exception>
    internal async Task SetAsideAsync(string fileName, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, UnclaimedFolder)).FullName;
        var isThere = await _files.FindAsync($"{UnclaimedFolder}/{fileName}", ct) is not null || File.Exists(Path.Combine(folder, fileName));
        var name = isThere ? $"{Guid.NewGuid():N}_{fileName}" : fileName;
        await _files.TakeBackAsync(KeyOf(fileName), Path.Combine(folder, name), ct);
        if (_files.AreElsewhere && File.Exists(Path.Combine(folder, name)))
        {
            await _files.PublishAsync(Path.Combine(folder, name), $"{UnclaimedFolder}/{name}", replace: false, ct);
        }
    }

    /// <summary>Null when the library can be written to; else what is wrong, for people.</summary>
    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        try
        {
            FolderFiles.Probe(_partial);
            await _files.CheckAsync(ct);
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
        StorageException => $"{exception.Message}, then {then}.",
        IOException { HResult: NoSpace or QuotaExceeded } => $"The library's disk is full. Free some space, then {then}.",
        IOException { HResult: ReadOnlyFileSystem } or UnauthorizedAccessException => $"The library's folder cannot be written to. Check its permissions, then {then}.",
        _ => $"The library's folder could not be used. Check the disk, then {then}.",
    };

    /// <summary>What there is of files that are not whole. List it first, and only then ask which renders are under way.</summary>
    internal Leftovers ListLeftovers() => new(
        Partials.Names(),
        Directory.Exists(Path.Combine(Root, AudioFolder)) ? [.. Directory.EnumerateFiles(Path.Combine(Root, AudioFolder), "*" + UnfinishedExtension).Select(path => Path.GetFileName(path))] : []);

    /// <summary>Removes copies of files that are elsewhere, which earlier processes left: all of them, or those made before a time where other processes may be on this folder.</summary>
    internal void RemoveCopies(DateTimeOffset? before = null)
    {
        var copies = new DirectoryInfo(Path.Combine(Root, S3Files.CopiesFolder));
        if (!_files.AreElsewhere || !copies.Exists)
        {
            return;
        }

        foreach (var copy in copies.EnumerateFiles().Where(copy => before is null || copy.LastWriteTimeUtc < before))
        {
            copy.Delete();
        }
    }

    /// <summary>Removes what earlier processes left unfinished, but for these paid takes and whatever belongs to renders that have not ended.</summary>
    internal void RemoveLeftovers(Leftovers leftovers, IReadOnlyCollection<string> keptRenderIds, IReadOnlySet<string> underWay)
    {
        Partials.RemoveAllBut(leftovers.Partial, keptRenderIds, underWay);

        // A paid take may lie under the name of the track that it was becoming.
        var kept = keptRenderIds.Concat(underWay).Select(id => $"_{id[^8..]}.mp3{UnfinishedExtension}").ToList();
        foreach (var name in leftovers.Saving.Where(name => !kept.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))))
        {
            File.Delete(Path.Combine(Root, AudioFolder, name));
        }
    }

    // errno values, which .NET gives as HResult on Unix.
    internal const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    private static string KeyOf(string fileName) => RelativePath(Checked(fileName));

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
