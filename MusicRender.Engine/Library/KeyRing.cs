using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MusicRender.Engine.Library;

/// <summary>The key ring of ASP.NET Data Protection, in the library's folder <c>keys</c>: it goes where the library goes.</summary>
internal static class KeyRing
{
    /// <summary>The folder below the library's root.</summary>
    public const string Folder = "keys";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("MusicRender");
        services.AddOptions<KeyManagementOptions>().Configure<AudioStore, ILoggerFactory>((keys, store, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(Open(Path.Combine(store.Root, Folder)), loggers));
    }

    /// <summary>The folder, made for its owner alone when it is not there yet: what is in it opens every secret of the library.</summary>
    private static DirectoryInfo Open(string folder) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly);
}
