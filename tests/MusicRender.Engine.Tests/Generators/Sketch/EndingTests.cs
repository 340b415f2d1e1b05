using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

public sealed class EndingTests
{
    [Theory]
    [InlineData("fade out", Ending.Fade)]
    [InlineData("long fade to silence", Ending.Fade)]
    [InlineData("ends on a clean button, no fade", Ending.Button)]
    [InlineData("hard stop", Ending.Button)]
    [InlineData("final chord rings out", Ending.RingOut)]
    [InlineData("seamless loop", Ending.Loop)]
    [InlineData("ready to loop or leave", Ending.Loop)]
    internal void Ending_Named_IsPlayed(string style, Ending expected)
    {
        var plan = SketchPlans.Plan(["pop"], ("Verse", 8_000), ("Outro", 8_000));
        plan = plan with { Sections = [plan.Sections[0], plan.Sections[1] with { PositiveLocalStyles = [style] }] };

        Assert.Equal(expected, StyleReader.Read(plan, 1).Ending);
    }

    [Fact]
    public void Fade_Refused_IsNotPlayed()
    {
        var plan = SketchPlans.Plan(["ambient", "fade out"], ("Verse", 8_000), ("Outro", 8_000));

        Assert.Equal(Ending.Fade, StyleReader.Read(plan, 1).Ending);
        Assert.NotEqual(Ending.Fade, StyleReader.Read(plan with { NegativeGlobalStyles = ["fade out"] }, 1).Ending);
    }

    [Theory]
    [InlineData("podcast_voiceover_loop", Ending.Loop)]
    [InlineData("video_game_action_loop", Ending.Loop)]
    [InlineData("ad_brand_fast_hook", Ending.Button)]
    [InlineData("meditation_sleep", Ending.Fade)]
    internal async Task Blueprints_EndAsTheySay(string blueprint, Ending expected)
    {
        var plan = await PlanOfAsync(blueprint, "lofi_cozy");

        Assert.Equal(expected, StyleReader.Read(plan, 1).Ending);
    }

    [Fact]
    public void Button_IsOneShortHit_AndSilenceAfterIt()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["pop", "120 bpm", "hard stop"], ("Chorus", 8_000), ("Outro", 8_000)));
        var last = score.Notes.Max(note => note.Start);

        Assert.Equal(score.Frames - (2 * PcmFormat.SampleRate), last, 100.0);
        Assert.All(score.Notes.Where(note => note.Start > last - 200), note => Assert.True(note.Length < PcmFormat.SampleRate));
        Assert.Contains(score.Hits, hit => hit.Drum == Drum.Crash && Math.Abs(hit.Start - last) < 200);
        Assert.DoesNotContain(score.Hits, hit => hit.Start > last + 200);
    }

    [Fact]
    public void RingOut_IsATonicThatEverybodyHolds()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["indie rock", "120 bpm", "C major", "final chord rings out"], ("Chorus", 8_000), ("Outro", 8_000)));

        var last = score.Notes.Where(note => note.Start + note.Length >= score.Frames - 1).ToList();

        Assert.True(last.Select(note => note.Part).Distinct().Count() > 2);
        Assert.All(last, note => Assert.Contains(note.Pitch % 12, new[] { 0, 4, 7 }));
    }

    [Fact]
    public void Fade_PlaysOnToTheEnd()
    {
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["house", "120 bpm", "fade out"], ("Chorus", 16_000), ("Outro", 16_000)));

        Assert.Contains(score.Hits, hit => hit.Start > score.Frames - PcmFormat.SampleRate);
        Assert.InRange(score.FadeFrames, 4 * PcmFormat.SampleRate, 16 * PcmFormat.SampleRate);
    }

    [Theory]
    [InlineData("lofi_cozy")]
    [InlineData("dark_trap_night")]
    [InlineData("epic_cinematic")]
    [InlineData("indie_live_band")]
    public async Task Loop_LastBarLeadsIntoTheFirst(string sound)
    {
        var plan = await PlanOfAsync("podcast_voiceover_loop", sound);
        for (var seed = 1; seed <= 6; seed++)
        {
            var song = StyleReader.Read(plan, seed);
            var (plans, score) = (Arranger.PlansOf(song, seed), Arranger.Arrange(song, seed));
            var (last, first) = (plans[^1].Chords.Changes[^1].Chord, plans[0].Chords.At(0, 0));

            // From the dominant, the subdominant or the seventh degree below, as every cadence home.
            Assert.Contains((last.Root - first.Root + 12) % 12, new[] { 5, 7, 10 });
            Assert.Equal(0, score.FadeFrames);
            Assert.Equal(-1, plans[^1].FinalBar);
            var bar = (long)(score.Sections[^1].BeatFrames * song.Metre.Beats);
            Assert.DoesNotContain(score.Hits, hit => hit.Start > score.Frames - bar && hit.Drum is Drum.Crash or Drum.HighTom or Drum.Riser);
            Assert.DoesNotContain(score.Hits, hit => hit.Start < 1_000 && hit.Drum is Drum.Crash or Drum.Impact);
        }
    }

    private static async Task<CompositionPlan> PlanOfAsync(string blueprint, string sound)
    {
        var ct = TestContext.Current.CancellationToken;
        var request = new PromptRequest { ProjectBlueprint = blueprint, SoundProfile = sound, DeliveryAndControl = "balanced_studio" };
        var prompt = await new PresetPromptWriter().WriteAsync(request, ct);
        return (await new OwnPlanWriter().WriteAsync(new PlanRequest { Prompt = prompt.Prompt, Seed = 3 }, ct)).Plan;
    }
}
