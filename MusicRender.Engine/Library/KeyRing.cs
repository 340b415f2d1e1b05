using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library.Postgres;

namespace MusicRender.Engine.Library;

/// <summary>
/// The key ring of ASP.NET Data Protection. In the library's folder <c>keys</c>: it goes where the library goes. When several
/// processes share a catalogue, in that: whoever may read the catalogue can open what is encrypted in it.
/// </summary>
internal static class KeyRing
{
    /// <summary>The folder below the library's root.</summary>
    public const string Folder = "keys";

    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("MusicRender");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, provider) =>
            keys.XmlRepository = provider.GetService<IDbContextFactory<PostgresCatalogue>>() is { } catalogues
                ? new CatalogueRepository(catalogues)
                : new OwnersRepository(new DirectoryInfo(Path.Combine(provider.GetRequiredService<AudioStore>().Root, Folder)), provider.GetRequiredService<ILoggerFactory>()));
    }

    /// <summary>Keys are rows, never changed.</summary>
    private sealed class CatalogueRepository(IDbContextFactory<PostgresCatalogue> catalogues) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var catalogue = catalogues.CreateDbContext();
            return [.. catalogue.RingKeys.AsNoTracking().OrderBy(row => row.Name).Select(row => row.Document).AsEnumerable().Select(XElement.Parse)];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var catalogue = catalogues.CreateDbContext();
            // A revocation of all keys has the same name each time.
            catalogue.RingKeys.Add(new RingKeyRow { Name = $"{friendlyName}.{Guid.NewGuid():N}", Document = element.ToString(SaveOptions.DisableFormatting) });
            catalogue.SaveChanges();
        }
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
