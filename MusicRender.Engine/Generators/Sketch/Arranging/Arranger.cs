using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Turns what was read of a plan into a score.</summary>
internal static class Arranger
{
    private const double LongestFadeSeconds = 2.2;

    /// <summary>Arranges the song. The same reading and seed give the same score.</summary>
    public static Score Arrange(SongReading song, int seed)
    {
        var writer = new ScoreWriter(song.Looseness, seed);
        var harmony = new Harmony(song.Genre, song.Key, seed);
        var lead = new LeadPlayer(song, seed);
        var voice = new VocalPlayer(song, seed);
        var sections = new List<ScoreSection>();
        var milliseconds = 0L;
        for (var index = 0; index < song.Sections.Count; index++)
        {
            var section = song.Sections[index];
            var start = PcmFormat.FramesOf(milliseconds);
            milliseconds += section.DurationMs;
            var end = PcmFormat.FramesOf(milliseconds);
            var grid = new BarGrid(start, end, song.Bpm, song.Metre, song.Swing, song.Genre.SwingUnit);
            var isLast = index == song.Sections.Count - 1;
            var plan = new SectionPlan
            {
                Song = song,
                Section = section,
                Index = index,
                Grid = grid,
                Chords = harmony.ChordsOf(section, grid.Bars, isLast),
                Next = isLast ? null : song.Sections[index + 1],
                Seed = seed,
            };
            DrumPlayer.Play(plan, writer);
            BassPlayer.Play(plan, writer);
            HarmonyPlayer.Play(plan, writer);
            voice.Sing(plan, lead.TuneOf(plan));
            lead.Play(plan, writer);
            sections.Add(new ScoreSection(section.Name, start, end, section.Form, section.Energy, grid.BeatFrames, section.Texture));
        }

        var frames = PcmFormat.FramesOf(milliseconds);
        return new Score
        {
            Frames = frames,
            Sections = sections,
            Notes = writer.Notes(),
            Hits = writer.Hits(),
            Vocals = voice.Vocals(),
            Kit = song.Kit,
            Ducking = song.Genre.Ducking,
            Room = song.Room,
            Echo = song.Genre.Echo,
            EchoFrames = (int)(sections[0].BeatFrames * 0.75),
            Ending = song.Ending,
            FadeFrames = (int)Math.Min(frames / 4, LongestFadeSeconds * PcmFormat.SampleRate),
            Seed = seed,
        };
    }
}
