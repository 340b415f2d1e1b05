using System.Diagnostics;

namespace MusicRender.Tests;

/// <summary>A server that speaks S3, as a process of its own with its files in a temporary folder. It ends with the program that started it.</summary>
public sealed class S3Server : IDisposable
{
    /// <summary>The bucket that is there.</summary>
    public const string Bucket = "songs";

    /// <summary>The only key's id.</summary>
    public const string AccessKey = "S3RVER";

    /// <summary>Its secret.</summary>
    public const string SecretKey = "S3RVER";

    private readonly string _folder = Directory.CreateTempSubdirectory("musicrender-s3-").FullName;
    private readonly Process _process;

    /// <summary>Starts it; it answers when this returns.</summary>
    public S3Server()
    {
        var script = Path.Combine(Repository(), "eng", "s3", "server.cjs");
        _process = Process.Start(new ProcessStartInfo("node", [script, _folder, Bucket]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        Address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The S3 server did not start: eng/setup test installs it.");
    }

    /// <summary>Where it answers.</summary>
    public string Address { get; }

    /// <summary>What a library on it is configured with.</summary>
    /// <param name="prefix">The part of the bucket that is the library's own.</param>
    public IReadOnlyDictionary<string, string> Settings(string prefix) => new Dictionary<string, string>
    {
        ["MusicRender:Library:S3:Bucket"] = Bucket,
        ["MusicRender:Library:S3:ServiceUrl"] = Address,
        ["MusicRender:Library:S3:AccessKey"] = AccessKey,
        ["MusicRender:Library:S3:SecretKey"] = SecretKey,
        ["MusicRender:Library:S3:Prefix"] = prefix,
        ["MusicRender:Library:S3:ForcePathStyle"] = "true",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MusicRender.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("This is not run from within the repository.");
    }
}
