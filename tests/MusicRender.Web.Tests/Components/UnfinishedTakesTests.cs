using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Library;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class UnfinishedTakesTests : StudioContext
{
    private static RenderStatus Unkept(string? draft = "abcdefghijkl") =>
        FakeRenderJobs.Ended(RenderFailure.Server("The connection broke.", "interrupted"), new PartialTake(41_000, 650_000), draft: draft);

    [Fact]
    public void None_IsNoList() => Assert.Equal("", Render<UnfinishedTakes>().Markup.Trim());

    [Fact]
    public void Take_LeadsToItsRender()
    {
        Jobs.Unkept.Add(Unkept());

        var list = Render<UnfinishedTakes>();

        Assert.Equal(("/compose/abcdefghijkl/listen?render=0123456789abcdef0123456789abcdef", "Night Train"), (list.Find("a").GetAttribute("href"), list.Find("a").TextContent));
        Assert.Contains("41 s of sound", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_OfNoDraft_CanBeKeptHere()
    {
        Jobs.Unkept.Add(Unkept(draft: null));
        Jobs.OnKeep = _ => Task.FromResult(new KeptTake(Samples.Track() with { Id = "t1" }, null));
        var list = Render<UnfinishedTakes>();
        Assert.Empty(list.FindAll("a"));
        Assert.Equal("Keep Night Train", list.Find("button").TextContent);

        await list.Find("button").ClickAsync(new());

        Assert.EndsWith("/tracks/t1", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_ThatCannotBeKept_SaysWhy()
    {
        Jobs.Unkept.Add(Unkept());
        Jobs.OnKeep = _ => Task.FromResult(new KeptTake(null, RenderFailure.Server("The library's disk is full.", "library")));
        var list = Render<UnfinishedTakes>();

        await list.Find("button").ClickAsync(new());

        Assert.Equal("The library's disk is full.", list.Find("[role=alert]").TextContent);
    }

    [Fact]
    public void Many_AreAFew()
    {
        Jobs.Unkept.AddRange(Enumerable.Range(0, 9).Select(at => Unkept() with { Id = new RenderId($"{at:x32}") }));

        Assert.Equal(4, Render<UnfinishedTakes>().FindAll("li").Count);
    }
}
