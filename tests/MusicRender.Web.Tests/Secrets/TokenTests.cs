using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MusicRender.Web.Access;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Secrets;

/// <summary>The access token, good or nearly so, is in no log, trace, metric, exception, answer or file, however it comes in.</summary>
public sealed class TokenTests
{
    private const string NearlyRight = "the-token_of.these~tests-5e1e";

    [Fact]
    public async Task Token_HoweverItComesIn_IsNowhere()
    {
        var session = AccessToken.SessionOf(GuardedApp.Token);
        using var witness = new Witness();
        await using (var app = new WatchedApp(witness))
        {
            await app.InitializeAsync();
            foreach (var token in (string[])[GuardedApp.Token, NearlyRight])
            {
                await AskAsync(app, witness, "/tracks", GuardedApp.Bearer(token));
                await AskAsync(app, witness, "/tracks", ("Cookie", $"musicrender.access={AccessToken.SessionOf(token)}"), ("Accept", "text/html"));
                await AskAsync(app, witness, "/render/ws", GuardedApp.Bearer(token));
                await AskAsync(app, witness, "/render", GuardedApp.Bearer(token), ("Origin", "https://evil.example"));
                using var signIn = await app.SignInAsync($"http://localhost:8000/sign-in#{token}", "/library");
                Assert.Equal(token == NearlyRight ? HttpStatusCode.Unauthorized : HttpStatusCode.SeeOther, signIn.StatusCode);
                witness.Hear("answer to signing in", $"{signIn.StatusCode} {signIn.Headers.Location} {await signIn.Content.ReadAsStringAsync(MusicRenderApp.Patience)}");
                try
                {
                    await using var socket = await SocketClient.ConnectAsync(app, options => options.AddSubProtocol($"musicrender.token.{token}"));
                    await socket.SendAsync(Plans.Message("A song behind the door"));
                    await socket.ReceiveToEndAsync();
                    Assert.Equal("result", socket.Terminal().Type());
                }
                catch (SocketClient.RefusedException refused)
                {
                    Assert.Equal((NearlyRight, HttpStatusCode.Unauthorized), (token, refused.Status));
                }
            }

            witness.HearFiles(app.LibraryRoot);
        }

        Assert.Contains("file musicrender.db", witness.Places);
        Assert.Contains(witness.Places, place => place.StartsWith("log Microsoft.AspNetCore.Hosting", StringComparison.Ordinal));
        Assert.Contains(witness.Places, place => place.StartsWith("trace Microsoft.AspNetCore", StringComparison.Ordinal));
        foreach (var secret in (string[])[GuardedApp.Token, NearlyRight, session, AccessToken.SessionOf(NearlyRight)])
        {
            Assert.Empty(witness.Find(secret));
            Assert.Empty(witness.Find(secret[3..]));
        }
    }

    private static async Task AskAsync(WatchedApp app, Witness witness, string path, params (string Name, string Value)[] headers)
    {
        using var response = await app.SendAsync(path == "/render" ? HttpMethod.Post : HttpMethod.Get, path, headers);
        witness.Hear($"answer {path}", $"{response} {await response.Content.ReadAsStringAsync(MusicRenderApp.Patience)}");
    }

    private sealed class WatchedApp(Witness witness) : GuardedApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(witness).AddFilter<Witness>(null, LogLevel.Trace));
        }
    }
}
