using Bunit;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Library;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class RendersUnderWayTests : StudioContext
{
    [Fact]
    public async Task Look_ThatFails_IsTriedAgain()
    {
        var looks = 0;
        var again = new TaskCompletionSource();
        Jobs.OnUnderWay = () =>
        {
            if (++looks == 1)
            {
                throw new IOException("database is locked");
            }

            again.TrySetResult();
            return Task.FromResult<IReadOnlyList<RenderStatus>>([]);
        };
        var list = Render<RendersUnderWay>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!again.Task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            Time.Advance(UnderWayFeed.Interval);
            await Task.Yield();
        }

        list.Instance.Dispose();
    }

    [Fact]
    public void Pages_ThatLookAtOnce_AreToldOfOneLook_AndNobodyLooksForNoPage()
    {
        var looks = 0;
        Jobs.OnUnderWay = () =>
        {
            Interlocked.Increment(ref looks);
            return Task.FromResult<IReadOnlyList<RenderStatus>>([Status('1', RenderState.Running, "Night Train", null, FakeRenderJobs.Progress(3, RenderStage.Generating, 41))]);
        };
        var pages = Enumerable.Range(0, 5).Select(_ => Render<RendersUnderWay>()).ToList();
        pages.ForEach(page => page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("li"))));
        Assert.Equal(1, looks);

        pages.ForEach(page => page.Instance.Dispose());
        for (var second = 0; second < 3; second++)
        {
            Time.Advance(UnderWayFeed.Interval);
        }

        Assert.Equal(1, looks);
        var late = Render<RendersUnderWay>();
        late.WaitForAssertion(() => Assert.NotEmpty(late.FindAll("li")));
    }

    [Fact]
    public async Task Renders_SeveralAtOnce_AreListedWithTheirPlacesAndCancelledOneByOne()
    {
        RenderStatus[] renders =
        [
            Status('1', RenderState.Running, "Night Train", "abcdefghijkl", FakeRenderJobs.Progress(3, RenderStage.Generating, 41)),
            Status('2', RenderState.Queued, "Morning Train", "abcdefghijkl", FakeRenderJobs.Progress(2, RenderStage.Queued, 10, place: 2)),
            Status('3', RenderState.Running, null, null, FakeRenderJobs.Progress(3, RenderStage.Generating, 60)),
        ];
        Jobs.OnUnderWay = () => Task.FromResult<IReadOnlyList<RenderStatus>>(renders);

        var list = Render<RendersUnderWay>();

        list.WaitForAssertion(() => Assert.Equal(["41 %", "waiting, place 2", "60 %"], list.FindAll(".under-way-percent").Select(item => item.TextContent)));
        Assert.Equal(["--done:41%", "--done:10%", "--done:60%"], list.FindAll(".under-way-bar").Select(bar => bar.GetAttribute("style")));
        Assert.Equal(
            [$"/compose/abcdefghijkl/listen?render={renders[0].Id}", $"/compose/abcdefghijkl/listen?render={renders[1].Id}"],
            list.FindAll("a").Select(link => link.GetAttribute("href")));
        await list.Find("button[aria-label='Cancel Morning Train']").ClickAsync(new());
        Assert.Equal([renders[1].Id], Jobs.Cancelled);
        Assert.True(list.Find("button[aria-label='Cancel Morning Train']").HasAttribute("disabled"));
        Assert.False(list.Find("button[aria-label='Cancel Untitled']").HasAttribute("disabled"));

        list.Render(it => it.Add(one => one.Except, renders[0].Id));
        Assert.Equal("Also under way", list.Find("h2").TextContent);
        Assert.Equal(["Morning Train", "Untitled"], list.FindAll(".under-way-title").Select(item => item.TextContent));
    }

    private static RenderStatus Status(char id, RenderState state, string? title, string? draft, ProgressEvent progress) => new()
    {
        Id = new RenderId(new string(id, 32)),
        State = state,
        Sequence = progress.Sequence,
        Title = title,
        Generator = "sketch",
        DraftId = draft,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Progress = progress,
    };
}
