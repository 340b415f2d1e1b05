using Bunit;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class RenderChoiceTests : StudioContext
{
    private static Draft Draft => Samples.Draft(Samples.Plan);

    private IRenderedComponent<RenderChoice> Choice(ComposeSession session)
    {
        var choice = Render<RenderChoice>(it => it.Add(one => one.Session, session));
        session.Changed += () => choice.InvokeAsync(() => choice.Render(it => it.Add(one => one.Session, session)));
        return choice;
    }

    private static string Cost(IRenderedComponent<RenderChoice> choice) => choice.Find("#render-cost").TextContent.Trim();

    [Fact]
    public async Task SketchAlone_CostsNothingAndOffersElevenLabs()
    {
        await using var session = Session(Draft);

        var choice = Choice(session);

        Assert.StartsWith("Sketch, the built-in composer, renders on this machine and costs nothing.", Cost(choice), StringComparison.Ordinal);
        Assert.Equal("/settings?back=%2Fcompose%2Fabcdefghijkl%2Fplan", choice.Find("a").GetAttribute("href"));
        Assert.Empty(choice.FindAll("[role=radiogroup]"));
        Assert.Equal(0, Account.Refreshes);
    }

    [Fact]
    public async Task Generators_AreChosenWithTheirPrices()
    {
        Jobs.AddElevenLabs();
        (Account.Source, Account.Balance) = (KeySource.Entered, FakeAccount.Creator);
        await using var session = Session(Draft);
        var choice = Choice(session);
        Assert.Equal(["ElevenLabs", "Sketch"], choice.FindAll("[role=radiogroup][aria-label=Generator] input").Select(radio => radio.GetAttribute("aria-label")));
        Assert.Equal(["$0.12", "free"], choice.FindAll(".segment-price").Select(price => price.TextContent));
        Assert.True(choice.Find("input[aria-label=ElevenLabs]").HasAttribute("checked"));
        Assert.Equal("About 675 credits, $0.12 (an estimate) — you have 20,000 left.", Cost(choice));

        await choice.Find("input[aria-label=Sketch]").ChangeAsync(new() { Value = "sketch" });

        Assert.Equal("sketch", session.Draft.Generator);
        Assert.Equal("Sketch, the built-in composer, renders on this machine and costs nothing.", Cost(choice));
    }

    [Fact]
    public async Task Estimate_FollowsThePlan()
    {
        Jobs.AddElevenLabs();
        await using var session = Session(Draft);
        var choice = Choice(session);

        session.Plan.SetLength(0, 55_000);

        choice.WaitForAssertion(() => Assert.Equal("About 1,350 credits, $0.23: an estimate.", Cost(choice)));
    }

    [Fact]
    public async Task Balance_ComesInTheBackgroundAndWarnsWhenItIsShort()
    {
        Jobs.AddElevenLabs();
        Account.Source = KeySource.Configuration;
        var answer = new TaskCompletionSource<Engine.Plan.RenderFailure?>();
        Account.OnRefresh = _ => answer.Task;
        await using var session = Session(Draft);
        var choice = Choice(session);
        Assert.Equal("About 675 credits, $0.12: an estimate.", Cost(choice));

        Account.Balance = FakeAccount.Creator with { UsedCredits = 29_900 };
        answer.SetResult(null);

        choice.WaitForAssertion(() => Assert.Equal("About 675 credits, $0.12 (an estimate) — you have only 100 left, which may not suffice.", Cost(choice)));
        Assert.Contains("wrong", choice.Find("#render-cost").ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generator_ThatIsNotReadyAnyMore_GivesWayToTheFreeOne()
    {
        await using var session = Session(Draft with { Generator = "elevenlabs" });

        var choice = Choice(session);

        Assert.StartsWith("ElevenLabs is not ready; Sketch renders this on this machine, for nothing.", Cost(choice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_EnteredElsewhere_BringsTheChoiceAtOnce()
    {
        await using var session = Session(Draft);
        var choice = Choice(session);

        Jobs.AddElevenLabs();
        Account.Source = KeySource.Entered;
        Account.Change();

        choice.WaitForAssertion(() => Assert.NotNull(choice.Find("input[aria-label=ElevenLabs]")));
    }
}
