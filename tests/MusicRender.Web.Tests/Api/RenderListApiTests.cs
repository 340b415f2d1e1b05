using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedApp))]
public sealed class RenderListApiTests(MusicRenderApp app)
{
    [Fact]
    public async Task Renders_AreListedByTheirState_NewestFirst()
    {
        var paused = new PausedScript();
        var failed = await app.StartAsync("Listed as failed", "scripted", Scripts.Failing("It broke.", "broken"));
        await app.UntilAsync(failed, status => status.State == "failed");
        var running = await app.StartAsync("Listed as running", "scripted", paused.Play);
        await paused.Reached;
        using (var response = await app.GetAsync("/renders?state=failed&page_size=100"))
        {
            var page = await response.JsonAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var ids = page.GetProperty("renders").EnumerateArray().Select(render => render.Text("id")).ToList();
            Assert.Contains(failed, ids);
            Assert.DoesNotContain(running, ids);
            Assert.Equal(ids.OrderDescending(StringComparer.Ordinal), ids);
            Assert.All(page.GetProperty("renders").EnumerateArray(), render => Assert.Equal("failed", render.Text("state")));
        }

        using (var response = await app.GetAsync("/renders?page_size=1"))
        {
            var page = await response.JsonAsync();
            Assert.Equal(1, page.GetProperty("renders").GetArrayLength());
            Assert.Equal((1, 1), (page.Number("page"), page.Number("page_size")));
            Assert.True(page.Number("total") >= 2);
        }

        paused.GoOn();
        await app.UntilAsync(running, status => status.State == "succeeded");
    }

    [Theory]
    [InlineData("state=waiting", "state")]
    [InlineData("page=0", "page")]
    [InlineData("page_size=101&state=", "page_size", "state")]
    public async Task Renders_AskedForWrongly_AreRefused(string query, params string[] paths)
    {
        using var response = await app.GetAsync($"/renders?{query}");
        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
        Assert.Equal(paths.Order(), problem.GetProperty("errors").Paths().Order());
    }
}
