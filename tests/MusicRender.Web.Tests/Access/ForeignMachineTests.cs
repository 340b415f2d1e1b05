using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>A machine that is not this one gets nothing without the token.</summary>
[Collection(typeof(SharedApp))]
public sealed partial class ForeignMachineTests(MusicRenderApp app) : IAsyncLifetime
{
    private readonly string _library = Directory.CreateTempSubdirectory("musicrender-foreign-").FullName;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) });
    private ForeignMachine _machine = null!;

    public async ValueTask InitializeAsync()
    {
        _machine = await ForeignMachine.CreateAsync();
        _http.BaseAddress = _machine.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_machine is not null)
        {
            await _machine.DisposeAsync();
        }

        Directory.Delete(_library, recursive: true);
    }

    [Fact]
    public async Task Server_BoundOnLoopback_IsOpenThereAndCannotBeReachedFromHere()
    {
        await using var server = await _machine.StartAsync(_library, $"http://127.0.0.1:{ForeignMachine.Port}");

        Assert.StartsWith("HTTP/1.1 200", await _machine.AskThereAsync("/tracks"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetAsync(new Uri("/alive", UriKind.Relative), MusicRenderApp.Patience));
        Assert.DoesNotContain("token", server.Said, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8000")]
    [InlineData("http://127.0.0.1:8000;http://{its address}:8000")]
    public async Task Server_BoundOnAnotherAddress_GivesNothingWithoutTheTokenOfItsLink(string urls)
    {
        urls = urls.Replace("{its address}", _machine.Host, StringComparison.Ordinal);
        string token;
        await using (var server = await _machine.StartAsync(_library, urls))
        {
            token = Link().Matches(server.Said).Single().Groups["token"].Value;
            var given = new List<string>();
            var refused = 0;
            foreach (var (method, path) in EveryRoute.Of(app.Services))
            {
                var status = await StatusAsync(method, path, null);
                refused += status == HttpStatusCode.Unauthorized ? 1 : 0;
                if (status != HttpStatusCode.Unauthorized && !EveryRoute.IsOpen(method, path))
                {
                    given.Add($"{method} {path}: {(int)status}");
                }
            }

            Assert.Empty(given);
            Assert.True(refused > 60, $"Only {refused} routes refused.");
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/alive", null));
            Assert.Equal(HttpStatusCode.Unauthorized, await SocketStatusAsync(null));
            Assert.StartsWith("HTTP/1.1 401", await _machine.AskThereAsync("/tracks"), StringComparison.Ordinal);

            Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/tracks", token));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/", token));
            Assert.Equal(HttpStatusCode.SwitchingProtocols, await SocketStatusAsync(token));
            Assert.All(Directory.EnumerateFiles(_library).Where(path => new FileInfo(path).Length > 0), path => Assert.DoesNotContain(token, ReadAll(path), StringComparison.Ordinal));
        }

        // The next start knows the token without saying it.
        await using (var again = await _machine.StartAsync(_library, urls))
        {
            Assert.DoesNotContain(token, again.Said, StringComparison.Ordinal);
            Assert.Contains(Path.Combine(_library, "access-token"), again.Said, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/tracks", token));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "/tracks", null));
        }
    }

    [Fact]
    public async Task Server_WhoseTokenWasRemoved_MakesAnother()
    {
        string first, second;
        await using (var server = await _machine.StartAsync(_library, "http://[::]:8000"))
        {
            first = Link().Matches(server.Said).Single().Groups["token"].Value;
        }

        File.Delete(Path.Combine(_library, "access-token"));
        await using (var server = await _machine.StartAsync(_library, "http://[::]:8000"))
        {
            second = Link().Matches(server.Said).Single().Groups["token"].Value;
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "/tracks", first));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/tracks", second));
        }

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Server_WithAConfiguredToken_WantsThatOne()
    {
        const string Configured = "a-token-of-the-operator";
        await using var server = await _machine.StartAsync(_library, "http://0.0.0.0:8000", $"--MusicRender:Access:Token={Configured}");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "/tracks", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/tracks", Configured));
        Assert.DoesNotContain(Configured, server.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_library, "access-token")));
    }

    private async Task<HttpStatusCode> StatusAsync(string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, MusicRenderApp.Patience);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> SocketStatusAsync(string? token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
        {
            socket.Options.AddSubProtocol($"musicrender.token.{token}");
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(_machine.Address) { Scheme = "ws", Path = "/render/ws" }.Uri, MusicRenderApp.Patience);
        }
        catch (WebSocketException)
        {
            // The status tells.
        }

        return socket.HttpStatusCode;
    }

    private static string ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"http://\S+:8000/sign-in#(?<token>[A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
