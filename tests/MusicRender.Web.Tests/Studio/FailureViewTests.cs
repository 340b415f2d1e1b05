using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class FailureViewTests
{
    private static FailureView Read(string details, PartialTake? take = null, bool isLocal = false, string message = "It failed.") =>
        FailureView.Of(FakeRenderJobs.Failure(message, details), take, Samples.Plan, isLocal);

    [Theory]
    [InlineData("""{"reason":"invalid_key","action":"settings"}""", "OpenSettings RenderWithSketch RenderAgain EditPlan")]
    [InlineData("""{"reason":"insufficient_credits","action":"render_with_sketch"}""", "RenderWithSketch OpenSettings RenderAgain EditPlan")]
    [InlineData("""{"reason":"subscription_required","action":"render_with_sketch"}""", "RenderWithSketch OpenSettings RenderAgain EditPlan")]
    [InlineData("""{"reason":"refused","action":"render_with_sketch"}""", "RenderWithSketch RenderAgain EditPlan")]
    [InlineData("""{"reason":"bad_composition_plan","action":"edit_plan"}""", "EditPlan RenderWithSketch")]
    [InlineData("""{"reason":"busy","action":"retry"}""", "RenderAgain RenderWithSketch EditPlan")]
    [InlineData("""{"reason":"never heard of","action":"dance"}""", "RenderAgain RenderWithSketch EditPlan")]
    [InlineData("""{}""", "RenderAgain RenderWithSketch EditPlan")]
    public void Steps_AreWhatTheDetailsAskFor_TheLikeliestFirst(string details, string steps) =>
        Assert.Equal(steps, string.Join(' ', Read(details).Steps));

    [Fact]
    public void Steps_OfAGeneratorOnThisMachine_AreAnotherTry() =>
        Assert.Equal([FailureStep.RenderAgain, FailureStep.EditPlan], Read("""{"reason":"encoder"}""", isLocal: true).Steps);

    [Fact]
    public void Steps_WithAPartialTake_DoNotGiveItUpForASketch() =>
        Assert.Equal([FailureStep.RenderAgain, FailureStep.EditPlan], Read("""{"reason":"interrupted","action":"render_again"}""", new PartialTake(41_000, 650_000)).Steps);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"reason":7,"action":[],"errors":"none","suggestion":"a plan","partial_take":7,"may_be_billed":"yes","upstream":[]}""")]
    [InlineData("""{"errors":[7,{"path":3},{"message":""}],"suggestion":{"composition_plan":{"sections":7}},"partial_take":{"duration_ms":"long"},"upstream":{"request_id":7}}""")]
    public void Details_OfAnotherShape_AreLeftOut(string details)
    {
        var view = Read(details);

        Assert.Equal("It failed.", view.Message);
        Assert.Empty(view.Problems);
        Assert.Equal((null, null, null, null, false), (view.SuggestedPlan, view.SuggestedPrompt, view.RequestId, view.UpstreamWords, view.MayBeBilled));
        Assert.Equal([FailureStep.RenderAgain, FailureStep.RenderWithSketch, FailureStep.EditPlan], view.Steps);
        Assert.Null(new RenderView().After(FakeRenderJobs.Error(1, FakeRenderJobs.Failure("It failed.", details))).Take);
    }

    [Fact]
    public void NoDetails_AreNoTrouble() =>
        Assert.Equal("Gone.", FailureView.Of(new RenderFailure(FailureCode.ServerError, "Gone."), null, null, false).Message);

    [Fact]
    public void Suggestion_OfAPlan_IsReadInBothShapes()
    {
        var sections = Read("""{"suggestion":{"composition_plan":{"sections":[{"section_name":"Verse","duration_ms":20000,"lines":["A line"]}]}}}""").SuggestedPlan;
        var chunks = Read("""{"suggestion":{"composition_plan":{"chunks":[{"text":"[Verse]\nA line","duration_ms":20000}]}}}""").SuggestedPlan;

        Assert.All([sections, chunks], plan => Assert.Equal(("Verse", 20_000, "A line"), (plan!.Sections[0].SectionName, plan.Sections[0].DurationMs, plan.Sections[0].Lines[0])));
    }

    [Fact]
    public void Suggestion_OfAPrompt_IsRead()
    {
        var view = Read("""{"suggestion":{"prompt":"Warm house"}}""");

        Assert.Equal((null, "Warm house"), (view.SuggestedPlan, view.SuggestedPrompt));
    }

    [Fact]
    public void Problems_AreNamedBySection_WhicheverShapeWasSent()
    {
        var view = Read("""
            {"errors":[{"path":"sections[1].lines[0]","message":"must not be empty"},
                       {"path":"composition_plan.chunks[2].text","message":"are too long"},
                       {"path":"composition_plan.chunks[0].duration_ms","message":"must be 3000 to 120000 ms, but is 1000 ms"},
                       {"path":"model_id","message":"is not known"}]}
            """);

        Assert.Equal(
            [
                new FailureProblem("Verse: entry 1 of the lyric lines must not be empty.", 1),
                new FailureProblem("Chorus: the lyric lines are too long.", 2),
                new FailureProblem("Intro: the length must be 3 to 120 s, but is 1 s.", 0),
                new FailureProblem("model_id: is not known.", null),
            ],
            view.Problems);
        Assert.Equal([FailureStep.EditPlan, FailureStep.RenderWithSketch], view.Steps);
    }

    [Fact]
    public void UpstreamsWords_AreToldOnce()
    {
        const string Details = """{"reason":"refused","upstream":{"message":"Teapot.","request_id":"req_1"},"may_be_billed":true}""";

        var untold = Read(Details);
        var told = Read(Details, message: "It failed. ElevenLabs says: \"Teapot.\" (request req_1).");

        Assert.Equal(("Teapot.", "req_1", true), (untold.UpstreamWords, untold.RequestId, untold.MayBeBilled));
        Assert.Equal((null, null), (told.UpstreamWords, told.RequestId));
    }

    [Theory]
    [InlineData("""{"reason":"interrupted","action":"render_again"}""", true)]
    [InlineData("""{"reason":"cancelled","may_be_billed":true}""", true)]
    [InlineData("""{"reason":"cancelled","may_be_billed":false}""", false)]
    [InlineData("""{"reason":"busy","action":"retry"}""", false)]
    public void Billing_IsToldWhenItMayBe(string details, bool mayBeBilled) => Assert.Equal(mayBeBilled, Read(details).MayBeBilled);

    [Fact]
    public void Take_IsKnownFromTheFailureBeforeTheStatusIs()
    {
        var failure = FakeRenderJobs.Failure("The connection broke.", """{"reason":"interrupted","partial_take":{"duration_ms":41000,"file_size_bytes":650000}}""");
        var view = new RenderView().After(FakeRenderJobs.Error(1, failure));

        Assert.Equal(new PartialTake(41_000, 650_000), view.Take);
        Assert.Null(view.After(FakeRenderJobs.Ended(failure)).Take);
    }

    [Fact]
    public void Details_MadeByTheEngine_AreRead()
    {
        var view = FailureView.Of(RenderFailure.Invalid([new PlanProblem("sections[0].section_name", "must have 1 to 60 characters")]), null, Samples.Plan, false);

        Assert.Equal("Intro: the name must have 1 to 60 characters.", Assert.Single(view.Problems).Text);
        Assert.Equal("The plan was not accepted.", view.Message);
    }
}
