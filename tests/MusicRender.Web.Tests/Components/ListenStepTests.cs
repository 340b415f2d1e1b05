using Bunit;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class ListenStepTests : StudioContext
{
    private IRenderedComponent<ListenStep> Page(ComposeSession session) => Render<ListenStep>(step => step.Add(it => it.Session, session));

    private static AngleSharp.Dom.IElement? Button(IRenderedComponent<ListenStep> page, string name) =>
        page.FindAll("button").SingleOrDefault(button => button.TextContent.Trim() == name);

    private ComposeSession Rendering() => Session(Samples.Draft(Samples.Plan) with { RenderId = FakeRenderJobs.Id.Value });

    [Fact]
    public async Task Render_UnderWay_IsTakenUpFromTheDraft()
    {
        await using var session = Rendering();
        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Progress(1, RenderStage.Validating, 5));
        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Progress(2, RenderStage.Generating, 31));

        var page = Page(session);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=progressbar]")));
        page.WaitForAssertion(() =>
        {
            Time.Advance(RenderWatch.UpdateInterval);
            Assert.Equal("31", page.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        });

        Assert.Equal([0], Jobs.Watches);
    }

    [Fact]
    public async Task Render_Failed_OffersTheNextSteps()
    {
        await using var session = Rendering();
        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Error(1, "The generator broke.", "upstream"));
        Jobs.Live.Writer.Complete();
        var page = Page(session);
        page.WaitForAssertion(() => Assert.NotNull(Button(page, "Edit the plan")));

        await Button(page, "Render again")!.ClickAsync(new());

        Assert.Same(Samples.Plan, Assert.Single(Jobs.Requests).Composition);
    }

    [Fact]
    public async Task Render_Succeeded_BecomesThePlayer()
    {
        await using var session = Rendering();
        var page = Page(session);
        Library.Tracks.Add(Samples.Track() with { Id = FakeRenderJobs.Id.Value });

        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Result(1));
        Jobs.Live.Writer.Complete();

        page.WaitForAssertion(() => Assert.Equal("0:00 of 0:45", page.Find("[role=slider][aria-label=Position]").GetAttribute("aria-valuetext")));
        Assert.NotNull(page.Find("button[aria-label=Play]"));
        Assert.All(["Another take", "Edit the plan", "New composition"], name => Assert.NotNull(Button(page, name)));
    }

    [Fact]
    public async Task Render_SucceededWhileTheLibraryFailsOnce_StillBecomesThePlayer()
    {
        await using var session = Rendering();
        var page = Page(session);
        var looks = 0;
        Library.OnFind = () => ++looks == 1 ? throw new IOException("database is locked") : Task.CompletedTask;
        Library.Tracks.Add(Samples.Track() with { Id = FakeRenderJobs.Id.Value });

        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Result(1));
        Jobs.Live.Writer.Complete();

        for (var tries = 0; tries < 500 && Button(page, "Another take") is null; tries++)
        {
            await Task.Delay(10, Xunit.TestContext.Current.CancellationToken);
            Time.Advance(RenderWatch.RetryAfter);
        }

        Assert.NotNull(Button(page, "Another take"));
        Assert.Equal(2, looks);
    }

    [Fact]
    public async Task AnotherTake_RendersTheTracksPlanWithANewSeed()
    {
        await using var session = Session(Samples.Draft(Samples.Plan with { Title = "Edited since" }) with { RenderId = FakeRenderJobs.Id.Value, Seed = 42 });
        Library.Tracks.Add(Samples.Track() with { Id = FakeRenderJobs.Id.Value });
        var page = Page(session);

        await Button(page, "Another take")!.ClickAsync(new());

        var request = Assert.Single(Jobs.Requests);
        Assert.Same(Samples.Plan, request.Composition);
        Assert.Null(request.Options.Seed);
    }

    [Fact]
    public async Task Render_NamedByTheAddress_IsShownInsteadOfTheNewest()
    {
        await using var session = Session(Samples.Draft(Samples.Plan) with { RenderId = FakeRenderJobs.Id.Value });
        var older = new RenderId(new string('a', 32));
        Jobs.OnFind = () => FakeRenderJobs.Ended(Engine.Plan.RenderFailure.Server("It broke.", "encoder"), generator: "sketch") with { Title = "An older one" };
        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Progress(1, RenderStage.Generating, 31));
        var started = 0;
        var page = Render<ListenStep>(step => step.Add(it => it.Session, session).Add(it => it.Render, older.Value).Add(it => it.OnStarted, () => started++));
        page.WaitForAssertion(() => Assert.Equal("An older one", page.Find("h1").TextContent));

        Jobs.Live.Writer.TryWrite(FakeRenderJobs.Error(2, "It broke.", "encoder"));
        Jobs.Live.Writer.Complete();
        page.WaitForAssertion(() => Assert.NotNull(Button(page, "Render again")));
        await Button(page, "Render again")!.ClickAsync(new());

        Assert.Equal(1, started);
    }

    [Fact]
    public async Task Track_Deleted_LeadsBackToThePlan()
    {
        await using var session = Rendering();
        Jobs.Live.Writer.Complete();

        var page = Page(session);

        page.WaitForAssertion(() => Assert.Contains("This track is gone", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(Button(page, "Edit the plan"));
    }
}
