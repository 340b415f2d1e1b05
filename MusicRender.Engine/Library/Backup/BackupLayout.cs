namespace MusicRender.Engine.Library.Backup;

/// <summary>What of a library is in a backup, and under which names. Everything else can be made again, or belongs to one process.</summary>
internal static class BackupLayout
{
    /// <summary>Where takes are that were paid for.</summary>
    public const string Partial = "partial";

    private const string Paid = "stems/.paid";
    private const string AccessToken = "access-token";

    /// <summary>Folders of finished files, wherever those are.</summary>
    public static readonly IReadOnlyList<string> Finished = [AudioStore.AudioFolder, "stems"];

    /// <summary>True for a finished file that goes along: none that is being made.</summary>
    public static bool IsFinished(string key) => !key.Split('/').Any(part => part.StartsWith('.')) && !key.EndsWith(AudioStore.UnfinishedExtension, StringComparison.Ordinal);

    /// <summary>The files of the library's own folder that go along: takes and stems that were paid for, keys, the access token's hash.</summary>
    /// <param name="root">The library's root.</param>
    /// <param name="hasTakes">False when takes are kept elsewhere.</param>
    public static IEnumerable<string> OwnFiles(string root, bool hasTakes)
    {
        foreach (var folder in new[] { Partial, Paid, KeyRing.Folder }.Where(folder => hasTakes || folder != Partial))
        {
            var path = Path.Combine(root, folder);
            foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path) : [])
            {
                var name = Path.GetFileName(file);
                if (!name.EndsWith(AudioStore.UnfinishedExtension, StringComparison.Ordinal) && !name.Contains("-free", StringComparison.Ordinal))
                {
                    yield return $"{folder}/{name}";
                }
            }
        }

        if (File.Exists(Path.Combine(root, AccessToken)))
        {
            yield return AccessToken;
        }
    }

    /// <summary>True for names of finished files in a backup, which may come from anybody.</summary>
    public static bool IsKey(string name) => IsPlain(name) && IsFinished(name) && Finished.Any(folder => name.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>True for names of files of the library's own folder in a backup.</summary>
    public static bool IsOwn(string name) =>
        IsPlain(name) && (name == AccessToken || new[] { Partial, Paid, KeyRing.Folder }.Any(folder => name.StartsWith(folder + "/", StringComparison.Ordinal) && !name[(folder.Length + 1)..].Contains('/', StringComparison.Ordinal)));

    /// <summary>True for what only its owner may read.</summary>
    public static bool IsSecret(string name) => name == AccessToken || name.StartsWith(KeyRing.Folder + "/", StringComparison.Ordinal);

    private static bool IsPlain(string name) =>
        name.Length > 0 && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal) && name.Split('/').All(part => part is not ("" or "." or ".."));
}
