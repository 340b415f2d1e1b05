using MusicRender.Web.Access;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>Where a server listens decides whether it wants a token.</summary>
public sealed class AccessStartupTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8000", true)]
    [InlineData("http://127.0.0.9:8000", true)]
    [InlineData("http://localhost:8000", true)]
    [InlineData("https://[::1]:8000", true)]
    [InlineData("http://0.0.0.0:8000", false)]
    [InlineData("http://[::]:8000", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://192.168.1.5:8000", false)]
    [InlineData("http://loopback:8000", false)]
    [InlineData("http://localhost.evil.example:8000", false)]
    [InlineData("http://127.0.0.1.evil.example:8000", false)]
    [InlineData("http://unix:/run/musicrender.sock", false)]
    public void Address_OnlyOfThisMachine_IsTold(string address, bool isLoopback) => Assert.Equal(isLoopback, AccessStartup.IsLoopback(address));

    [Theory]
    [InlineData("http://localhost:8000/sign-in#t", "http://0.0.0.0:8000")]
    [InlineData("http://localhost:8000/sign-in#t", "http://[::]:8000")]
    [InlineData("https://localhost:443/sign-in#t", "https://*:443")]
    [InlineData("http://192.168.1.5:8000/sign-in#t", "http://192.168.1.5:8000")]
    [InlineData("http://localhost:8000/sign-in#t", "http://unix:/run/m.sock", "http://0.0.0.0:8000")]
    [InlineData("http://localhost/sign-in#t", "http://unix:/run/m.sock")]
    public void Link_LeadsToTheServer(string link, params string[] addresses) => Assert.Equal(link, AccessStartup.LinkOf(addresses, "t"));
}
