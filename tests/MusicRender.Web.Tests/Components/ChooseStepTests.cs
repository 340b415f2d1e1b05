using Bunit;
using MusicRender.Engine.Library;
using MusicRender.Web.Components.Wizard;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class ChooseStepTests : StudioContext
{
    [Theory]
    [InlineData("Project blueprint", "Ad / brand spot|Podcast bed|Game music|Meditation|Mini song")]
    [InlineData("Sound profile", "Pop / electro|Dark trap|Lo-fi|Cinematic|Indie band")]
    [InlineData("Delivery and control", "Exploratory|Balanced|Blueprint|Live take|Stems")]
    public void Groups_AreRadioGroupsWithTheirNames(string group, string labels)
    {
        var page = Render<ChooseStep>(step => step.Add(it => it.Session, Session(new Draft { Id = "d" })));

        var found = page.FindAll("[role=radiogroup]").Single(one => page.Find($"#{one.GetAttribute("aria-labelledby")}").TextContent == group);

        Assert.Equal(labels.Split('|'), found.QuerySelectorAll("input[type=radio]").Select(radio => radio.GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Continue_IsClosedUntilAllIsChosenAndSaysWhatIsMissing()
    {
        await using var session = Session(new Draft { Id = "d", Blueprint = "standalone_song_mini" });
        var hasContinued = false;
        var page = Render<ChooseStep>(step => step.Add(it => it.Session, session).Add(it => it.OnContinue, () => hasContinued = true));
        session.Changed += () => page.Render();
        Assert.Equal("Still to choose: a sound and a delivery.", page.Find("#choose-missing").TextContent);
        Assert.True(page.Find("button.main").HasAttribute("disabled"));

        await page.Find("input[value=lofi_cozy]").ChangeAsync(new() { Value = "on" });
        await page.Find("input[value=balanced_studio]").ChangeAsync(new() { Value = "on" });
        await page.Find("button.main").ClickAsync(new());

        Assert.True(hasContinued);
        Assert.Equal(("lofi_cozy", "balanced_studio"), (session.Draft.Sound, session.Draft.Delivery));
    }

    [Fact]
    public void Switch_OfABlueprintThatIsNeverSung_IsOnAndLocked()
    {
        var page = Render<ChooseStep>(step => step.Add(it => it.Session, Session(new Draft { Id = "d", Blueprint = "meditation_sleep" })));

        var control = page.Find("[role=switch][aria-label='Instrumental only']");

        Assert.True(control.HasAttribute("checked"));
        Assert.True(control.HasAttribute("disabled"));
    }

    [Fact]
    public async Task QuickStart_SetsTheThreeChoices()
    {
        await using var session = Session(new Draft { Id = "d" });
        var page = Render<ChooseStep>(step => step.Add(it => it.Session, session));

        await page.FindAll("button.pad-name").Single(pad => pad.TextContent == "Epic trailer").ClickAsync(new());

        Assert.Equal(
            ("video_game_action_loop", "epic_cinematic", "blueprint_plan_first"),
            (session.Draft.Blueprint, session.Draft.Sound, session.Draft.Delivery));
    }
}
