using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>
/// The audio files below the library's root: <c>audio/</c> holds finished files, <c>partial/</c> what is being made.
/// A file appears under its name only when all of it is on disk.
/// </summary>
public sealed class AudioStore
{
    private const string AudioFolder = "audio";
    private const string PartialFolder = "partial";
    private const string UnfinishedExtension = ".saving";
    private const int CopyBuffer = 128 * 1024;

    private readonly ConcurrentDictionary<string, PartialAudio> _partials = new(StringComparer.Ordinal);
    private readonly string _audio;
    private readonly string _partial;

    /// <summary>Opens the store; the folders are made when they are first written to.</summary>
    public AudioStore(IOptions<LibraryOptions> options)
    {
        Root = Path.GetFullPath(options.Value.Root);
        _audio = Path.Combine(Root, AudioFolder);
        _partial = Path.Combine(Root, PartialFolder);
    }

    /// <summary>The library's root, absolute.</summary>
    public string Root { get; }

    /// <summary>A file's path below the root, with forward slashes, as results show it.</summary>
    public static string RelativePath(string fileName) => $"{AudioFolder}/{fileName}";

    /// <summary>Starts the audio of a render.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public PartialAudio Create(string renderId)
    {
        Directory.CreateDirectory(_partial);
        var partial = new PartialAudio(Path.Combine(_partial, Checked(renderId) + ".mp3"), () => _partials.TryRemove(renderId, out _));
        _partials[renderId] = partial;
        return partial;
    }

    /// <summary>The audio that a render is making right now.</summary>
    public bool TryGetPartial(string renderId, [NotNullWhen(true)] out PartialAudio? partial) => _partials.TryGetValue(renderId, out partial);

    /// <summary>
    /// Makes a finished file of a partial one: writes <paramref name="head"/> and the audio, flushes to disk, then gives
    /// it its name. Either the whole file is there afterwards, or nothing.
    /// </summary>
    /// <returns>The file's length in bytes.</returns>
    /// <exception cref="IOException">The disk is full or gone, or there is a file of that name.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only.</exception>
    public async Task<long> PublishAsync(PartialAudio partial, string fileName, IReadOnlyList<ReadOnlyMemory<byte>> head, CancellationToken ct)
    {
        Directory.CreateDirectory(_audio);
        var final = PathOf(fileName);
        // Beside its final place: giving a name is one step only within one file system.
        var unfinished = final + UnfinishedExtension;
        try
        {
            long length;
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                foreach (var part in head)
                {
                    await file.WriteAsync(part, ct);
                }

                await using var audio = partial.OpenRead();
                await audio.CopyToAsync(file, CopyBuffer, ct);
                length = file.Length;
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, final, overwrite: false);
            return length;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
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

    /// <summary>What went wrong with the library's folder, for people: no paths. The last words say what to do then.</summary>
    public static string Explain(Exception exception, string then = "render again") => exception switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } => $"The library's disk is full. Free some space, then {then}.",
        IOException { HResult: ReadOnlyFileSystem } or UnauthorizedAccessException => $"The library's folder cannot be written to. Check its permissions, then {then}.",
        _ => $"The library's folder could not be used. Check the disk, then {then}.",
    };

    /// <summary>Removes what earlier processes left unfinished. Call before the first render.</summary>
    public void RemovePartials()
    {
        Remove(_partial, "*");
        Remove(_audio, "*" + UnfinishedExtension);

        static void Remove(string folder, string names)
        {
            if (Directory.Exists(folder))
            {
                foreach (var file in Directory.EnumerateFiles(folder, names))
                {
                    File.Delete(file);
                }
            }
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
