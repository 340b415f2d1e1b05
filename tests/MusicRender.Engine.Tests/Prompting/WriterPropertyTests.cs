using CsCheck;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using Xunit;

namespace MusicRender.Engine.Tests.Prompting;

public sealed class WriterPropertyTests
{
    private static readonly string[] Fragments =
        ["no ", "The story: \"", "Structure: ", "Intro (8 s): x; ", "in ", "about ", "90 ", "s", "bpm ", "\ud83d", "\ude00", "z\u0301\u0302", "\u0000", "\n", "祖母は駅", "שלום ", "verse, ", "chorus, ", "a", " ", "!", "/"];

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char, 0, 400],
        Gen.Int[0, Fragments.Length - 1].Select(at => Fragments[at]).Array[0, 120].Select(string.Concat),
        Gen.Int[1, 4_000].Select(length => new string('x', length)),
        Gen.Int[1, 2_000].Select(length => "a" + new string('\u0301', length)));

    [Fact]
    public void Plan_AnyPromptAndLength_IsWithinLimitsAndExact() =>
        Gen.Select(AnyText, Gen.Int[PlanLimits.MinTotalMs, PlanLimits.MaxTotalMs]).Sample(
            (text, lengthMs) =>
            {
                var prompt = string.IsNullOrWhiteSpace(text) ? "x" : text.Length > PlanLimits.MaxPrompt ? text[..PlanLimits.MaxPrompt] : text;
                var written = PlanExpectations.PlanAsync(prompt, lengthMs).GetAwaiter().GetResult();
                PlanExpectations.IsWithinLimits(written.Plan, lengthMs);
            },
            iter: 1_500, threads: 1);

    [Fact]
    public void Prompt_AnyStory_FitsAndMakesAPlan() =>
        Gen.Select(AnyText, Gen.Int[1, 60], Gen.Int[0, 4], Gen.Int[0, 4]).Sample(
            (text, times, blueprint, sound) =>
            {
                var story = string.Concat(Enumerable.Repeat(text, times));
                story = story.Length > PromptRules.MaxNarrative ? story[..PromptRules.MaxNarrative] : story;
                var written = Write(story, Presets.Blueprints[blueprint].Id, Presets.Sounds[sound].Id);
                Assert.InRange(written.Prompt.Length, 1, PlanLimits.MaxPrompt);
                Assert.InRange(written.Title.Length, 1, 80);
                var plan = PlanExpectations.PlanAsync(written.Prompt).GetAwaiter().GetResult().Plan;
                PlanExpectations.IsWithinLimits(plan, Presets.Blueprints[blueprint].DefaultLengthMs);
            },
            iter: 500, threads: 1);

    [Theory]
    [InlineData(3_000)]
    [InlineData(3_001)]
    [InlineData(8_999)]
    [InlineData(120_001)]
    [InlineData(599_999)]
    [InlineData(600_000)]
    public async Task Plan_EdgeLengths_AreExactInEveryForm(int lengthMs)
    {
        foreach (var prompt in new[] { "song", "instrumental piano", "techno", "jingle ad", "podcast bed", "boss game", "sleep", "very slow waltz 31 bpm", "metal 299 bpm" })
        {
            var (plan, _) = await PlanExpectations.PlanAsync(prompt, lengthMs);
            PlanExpectations.IsWithinLimits(plan, lengthMs);
        }
    }

    [Fact]
    public async Task Plan_ThreeSeconds_IsOneSection() =>
        Assert.Single((await PlanExpectations.PlanAsync("a song about rain", 3_000)).Plan.Sections);

    [Fact]
    public async Task Plan_RoundTempo_PutsSectionsOnBars()
    {
        var (plan, _) = await PlanExpectations.PlanAsync("a rock song at 120 bpm", 120_000);
        Assert.All(plan.Sections, section => Assert.Equal(0, section.DurationMs % 2_000));
    }

    [Fact]
    public async Task Plan_SameRequest_IsTheSame_AndSeedsDiffer()
    {
        const string Prompt = "a warm folk song about my sister Clara and the yellow van, 2 minutes";
        static string Words(WrittenPlan written) => string.Join('\n', written.Plan.Sections.SelectMany(section => section.Lines).Append(written.Song.Key));
        var first = Words(await PlanExpectations.PlanAsync(Prompt));
        Assert.Equal(first, Words(await PlanExpectations.PlanAsync(Prompt)));
        var seeded = new HashSet<string>();
        for (var seed = 1; seed <= 8; seed++)
        {
            seeded.Add(Words(await PlanExpectations.PlanAsync(Prompt, seed: seed)));
        }

        Assert.True(seeded.Count >= 7, $"only {seeded.Count} different plans of 8 seeds");
    }

    [Fact]
    public async Task Plan_ForcedInstrumental_HasNoLines()
    {
        var written = await new OwnPlanWriter().WriteAsync(
            new PlanRequest { Prompt = "a song with vocals about rain", ForceInstrumental = true }, TestContext.Current.CancellationToken);
        Assert.All(written.Plan.Sections, section => Assert.Empty(section.Lines));
        Assert.Contains("vocals", written.Plan.NegativeGlobalStyles);
    }

    [Theory]
    [InlineData("Meine Oma hatte einen Garten hinter dem Bahnhof. Jeden Sommer fuhr ich mit dem Fahrrad zu ihr.", "de")]
    [InlineData("祖母は駅の裏で蜂を飼っていた。毎年の夏、青い自転車で庭へ通った。", "ja")]
    [InlineData("Бабушка держала пчёл за вокзалом. Каждое лето я ездил к ней на велосипеде.", "ru")]
    [InlineData("كانت جدتي تربي النحل خلف المحطة. كل صيف كنت أزورها.", "ar")]
    public async Task Lyrics_OtherLanguages_AreTheStorysOwnPhrases(string story, string language)
    {
        var (plan, song) = await PlanExpectations.PlanAsync(Write(story, "standalone_song_mini", "indie_live_band").Prompt);
        Assert.Equal([language], song.Languages);
        var lines = plan.Sections.SelectMany(section => section.Lines).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains(line, story, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Lyrics_VeryLongName_StayWithinALine()
    {
        var written = Write($"We met X{new string('y', 500)} in the garden. X{new string('y', 500)} was there.", "ad_brand_fast_hook", "lofi_cozy");
        PlanExpectations.IsWithinLimits((await PlanExpectations.PlanAsync(written.Prompt)).Plan, 30_000);
    }

    [Fact]
    public void Prompt_LongStory_KeepsWholeSentences()
    {
        var sentences = Enumerable.Range(1, 130).Select(at => $"On day {at} my brother Danny walked to the old harbour and counted boats.").ToArray();
        var prompt = Write(string.Join(' ', sentences), "standalone_song_mini", "lofi_cozy").Prompt;
        Assert.InRange(prompt.Length, 3_900, PlanLimits.MaxPrompt);
        Assert.Contains(sentences[0], prompt, StringComparison.Ordinal);
        Assert.Contains(sentences[^1], prompt, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_BadRequests_NameEveryProblem()
    {
        var problems = PromptRules.Check(new PromptRequest { ProjectBlueprint = "x", SoundProfile = "y", DeliveryAndControl = "z", UserNarrative = new string('a', 10_001) });
        Assert.Equal(["project_blueprint", "sound_profile", "delivery_and_control", "user_narrative"], problems.Select(problem => problem.Path));
        Assert.EndsWith("but is 'x'", problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(["prompt", "music_length_ms"], PromptRules.Check(new PlanRequest { Prompt = "", MusicLengthMs = 2_999 }).Select(problem => problem.Path));
        Assert.Empty(PromptRules.Check(new PlanRequest { Prompt = "x", MusicLengthMs = 600_000 }));
    }

    private static WrittenPrompt Write(string story, string blueprint, string sound) =>
        new PresetPromptWriter().WriteAsync(
            new PromptRequest { ProjectBlueprint = blueprint, SoundProfile = sound, DeliveryAndControl = "balanced_studio", UserNarrative = story },
            TestContext.Current.CancellationToken).GetAwaiter().GetResult();
}
