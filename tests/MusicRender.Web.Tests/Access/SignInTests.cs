using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>People sign in with a form; the cookie keeps them in.</summary>
[Collection(typeof(SharedGuardedApp))]
public sealed class SignInTests(GuardedApp app)
{
    [Theory]
    [InlineData("/", HttpStatusCode.Unauthorized)]
    [InlineData("/library?query=rain%20%26%20wind", HttpStatusCode.Unauthorized)]
    [InlineData("/tracks/x", HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", HttpStatusCode.Unauthorized)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    public async Task Person_WhoIsNotIn_SeesAFormThatLeadsBack(string path, HttpStatusCode status)
    {
        using var response = await app.SendAsync(HttpMethod.Get, path, GuardedApp.FromElsewhere(), ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        var page = await response.Content.ReadAsStringAsync(MusicRenderApp.Patience);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Enter the access token", page, StringComparison.Ordinal);
        Assert.Contains("""<form method="post" action="/sign-in">""", page, StringComparison.Ordinal);
        Assert.Contains($"""name="return" value="{WebUtility.HtmlEncode(path == "/sign-in" ? "/" : path)}" """, page, StringComparison.Ordinal);
        Assert.DoesNotContain("blazor", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
    }

    [Fact]
    public async Task Page_IsMadeOnlyOfWhatIsOpen()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/sign-in", GuardedApp.FromElsewhere());
        var page = await response.Content.ReadAsStringAsync(MusicRenderApp.Patience);
        var parts = System.Text.RegularExpressions.Regex.Matches(page, """(?:src|href)="([^"]+)" """.Trim()).Select(match => match.Groups[1].Value).ToList();

        Assert.True(parts.Count >= 4, string.Join(' ', parts));
        Assert.All(parts, part => Assert.True(EveryRoute.IsOpen("GET", part), part));
    }

    [Theory]
    [InlineData(GuardedApp.Token)]
    [InlineData($"  {GuardedApp.Token}  ")]
    [InlineData($"http://music.example:8000/sign-in#{GuardedApp.Token}")]
    public async Task Token_OrTheWholeLink_SignsIn(string typed)
    {
        using var response = await app.SignInAsync(typed, "/library?query=x");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/library?query=x", response.Headers.Location?.OriginalString);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(GuardedApp.Token, cookie, StringComparison.Ordinal);
        using var page = await app.SendAsync(HttpMethod.Get, "/library", GuardedApp.FromElsewhere(), ("Accept", "text/html"), ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("_framework/blazor.web", await page.Content.ReadAsStringAsync(MusicRenderApp.Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_BehindAProxyThatSpeaksHttps_IsForHttpsOnly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "/sign-in")) { Content = new FormUrlEncodedContent([new("token", GuardedApp.Token)]) };
        request.Headers.Add("X-Forwarded-For", "198.51.100.200");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "music.example");
        request.Headers.Add("Origin", "https://music.example");
        using var response = await app.Http.SendAsync(request, MusicRenderApp.Patience);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains("secure", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-wrong-token-for-sure")]
    public async Task WrongToken_ShowsTheFormAgain_WithWhatWasWrong(string typed)
    {
        using var response = await app.SignInAsync(typed, "/library");

        var page = await response.Content.ReadAsStringAsync(MusicRenderApp.Patience);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Contains("role=\"alert\">That is not the access token of this server.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"/library\"", page, StringComparison.Ordinal);
        Assert.False(typed.Length > 0 && page.Contains(typed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/ok\r\nX-Evil: 1")]
    [InlineData("")]
    [InlineData("/音楽")]
    public async Task WayBack_ThatIsNotOurs_LeadsToTheStart(string returnTo)
    {
        using var response = await app.SignInAsync(GuardedApp.Token, returnTo);

        Assert.Equal("/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Address_WithMarkup_IsWrittenAsText()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/x%22%3E%3Cscript%3Ealert(1)%3C/script%3E?a=\"><script>", GuardedApp.FromElsewhere(), ("Accept", "text/html"));

        Assert.DoesNotMatch("<script(?! src)(?! type)", await response.Content.ReadAsStringAsync(MusicRenderApp.Patience));
    }

    [Fact]
    public async Task CookieOfAnotherToken_IsTakenAway()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/", GuardedApp.FromElsewhere(), ("Accept", "text/html"), ("Cookie", "musicrender.access=of-another-token"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("expires=Thu, 01 Jan 1970", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenItself_AsACookie_OpensNothing()
    {
        using var response = await app.SendAsync(HttpMethod.Get, "/tracks", GuardedApp.FromElsewhere(), ("Cookie", $"musicrender.access={GuardedApp.Token}"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task SignOut_TakesTheCookieAwayAndLeadsToTheForm()
    {
        using var response = await app.SendAsync(HttpMethod.Post, "/sign-out", GuardedApp.FromElsewhere(), await app.CookieAsync());

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/sign-in", response.Headers.Location?.OriginalString);
        Assert.StartsWith("musicrender.access=;", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Contains("expires=Thu, 01 Jan 1970", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    public async Task Form_OfAForeignPage_IsRefused(string path)
    {
        using var response = await app.SendAsync(HttpMethod.Post, path, GuardedApp.FromElsewhere(), ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Form_ThatIsTooLarge_IsRefused()
    {
        using var response = await app.SignInAsync(new string('x', 9000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", "token=x")]
    [InlineData("multipart/form-data; boundary=b", "no form at all")]
    [InlineData("application/x-www-form-urlencoded", "%%%=&&&")]
    public async Task Form_ThatIsNone_IsAWrongToken(string contentType, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "/sign-in")) { Content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var (name, value) = GuardedApp.FromElsewhere();
        request.Headers.Add(name, value);
        using var response = await app.Http.SendAsync(request, MusicRenderApp.Patience);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
