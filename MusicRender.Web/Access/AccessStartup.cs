using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace MusicRender.Web.Access;

/// <summary>Decides, once the server knows where it listens, whether a token is needed; makes one where there is none yet, and shows it once.</summary>
internal sealed class AccessStartup(Door door, KeptToken keptToken, IOptions<AccessOptions> options, IServer server) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (options.Value is { HasToken: true, Token: { } token })
        {
            door.Guard(AccessToken.KeptOf(AccessToken.SessionOf(token)));
            Console.WriteLine("Everybody needs the access token in MusicRender:Access:Token.");
        }
        else if (options.Value.Proxies.Count == 0 && addresses.All(IsLoopback))
        {
            door.Open();
        }
        else if (await keptToken.FindAsync(cancellationToken) is { } kept)
        {
            Guard(kept);
        }
        else
        {
            var made = await keptToken.MakeAsync(cancellationToken);
            if (made.Token is null)
            {
                Guard(made.Kept);
                return;
            }

            door.Guard(made.Kept);
            Console.WriteLine($"""
                Others can reach this server, so everybody needs an access token. This link signs a browser in; it is shown this once:

                    {LinkOf(addresses, made.Token)}

                From another machine, put this machine's name in place of localhost. Programs send what stands behind the #.

                """);
        }
    }

    private void Guard(byte[] kept)
    {
        door.Guard(kept);
        Console.WriteLine($"Everybody needs the access token, which was shown when it was made. To have a new one, remove {keptToken.Place} and start again.");
    }

    /// <summary>Only what cannot be reached from elsewhere. Any other name than localhost is bound on every address; behind a Unix socket there is a proxy.</summary>
    internal static bool IsLoopback(string address)
    {
        var url = BindingAddress.Parse(address);
        return !url.IsUnixPipe && !url.IsNamedPipe
            && (url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(url.Host, out var ip) && IPAddress.IsLoopback(ip)));
    }

    /// <summary>The token stands behind the #, which browsers keep to themselves.</summary>
    internal static string LinkOf(IEnumerable<string> addresses, string token)
    {
        var url = addresses.Select(BindingAddress.Parse).FirstOrDefault(url => !url.IsUnixPipe && !url.IsNamedPipe);
        var host = url is null || !IPAddress.TryParse(url.Host, out var ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any) ? "localhost" : url.Host;
        return url is null ? $"http://{host}{SignIn.Path}#{token}" : $"{url.Scheme}://{host}:{url.Port}{SignIn.Path}#{token}";
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
