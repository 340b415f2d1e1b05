using System.Xml.Linq;
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

    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("MusicRender");
        services.AddOptions<KeyManagementOptions>().Configure<AudioStore, ILoggerFactory>((keys, store, loggers) =>
            keys.XmlRepository = new OwnersRepository(new DirectoryInfo(Path.Combine(store.Root, Folder)), loggers));
    }

    /// <summary>Makes the folder for its owner alone: what is in it opens every secret of the library. Not before it is used, for the library may not be there yet.</summary>
    private sealed class OwnersRepository(DirectoryInfo folder, ILoggerFactory loggers) : FileSystemXmlRepository(folder, loggers)
    {
        private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

        public override IReadOnlyCollection<XElement> GetAllElements()
        {
            Make();
            return base.GetAllElements();
        }

        public override void StoreElement(XElement element, string friendlyName)
        {
            Make();
            base.StoreElement(element, friendlyName);
        }

        private void Make()
        {
            if (!OperatingSystem.IsWindows())
            {
                System.IO.Directory.CreateDirectory(Directory.FullName, OwnerOnly);
            }
        }
    }
}
