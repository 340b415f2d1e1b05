using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Turns what was read of a plan into a score.</summary>
internal static class Arranger
{
    private const double LongestTailSeconds = 2.2;
    private const double LongestFadeSeconds = 16;

    /// <summary>Arranges the song. The same reading and seed give the same score.</summary>
    public static Score Arrange(SongReading song, int seed)
    {
        var writer = new ScoreWriter(song.Looseness, song.Looseness > 0 ? song.Genre.Drag : 0, seed);
        var lead = new LeadPlayer(song, seed);
        var voice = new VocalPlayer(song, seed);
        var plans = PlansOf(song, seed);
        foreach (var plan in plans)
        {
            DrumPlayer.Play(plan, writer);
            BassPlayer.Play(plan, writer);
            HarmonyPlayer.Play(plan, writer);
            voice.Sing(plan, lead.TuneOf(plan));
            lead.Play(plan, writer);
            AnswerPlayer.Play(plan, lead.TuneOf(plan), writer);
        }

        var frames = plans[^1].Grid.End;
        return new Score
        {
            Frames = frames,
            Sections = [.. plans.Select(plan => new ScoreSection(
                plan.Section.Name, plan.Grid.Start, plan.Grid.End, plan.Section.Form, plan.Section.Energy, plan.Grid.BeatFrames, plan.Section.Texture))],
            Notes = writer.Notes(),
            Hits = writer.Hits(),
            Vocals = voice.Vocals(),
            Kit = song.Kit,
            Ducking = song.Genre.Ducking,
            Room = song.Production.Room,
            Echo = song.Production.Echo,
            Production = song.Production,
            EchoFrames = (int)(plans[0].Grid.BeatFrames * 0.75),
            Ending = song.Ending,
            FadeFrames = FadeOf(song.Ending, frames, plans[^1]),
            Seed = seed,
        };
    }

    /// <summary>The sections in order, each with its bars and chords.</summary>
    public static IReadOnlyList<SectionPlan> PlansOf(SongReading song, int seed)
    {
        var harmony = new Harmony(song, seed);
        var plans = new List<SectionPlan>();
        var milliseconds = 0L;
        for (var index = 0; index < song.Sections.Count; index++)
        {
            var section = song.Sections[index];
            var start = PcmFormat.FramesOf(milliseconds);
            milliseconds += section.DurationMs;
            var grid = new BarGrid(start, PcmFormat.FramesOf(milliseconds), song.Bpm, song.Metre, song.Swing, song.Genre.SwingUnit);
            var isLast = index == song.Sections.Count - 1;
            plans.Add(new SectionPlan
            {
                Song = song,
                Section = section,
                Index = index,
                Grid = grid,
                Chords = harmony.ChordsOf(section, grid.Bars, isLast),
                Previous = index == 0 ? null : song.Sections[index - 1],
                Next = isLast ? null : song.Sections[index + 1],
                Seed = seed,
            });
        }

        return plans;
    }

    private static int FadeOf(Ending ending, long frames, SectionPlan last) => (int)(ending switch
    {
        Ending.Loop => 0,
        Ending.Button => Math.Min(frames / 8, PcmFormat.SampleRate / 4),
        Ending.Fade => Math.Min(Math.Min(frames / 2, (long)(LongestFadeSeconds * PcmFormat.SampleRate)), Math.Max(4L * PcmFormat.SampleRate, FadingPart(last))),
        _ => Math.Min(frames / 4, (long)(LongestTailSeconds * PcmFormat.SampleRate)),
    });

    // An outro fades as a whole; of any other last section the first half is still heard as it is.
    private static long FadingPart(SectionPlan last) => (last.Grid.End - last.Grid.Start) / (last.Section.Form == SectionForm.Outro ? 1 : 2);
}
