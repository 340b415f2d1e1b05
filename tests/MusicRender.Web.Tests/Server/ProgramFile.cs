namespace MusicRender.Web.Tests.Server;

/// <summary>The program that tests start as a process of its own.</summary>
internal static class ProgramFile
{
    /// <summary>
    /// The published one, compiled ahead, which starts in a third of the CPU; where there is none, or it is older than what was built
    /// beside these tests, that.
    /// </summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        const string name = "MusicRender.Web.dll";
        var built = System.IO.Path.Combine(AppContext.BaseDirectory, name);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var published = System.IO.Path.Combine(folder.FullName, "artifacts", "publish", "app", name);
            if (File.Exists(published))
            {
                return IsNewer(published, built) ? published : built;
            }
        }

        return built;
    }

    // The engine may have changed where the web project did not.
    private static bool IsNewer(string published, string built) =>
        new[] { "MusicRender.Web.dll", "MusicRender.Engine.dll" }.All(name => File.GetLastWriteTimeUtc(Beside(published, name)) >= File.GetLastWriteTimeUtc(Beside(built, name)));

    private static string Beside(string file, string name) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, name);
}
