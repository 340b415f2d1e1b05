using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Reading.Genres;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class GenreTests
{
    public static TheoryData<string> Names => [.. Catalogue.All.Select(genre => genre.Name)];

    [Fact]
    public void Catalogue_HoldsTheFiveSoundProfiles_AndTwentyMore()
    {
        string[] profiles = ["electropop", "trap", "lo-fi hip-hop", "cinematic", "indie rock"];

        Assert.Subset(Catalogue.All.Select(genre => genre.Name).ToHashSet(), profiles.ToHashSet());
        Assert.True(Catalogue.All.Count >= profiles.Length + 20, $"{Catalogue.All.Count} genres");
        Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(genre => genre.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Genre_IsPlayed_WhenItsNameOrAnyOfItsWordsIsWanted(string name)
    {
        var genre = Catalogue.All.Single(genre => genre.Name == name);

        Assert.Equal(name, SketchPlans.Read(name).Genre.Name);
        var others = Catalogue.All.Where(other => other != genre).SelectMany(other => other.Words).ToHashSet();
        Assert.All(genre.Words.Where(word => !others.Contains(word)), word => Assert.Equal(name, SketchPlans.Read(word).Genre.Name));
    }

    [Fact]
    public void Words_PointToOneGenreOnly()
    {
        var twice = Catalogue.All.SelectMany(genre => genre.Words).GroupBy(word => word).Where(group => group.Count() > 1).Select(group => group.Key);

        Assert.Empty(twice);
    }

    [Fact]
    public void Check_FindsWhatIsWrong()
    {
        var genre = Catalogue.Default;

        Assert.Empty(GenreCheck.ProblemsOf(genre));
        Assert.NotEmpty(GenreCheck.ProblemsOf(genre with { Metre = "11/9" }));
        Assert.NotEmpty(GenreCheck.ProblemsOf(genre with { Bpm = 300 }));
        Assert.NotEmpty(GenreCheck.ProblemsOf(genre with { Words = ["Pop"] }));
        Assert.NotEmpty(GenreCheck.ProblemsOf(genre with { Groove = new() { [Drum.Kick] = "x..." } }));
        Assert.NotEmpty(GenreCheck.ProblemsOf(genre with { Groove = new() { [Drum.Kick] = "z..............." } }));
        Assert.NotEmpty(GenreCheck.ProblemsOf(genre with { Bass = genre.Bass with { Full = "q---------------" } }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Genre_IsPlayedInEveryMetreAndMode(string name)
    {
        foreach (var metre in (string[])["3/4", "5/4", "6/8", "7/8", "12/8"])
        {
            var score = SketchPlans.ScoreOf(SketchPlans.Plan([name, metre, "E dorian"], ("Verse", 9_000), ("Chorus", 9_000)));

            Assert.NotEmpty(score.Notes);
            Assert.All(score.Notes, note => Assert.InRange(note.Pitch, 20, 115));
        }
    }
}
