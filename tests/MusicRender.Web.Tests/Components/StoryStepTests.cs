using Bunit;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class StoryStepTests : StudioContext
{
    [Fact]
    public async Task Write_StoresWhatWasWrittenAndGoesOn()
    {
        await using var session = Session(Samples.Draft() with { Prompt = "", Title = "" });
        var hasGoneOn = false;
        var page = Render<StoryStep>(step => step.Add(it => it.Session, session).Add(it => it.OnWritten, () => hasGoneOn = true));

        await page.Find("textarea").InputAsync(new() { Value = "Rosa kept bees." });
        await page.Find("button.main").ClickAsync(new());

        Assert.True(hasGoneOn);
        Assert.Equal("Rosa kept bees.", Assert.Single(Prompts.Requests).UserNarrative);
        Assert.Equal(("A prompt.", "A Title", "A description."), (session.Draft.Prompt, session.Draft.Title, session.Draft.Description));
    }

    [Fact]
    public void Field_IsNamedAndCountsAndFollowsTheBlueprint()
    {
        var page = Render<StoryStep>(step => step.Add(it => it.Session, Session(Samples.Draft())));

        var field = page.Find("textarea");
        Assert.Equal("Your story", page.Find($"label[for={field.Id}]").TextContent);
        Assert.Equal("What should the song tell?", page.Find("h1").TextContent);
        Assert.Equal(4, page.FindAll(".tips li").Count);
        Assert.Contains("10,000", page.Find(".counter").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Story_TooLong_ClosesTheButtonAndSaysByHowMuch()
    {
        var draft = Samples.Draft() with { Story = new string('x', PromptRules.MaxNarrative + 5) };

        var page = Render<StoryStep>(step => step.Add(it => it.Session, Session(draft)));

        Assert.True(page.Find("button.main").HasAttribute("disabled"));
        Assert.Equal("5 characters too many.", page.Find(".problems li").TextContent);
    }

    [Fact]
    public void Choices_Missing_LeadsBackToThem()
    {
        var page = Render<StoryStep>(step => step.Add(it => it.Session, Session(Samples.Draft() with { Sound = null })));

        Assert.Empty(page.FindAll("textarea"));
        Assert.Equal("Choose", page.Find("button.main").TextContent.Trim());
    }

    [Theory]
    [InlineData("standalone_song_mini", false, "Lyrics", "It is sung")]
    [InlineData("standalone_song_mini", true, "Mood", "Nothing is sung.")]
    [InlineData("meditation_sleep", false, "Mood", "Nothing is sung.")]
    public void Use_FollowsTheBlueprintAndTheVoice(string blueprint, bool instrumental, string kind, string use)
    {
        var page = Render<StoryStep>(step => step.Add(it => it.Session, Session(Samples.Draft() with { Blueprint = blueprint, InstrumentalOnly = instrumental })));

        Assert.Equal(kind, page.Find(".use-kind").TextContent);
        Assert.StartsWith(use, page.Find(".use p:last-child").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("study_music", "A library at dusk")]
    [InlineData("podcast_background", "A weekly walk through old maps")]
    [InlineData(null, "A weekly walk through old maps")]
    public void Example_OfTwoQuickStartsWithTheSameChoices_IsThatOfTheOneTaken(string? quickStart, string example)
    {
        var draft = Samples.Draft() with { QuickStart = quickStart, Blueprint = "podcast_voiceover_loop", Sound = "lofi_cozy", Delivery = "exploratory_iterate" };

        var page = Render<StoryStep>(step => step.Add(it => it.Session, Session(draft)));

        Assert.StartsWith(example, page.Find("blockquote").TextContent, StringComparison.Ordinal);
    }
}
