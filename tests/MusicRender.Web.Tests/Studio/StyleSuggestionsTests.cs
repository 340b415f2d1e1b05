using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class StyleSuggestionsTests
{
    private static StyleSuggestions Of(CompositionPlan plan) => new(plan, PlanMusic.Of(plan));

    private static CompositionPlan Plan(params string[] styles) => new()
    {
        PositiveGlobalStyles = styles,
        Sections =
        [
            new PlanSection { SectionName = "Verse", DurationMs = 16_000, Lines = ["a line"] },
            new PlanSection { SectionName = "Chorus", DurationMs = 16_000, Lines = ["a line"] },
            new PlanSection { SectionName = "Intro", DurationMs = 8_000 },
        ],
    };

    [Theory]
    [InlineData("lo-fi", "electric piano")]
    [InlineData("jazz", "upright bass")]
    [InlineData("dark trap", "sub bass")]
    public void Section_IsOfferedSoundsOfTheGenre(string genre, string sound) => Assert.Contains(sound, Of(Plan(genre)).WantedIn(0));

    [Fact]
    public void Section_IsOfferedWhatSuitsItsPlace()
    {
        var suggestions = Of(Plan("indie rock"));

        Assert.Contains("full arrangement", suggestions.WantedIn(1).Take(3));
        Assert.Contains("vocals", suggestions.UnwantedIn(2));
        Assert.DoesNotContain("full arrangement", suggestions.WantedIn(2));
    }

    [Fact]
    public void WholeTrack_IsOfferedATempoUntilItHasOne()
    {
        Assert.Matches("^[0-9]+ bpm$", Of(Plan("lo-fi")).WantedEverywhere()[0]);
        Assert.DoesNotContain(Of(Plan("lo-fi", "80 BPM")).WantedEverywhere(), style => style.EndsWith(" bpm", StringComparison.Ordinal));
    }

    [Fact]
    public void Section_IsNotOfferedWhatHoldsEverywhere() => Assert.DoesNotContain("electric piano", Of(Plan("lo-fi", "Electric piano")).WantedIn(0));
}
