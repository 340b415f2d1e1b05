using System.Net.Http.Headers;

namespace MusicRender.Web.Tests.Server;

/// <summary>A server that wants a token, and believes a proxy on loopback who asks: so tests can be at any address.</summary>
public class GuardedApp : MusicRenderApp
{
    /// <summary>The token.</summary>
    public const string Token = "the-token_of.these~tests-5e1f";

    private static int _addresses;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["MusicRender:Access:Token"] = Token,
        ["MusicRender:Access:Proxies:0"] = "127.0.0.1",
    };

    /// <summary>The headers of somebody at an address that nobody else has.</summary>
    public static (string Name, string Value) FromElsewhere()
    {
        var number = Interlocked.Increment(ref _addresses);
        return ("X-Forwarded-For", $"198.51.{number / 250}.{1 + (number % 250)}");
    }

    /// <summary>The header of a program that has the token.</summary>
    public static (string Name, string Value) Bearer(string token = Token) => ("Authorization", $"Bearer {token}");

    /// <summary>Signs in as a browser does; the answer.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string token, string? returnTo = null, (string Name, string Value)? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/sign-in"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var (name, value) = from ?? FromElsewhere();
        request.Headers.Add(name, value);
        var form = new Dictionary<string, string> { ["token"] = token };
        if (returnTo is not null)
        {
            form["return"] = returnTo;
        }

        request.Content = new FormUrlEncodedContent(form);
        return await Http.SendAsync(request, Patience);
    }

    /// <summary>The cookie of a browser that has signed in.</summary>
    public async Task<(string Name, string Value)> CookieAsync()
    {
        using var response = await SignInAsync(Token);
        return ("Cookie", response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }
}
