using Bunit;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class RenderPanelTests : StudioContext
{
    private IRenderedComponent<RenderPanel> Panel(RenderView view, GeneratorInfo? generator = null) => Render<RenderPanel>(panel => panel
        .Add(it => it.View, view).Add(it => it.RenderId, FakeRenderJobs.Id).Add(it => it.Title, "Night Train")
        .Add(it => it.Generator, generator ?? Jobs.Generators[0])
        .Add(it => it.OnCancel, () => Jobs.CancelAsync(FakeRenderJobs.Id, default)));

    private static AngleSharp.Dom.IElement Cancel(IRenderedComponent<RenderPanel> panel) =>
        panel.FindAll("button").Single(button => button.TextContent.Trim() == "Cancel render");

    private static RenderView At(RenderStage stage, int percent, int? place = null, bool isPlayable = false) =>
        new RenderView().After(FakeRenderJobs.Progress(1, stage, percent, "Section 3 of 7, 41 s of 96 s generated", place, isPlayable));

    [Fact]
    public void Progress_IsABarWithItsNameAndValue()
    {
        var bar = Panel(At(RenderStage.Generating, 42)).Find("[role=progressbar]");

        Assert.Equal(("Render progress", "42"), (bar.GetAttribute("aria-label"), bar.GetAttribute("aria-valuenow")));
    }

    [Fact]
    public void Stages_AreDoneUnderWayAndToCome()
    {
        var panel = Panel(At(RenderStage.Generating, 42));

        var stages = panel.FindAll("ol[aria-label='Render stages'] > li");

        Assert.Equal(["done", "done", "now", "to-come", "to-come", "to-come", "to-come"], stages.Select(stage => stage.ClassName));
        Assert.Equal("step", stages[2].GetAttribute("aria-current"));
    }

    [Fact]
    public void Status_SaysWhatIsGoingOn() =>
        Assert.Equal("Section 3 of 7, 41 s of 96 s generated", Panel(At(RenderStage.Generating, 42)).Find("[role=status]").TextContent);

    [Fact]
    public void Status_WithinOneStage_DoesNotChatter()
    {
        var panel = Panel(At(RenderStage.Generating, 42));
        var view = At(RenderStage.Generating, 42);

        panel.Render(it => it.Add(one => one.View, view.After(FakeRenderJobs.Progress(2, RenderStage.Generating, 43, "Section 4"))));
        Assert.Contains("Section 3", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromSeconds(14));
        panel.Render(it => it.Add(one => one.View, view.After(FakeRenderJobs.Progress(2, RenderStage.Generating, 44, "Section 5"))));
        Assert.Contains("Section 3", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromSeconds(1));
        panel.Render(it => it.Add(one => one.View, view.After(FakeRenderJobs.Progress(2, RenderStage.Generating, 45, "Section 6"))));
        Assert.Contains("Section 6", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        panel.Render(it => it.Add(one => one.View, view.After(FakeRenderJobs.Progress(3, RenderStage.Saving, 85, "Saving"))));

        Assert.Equal("Saving", panel.Find("[role=status]").TextContent);
    }

    [Fact]
    public void Queue_ShowsThePlace() =>
        Assert.Contains("Place 3 in the queue", Panel(At(RenderStage.Queued, 10, place: 3)).Markup, StringComparison.Ordinal);

    [Fact]
    public void TimeLeft_IsToldAsSoonAsItIsKnown()
    {
        var view = At(RenderStage.Generating, 15);
        Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddDays(20_000));
        Assert.Empty(Panel(view).FindAll(".render-left"));

        foreach (var (at, percent) in new[] { 20, 30, 40 }.Index())
        {
            view = view.After(FakeRenderJobs.Progress(2 + at, RenderStage.Generating, percent) with { Timestamp = Time.GetUtcNow().AddSeconds(5 * (at - 2)) });
        }

        // Two percents a second, thirty are left, and a moment for the rest.
        Assert.Equal("about 20 s left", Panel(view).Find(".render-left").TextContent);
        Assert.Equal("nearly done", Panel(view.After(FakeRenderJobs.Progress(9, RenderStage.Saving, 85))).Find(".render-left").TextContent);
    }

    [Fact]
    public void TimeLeft_OfOneThatWaits_IsToldAsMeasuredRendersSay()
    {
        Time.SetUtcNow(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var view = new RenderView().After(FakeRenderJobs.Progress(1, RenderStage.Queued, 10, place: 2) with { Timestamp = Time.GetUtcNow(), EtaSeconds = 120 });
        Assert.Equal("about 2 min left", Panel(view).Find(".render-left").TextContent);

        // It runs down; once it has begun, its own pace says more as soon as there is one.
        Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("about 1 min left", Panel(view).Find(".render-left").TextContent);
        view = view.After(FakeRenderJobs.Progress(2, RenderStage.Generating, 15) with { Timestamp = Time.GetUtcNow(), EtaSeconds = 40 });
        Assert.Equal("about 40 s left", Panel(view).Find(".render-left").TextContent);
        Time.Advance(TimeSpan.FromSeconds(41));
        Assert.Empty(Panel(view).FindAll(".render-left"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ListenNow_IsThereAsSoonAsThereIsSound(bool isPlayable)
    {
        var buttons = Panel(At(RenderStage.Generating, 42, isPlayable: isPlayable)).FindAll(".live-button");

        Assert.Equal(isPlayable ? [$"/render/live/{FakeRenderJobs.Id}"] : [], buttons.Select(button => button.GetAttribute("data-src")));
    }

    [Fact]
    public async Task Cancel_AsksTheEngineOnce()
    {
        var panel = Panel(At(RenderStage.Generating, 42));

        await Cancel(panel).ClickAsync(new());

        Assert.Equal([FakeRenderJobs.Id], Jobs.Cancelled);
        Assert.True(Cancel(panel).HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("Cancel the render", 1)]
    [InlineData("Go on", 0)]
    public async Task Cancel_OfAHostedGenerator_AsksOnceAndSaysWhatMayBeBilled(string answer, int cancelled)
    {
        var dialogs = Render<MudDialogProvider>();
        var panel = Panel(At(RenderStage.Generating, 42), FakeRenderJobs.ElevenLabs);
        Assert.Contains("ElevenLabs may bill what it has begun, even when it is cancelled.", panel.Markup, StringComparison.Ordinal);

        var cancelling = Cancel(panel).ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("ElevenLabs may bill what it has begun. What has arrived is kept for you to hear. Cancel all the same?", dialogs.Markup, StringComparison.Ordinal));
        Assert.Empty(Jobs.Cancelled);
        await dialogs.FindAll("button").Single(button => button.TextContent.Trim() == answer).ClickAsync(new());
        await cancelling;

        Assert.Equal(cancelled, Jobs.Cancelled.Count);
        Assert.Equal(cancelled == 1, Cancel(panel).HasAttribute("disabled"));
    }

    [Theory]
    [InlineData(RenderStage.Validated)]
    [InlineData(RenderStage.Queued)]
    public async Task Cancel_BeforeAHostedGeneratorHasBegun_NeedsNoQuestion(RenderStage stage)
    {
        var panel = Panel(At(stage, 10), FakeRenderJobs.ElevenLabs);

        await Cancel(panel).ClickAsync(new());

        Assert.Single(Jobs.Cancelled);
    }

    [Fact]
    public void Failure_ShowsWhatHappenedAndWhere()
    {
        var view = At(RenderStage.Saving, 85).After(FakeRenderJobs.Error(2, "The disk is full. Free some space and render again.", "disk_full"));

        var panel = Panel(view);

        Assert.Contains("The render failed", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("The disk is full. Free some space and render again.", panel.Find("[role=status]").TextContent);
        Assert.Single(panel.FindAll("li.stopped"));
        Assert.Empty(panel.FindAll("button"));
    }
}
