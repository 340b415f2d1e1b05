using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Reading.Genres;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class PlanMusicTests
{
    private static CompositionPlan Plan(params string[] styles) =>
        new() { PositiveGlobalStyles = styles, Sections = [new PlanSection { SectionName = "Verse", DurationMs = 16_000 }] };

    [Theory]
    [InlineData("4/4", 2_000, "house", "120 bpm")]
    [InlineData("3/4", 1_500, "waltz", "120 bpm")]
    [InlineData("6/8", 2_000, "6/8 ballad", "60 bpm")]
    public void Bar_OfThePlansTempo_IsAsLongAsItSounds(string metre, double barMs, params string[] styles)
    {
        var music = PlanMusic.Of(Plan(styles));

        Assert.Equal((metre, barMs), (music.Metre, music.BarMs));
    }

    [Fact]
    public void Plan_WithoutSectionsOrStyles_HasATempoAllTheSame()
    {
        var music = PlanMusic.Of(new CompositionPlan());

        Assert.InRange(music.Bpm, 40, 220);
        Assert.NotEmpty(music.Sounds);
    }

    [Fact]
    public void Sounds_OfEveryGenre_AreUnderstoodAndLeaveTheGenreAsItIs()
    {
        Assert.All(Catalogue.All, genre =>
        {
            var music = PlanMusic.Of(Plan(genre.Name));
            Assert.Equal(genre.Name, music.Genre);
            Assert.InRange(music.Sounds.Count, 2, 8);
            Assert.Distinct(music.Sounds);
            Assert.Equal(genre.Name, PlanMusic.Of(Plan([genre.Name, .. music.Sounds])).Genre);
            Assert.All(music.Sounds.Skip(1).Where(sound => sound is not ("vinyl crackle" or "rain")), sound => Assert.NotEmpty(Instruments.NamedIn(StyleText.Normalise(sound))));
        });
    }
}
