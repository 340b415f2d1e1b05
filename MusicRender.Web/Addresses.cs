using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MusicRender.Web;

/// <summary>Where the server listens.</summary>
internal static class Addresses
{
    private const string Default = "http://127.0.0.1:8000";

    /// <summary>Port 8000 on loopback, unless ASP.NET's own settings say otherwise.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        string[] settings = ["urls", "http_ports", "https_ports"];
        if (settings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Default);
        }
    }

    /// <summary>Prints the address once the server answers there.</summary>
    public static void AnnounceAddress(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.WriteLine($"MusicRender is at {string.Join(" and ", addresses)}");
    });
}
