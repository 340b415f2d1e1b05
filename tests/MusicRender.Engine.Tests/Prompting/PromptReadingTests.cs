using MusicRender.Engine.Prompting;
using Xunit;

namespace MusicRender.Engine.Tests.Prompting;

public sealed class PromptReadingTests
{
    [Theory]
    [InlineData("a 90-second jingle", 90_000)]
    [InlineData("90 s of techno", 90_000)]
    [InlineData("15s ad", 15_000)]
    [InlineData("a 30s spot", 30_000)]
    [InlineData("two minutes of rain", 120_000)]
    [InlineData("a 3-minute song", 180_000)]
    [InlineData("2.5 minutes", 150_000)]
    [InlineData("about 1:30 long", 90_000)]
    [InlineData("2 min 30 s", 150_000)]
    [InlineData("two and a half minutes", 150_000)]
    [InlineData("a minute and a half", 90_000)]
    [InlineData("one minute", 60_000)]
    [InlineData("half a minute", 30_000)]
    [InlineData("forty-five seconds", 45_000)]
    [InlineData("2 minutes with a 10-second intro", 120_000)]
    [InlineData("a 10-second intro, 2 minutes in all", 120_000)]
    [InlineData("2 hours of calm", 600_000)]
    [InlineData("1 second", 3_000)]
    public void Length_InWords_IsRead(string prompt, int milliseconds) =>
        Assert.Equal(milliseconds, PromptReading.Read(prompt).LengthMs);

    [Theory]
    [InlineData("an 80s synth song")]
    [InlineData("90s hip hop")]
    [InlineData("a song about waking at 4:30 am")]
    [InlineData("a waltz in 3/4")]
    [InlineData("")]
    public void Length_NotSaid_IsNull(string prompt) => Assert.Null(PromptReading.Read(prompt).LengthMs);

    [Theory]
    [InlineData("70 bpm", 70.0)]
    [InlineData("at 112BPM", 112.0)]
    [InlineData("tempo: 96", 96.0)]
    [InlineData("110-120 bpm", 115.0)]
    [InlineData("92.5 bpm", 92.5)]
    [InlineData("120 beats per minute", 120.0)]
    [InlineData("5000 bpm", null)]
    [InlineData("a slow tune", 70.0)]
    [InlineData("allegro", 132.0)]
    [InlineData("a song", null)]
    public void Tempo_AsWritten_IsRead(string prompt, double? bpm) => Assert.Equal(bpm, PromptReading.Read(prompt).Bpm);

    [Theory]
    [InlineData("in D minor", "D minor")]
    [InlineData("Bb major", "Bb major")]
    [InlineData("B-flat minor", "Bb minor")]
    [InlineData("F# minor", "F# minor")]
    [InlineData("E♭ major", "Eb major")]
    [InlineData("C sharp minor", "C# minor")]
    [InlineData("in a minor, slowly", "A minor")]
    [InlineData("key of G", "G major")]
    [InlineData("in F#m", "F# minor")]
    [InlineData("D dorian", "D dorian")]
    [InlineData("a major label", null)]
    [InlineData("in a minor key", null)]
    [InlineData("A song for B", null)]
    public void Key_AsWritten_IsRead(string prompt, string? key) => Assert.Equal(key, PromptReading.Read(prompt).Key);

    [Theory]
    [InlineData("a song, no drums", "drums")]
    [InlineData("without bass or brass", "bass,brass")]
    [InlineData("Avoid: choir, loud drums.", "choir,loud drums")]
    [InlineData("no drums, no strings, gentle piano", "drums,strings")]
    [InlineData("a song, no matter what", "")]
    [InlineData("a song for no one without you", "")]
    public void Negatives_AsWritten_AreRead(string prompt, string unwanted) =>
        Assert.Equal(unwanted, string.Join(',', PromptReading.Read(prompt).Unwanted));

    [Theory]
    [InlineData("instrumental folk", true)]
    [InlineData("a pop song without vocals", true)]
    [InlineData("no singing, please", true)]
    [InlineData("lofi beat for studying", true)]
    [InlineData("a song with an instrumental break", false)]
    [InlineData("a ballad about my old dog, no drums", false)]
    [InlineData("techno with female vocals", false)]
    public void Voice_AsWritten_IsRead(string prompt, bool isInstrumental) =>
        Assert.Equal(isInstrumental, PromptReading.Read(prompt).IsInstrumental);

    [Fact]
    public async Task FreePrompt_EverythingSaid_IsInThePlan()
    {
        var (plan, song) = await PlanExpectations.PlanAsync("a sad 2 minute piano ballad in D minor at 70 bpm about my old dog, no drums");
        Assert.Equal(120_000, plan.DurationMs);
        Assert.Equal(["70 bpm", "D minor"], plan.PositiveGlobalStyles.Take(2));
        Assert.Contains("piano", plan.PositiveGlobalStyles);
        Assert.Contains("sad", plan.PositiveGlobalStyles);
        Assert.DoesNotContain("drums", plan.PositiveGlobalStyles);
        Assert.Contains("drums", plan.NegativeGlobalStyles);
        Assert.Contains(plan.Sections.SelectMany(section => section.Lines), line => line.Contains("my old dog", StringComparison.Ordinal));
        Assert.Equal("My Old Dog", song.Title);
    }

    [Theory]
    [InlineData("a punk song about my landlord, 40 s", "My landlord.")]
    [InlineData("a waltz for my grandmother's kitchen in Bb major", "My grandmother's kitchen.")]
    [InlineData("a song about the sea with soft drums", "The sea.")]
    [InlineData("fast techno, 130 bpm", "")]
    public void Theme_AsWritten_IsReadWithoutTheFigures(string prompt, string theme) =>
        Assert.Equal(theme, PromptReading.Read(prompt).Story.Text);

    [Fact]
    public async Task FreePrompt_NamedSections_AreKeptInOrder()
    {
        var (plan, _) = await PlanExpectations.PlanAsync("folk song, 80 seconds: intro, verse, chorus, verse, chorus, outro");
        Assert.Equal(["Intro", "Verse 1", "Chorus 1", "Verse 2", "Chorus 2", "Outro"], plan.Sections.Select(section => section.SectionName));
        Assert.Equal(plan.Sections[2].Lines[0], plan.Sections[4].Lines[0]);
    }
}
