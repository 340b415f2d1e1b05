using System.Net;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedElevenLabsApp))]
public sealed class AccountTests(ElevenLabsApp app)
{
    private const string Subscription = "/v1/user/subscription";

    [Fact]
    public async Task Balance_IsAskedForAfterEachRenderOfElevenLabs_HoweverItEnded()
    {
        var used = 0;
        app.ElevenLabs.On(Subscription, context =>
        {
            context.Response.ContentType = "application/json";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, $$"""{"character_count":{{Interlocked.Increment(ref used)}},"character_limit":100}""");
        });
        app.ElevenLabs.On("/v1/music/detailed/stream", """{"detail":{"status":"insufficient_credits"}}""", 402);

        using var refused = await app.PostAsync("/render", Plans.Wrapped("Refused", "elevenlabs"));

        await refused.ProblemAsync(HttpStatusCode.BadGateway, app);
        await UntilAsync(() => app.Account.Balance is { UsedCredits: > 0 });
        var known = app.Account.Balance!.UsedCredits;
        using var free = await app.PostAsync("/render", Plans.Wrapped("Free of charge", "scripted"));
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        Assert.Equal(known, Volatile.Read(ref used));
    }

    [Fact]
    public async Task Prompt_ForAGeneratorThatTakesNone_NeedsNobodyElsesPlan()
    {
        var before = app.ElevenLabs.Calls.Count;

        using var response = await app.PostAsync("/render", """{"prompt":"a song about rain, 5 seconds","title":"Rain","generator":"scripted"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Rain", (await response.JsonAsync()).GetProperty("composition_plan").Text("title"));
        Assert.Equal(before, app.ElevenLabs.Calls.Count);
    }

    [Fact]
    public void ConfiguredKey_IsInUse() => Assert.Equal(KeySource.Configuration, app.Account.Source);

    private static async Task UntilAsync(Func<bool> condition)
    {
        var patience = MusicRenderApp.Patience;
        while (!condition())
        {
            await Task.Delay(10, patience);
        }
    }
}
