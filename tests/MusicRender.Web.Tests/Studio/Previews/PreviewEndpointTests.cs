using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio.Previews;
using MusicRender.Web.Tests.Fakes;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Studio.Previews;

/// <summary>Previews as the page's player asks for them.</summary>
[Collection(typeof(SharedApp))]
public sealed class PreviewEndpointTests(MusicRenderApp app)
{
    /// <summary>192 kbit/s.</summary>
    private const int BytesASecond = 24_000;

    private PreviewPass Open(CompositionPlan? plan) =>
        app.Services.GetRequiredService<PreviewDesk>().Open(() => Task.FromResult<PreviewSource?>(plan is null ? null : new PreviewSource(plan, 7)));

    [Fact]
    public async Task Section_IsMp3OfItsLength_AndNoTrackIsMadeOfIt()
    {
        var tracks = (await app.Api.SearchTracksAsync()).Total;
        await using var pass = Open(Samples.Plan);

        using var response = await app.GetAsync($"{pass.Address}?section=2&at=1");

        Assert.Equal(("audio/mpeg", "no-store"), (response.Content.Headers.ContentType!.MediaType, response.Headers.CacheControl!.ToString()));
        var bytes = await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience);
        Assert.InRange(bytes.Length / (double)BytesASecond, 14.9, 15.2);
        Assert.Equal(tracks, (await app.Api.SearchTracksAsync()).Total);
        Assert.Empty(Directory.GetFiles(app.LibraryRoot, "*preview*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Section_AskedForTwice_IsTheSameSound()
    {
        await using var pass = Open(Samples.Plan);
        using var first = await app.GetAsync($"{pass.Address}?section=0");
        var bytes = await first.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience);

        using var second = await app.GetAsync($"{pass.Address}?section=0");

        Assert.Equal(bytes, await second.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
    }

    [Theory]
    [InlineData("?section=3", HttpStatusCode.Conflict)]
    [InlineData("?section=-1", HttpStatusCode.Conflict)]
    [InlineData("?section=first", HttpStatusCode.NotFound)]
    public async Task Section_ThatIsNot_IsRefused(string query, HttpStatusCode status)
    {
        await using var pass = Open(Samples.Plan);

        using var response = await app.GetAsync(pass.Address + query);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Plan_ThatCannotBePlayed_IsRefused()
    {
        await using var pass = Open(null);

        using var response = await app.GetAsync(pass.Address);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Editor_ThatIsLeft_IsNotHeardAnyMore()
    {
        var pass = Open(Samples.Plan);
        await pass.DisposeAsync();

        using var response = await app.GetAsync(pass.Address);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
