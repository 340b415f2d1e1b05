using Bunit;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class PreviewTests : StudioContext
{
    private IRenderedComponent<PreviewScope> Scope(ComposeSession session)
    {
        var scope = Render<PreviewScope>(it => it.Add(one => one.Session, session).AddChildContent<PlanStep>(step => step.Add(one => one.Session, session)));
        session.Changed += () => scope.InvokeAsync(() => scope.Render());
        return scope;
    }

    [Fact]
    public async Task Section_HasAButtonThatNamesItsSound()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var scope = Scope(session);

        session.Plan.Select(1);

        var button = scope.Find("[aria-label='Selected section'] .preview-button");
        Assert.Equal(("Preview Verse", "section=1", "20000"), (button.GetAttribute("aria-label"), button.GetAttribute("data-preview"), button.GetAttribute("data-length-ms")));
        Assert.StartsWith("/previews/", scope.Find(".preview-scope").GetAttribute("data-previews"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_ChangesTheVersion_AndAProblemSilencesTheButton()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var scope = Scope(session);
        var version = scope.Find(".preview-scope").GetAttribute("data-version");
        Assert.False(scope.Find(".preview-button").HasAttribute("disabled"));

        session.Plan.SetLength(0, 1);

        Assert.NotEqual(version, scope.Find(".preview-scope").GetAttribute("data-version"));
        Assert.True(scope.Find(".preview-button").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Button_OutsideOfAnEditor_IsNotThere()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));

        var choice = Render<RenderChoice>(it => it.Add(one => one.Session, session));

        Assert.Empty(choice.FindAll(".preview-button"));
    }

    [Fact]
    public async Task Scope_ThatIsLeft_ClosesItsAddress()
    {
        await using var session = Session(Samples.Draft(Samples.Plan));
        var scope = Scope(session);
        var address = scope.Find(".preview-scope").GetAttribute("data-previews");

        await scope.Instance.DisposeAsync();
        scope.Render();

        Assert.NotNull(address);
        Assert.Null(scope.Find(".preview-scope").GetAttribute("data-previews"));
    }
}
