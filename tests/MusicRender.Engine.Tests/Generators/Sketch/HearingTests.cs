using System.Diagnostics;
using System.Globalization;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Reading.Genres;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

/// <summary>What others hear in the rendered sound: aubio the tempo, our own ears the key and the genre.</summary>
public sealed class HearingTests
{
    [Theory]
    [InlineData("house", 124)]
    [InlineData("techno", 132)]
    [InlineData("synthwave", 104)]
    [InlineData("rock", 124)]
    [InlineData("jazz", 132)]
    [InlineData("march", 116)]
    [InlineData("blues", 104)]
    [InlineData("waltz", 150)]
    [InlineData("celtic jig", 116)]
    public async Task Tempo_AubioHearsTheOneThatIsAsked_WithinOnePercent(string genre, double bpm)
    {
        var bar = 60_000 / bpm * Metre.Named(Catalogue.All.Single(known => known.Name == genre).Metre).Beats;
        var eight = (int)Math.Round(8 * bar);
        var samples = SketchPlans.Layer(SketchPlans.Plan([genre, $"{bpm} bpm"], ("Verse", eight), ("Chorus", eight)), PartSet.All, seed: 3);

        Assert.InRange(await AubioTempoAsync(samples) / bpm, 0.99, 1.01);
    }

    /// <summary>
    /// Every genre but five, whose tones are those of two keys. Funk turns between Dm7 and G9, which is Dorian and of none of the 24.
    /// Reggae's bass walks through root, third and fifth of i and VII by turns. Rock's i–VII–VI–VII has the seventh degree twice for
    /// each tonic; synthwave's i–VII–VI–V and trance's VI–VII–i–i are the relative major's too, but for where they rest, and who
    /// counts tones does not hear what comes last.
    /// </summary>
    [Fact]
    public void Key_TheAskedOneIsHeard_AmongAllTwentyFour()
    {
        string[] ambiguous = ["funk", "reggae", "rock", "synthwave", "trance"];
        var missed = new List<string>();
        var played = PartSet.All.Except(PartSet.Of(Part.Drums, Part.Bass, Part.Texture));
        foreach (var genre in Catalogue.All)
        {
            var asked = genre.Mode == Mode.Minor ? "D minor" : "E major";
            var plan = SketchPlans.Plan([genre.Name, asked, "120 bpm"], ("Chorus", 16_000));
            var (tonic, isMinor) = Listening.KeyOf(Listening.Mono(SketchPlans.Layer(plan, played, seed: 2)), Listening.Mono(SketchPlans.Layer(plan, PartSet.Of(Part.Bass), seed: 2)));
            if (!ambiguous.Contains(genre.Name) && (tonic, isMinor) != (genre.Mode == Mode.Minor ? (2, true) : (4, false)))
            {
                missed.Add($"{genre.Name}: {asked} heard as {tonic} {(isMinor ? "minor" : "major")}");
            }
        }

        Assert.Empty(missed);
    }

    [Fact]
    public void Genres_EveryPair_IsToldApart()
    {
        // Learnt from three seeds, tried with a fourth: another key, other tunes, other chords.
        var learnt = new Dictionary<string, double[][]>();
        var tried = new Dictionary<string, double[]>();
        foreach (var genre in Catalogue.All)
        {
            var plan = SketchPlans.Plan([genre.Name], ("Verse", 4_500), ("Chorus", 5_500));
            learnt[genre.Name] = [.. Enumerable.Range(1, 3).Select(seed => Heard(plan, seed))];
            tried[genre.Name] = Heard(plan, 4);
        }

        var measures = tried.Values.First().Length;
        var centroids = learnt.ToDictionary(row => row.Key, row => Enumerable.Range(0, measures).Select(at => row.Value.Average(heard => heard[at])).ToArray());

        // A measure counts by how little it changes within a genre.
        var spreads = Enumerable.Range(0, measures)
            .Select(at => 0.02 + Math.Sqrt(learnt.SelectMany(row => row.Value.Select(heard => Math.Pow(heard[at] - centroids[row.Key][at], 2))).Average()))
            .ToArray();
        double Distance(double[] one, double[] other) => Enumerable.Range(0, measures).Sum(at => Math.Pow((one[at] - other[at]) / spreads[at], 2));

        var mistaken =
            from genre in tried
            from other in centroids
            where other.Key != genre.Key && Distance(genre.Value, other.Value) <= Distance(genre.Value, centroids[genre.Key])
            select $"{genre.Key} sounds more like {other.Key}";
        Assert.Empty(mistaken);

        static double[] Heard(MusicRender.Engine.Plan.CompositionPlan plan, int seed) =>
            Listening.Features(Listening.Mono(SketchPlans.Layer(plan, PartSet.All, seed)));
    }

    [Fact]
    public void LongestPlan_HasEverySectionAtItsFrame_AndSoundsToTheEnd()
    {
        var sections = Enumerable.Range(0, 30).Select(index => (index % 2 == 0 ? "Verse" : "Chorus", 20_000)).ToArray();
        var score = SketchPlans.ScoreOf(SketchPlans.Plan(["chiptune"], sections));

        Assert.Equal(PcmFormat.FramesOf(600_000), score.Frames);
        Assert.Equal(Enumerable.Range(0, 30).Select(index => PcmFormat.FramesOf(index * 20_000L)), score.Sections.Select(section => section.Start));
        Assert.All(score.Sections, section => Assert.Contains(score.Notes, note => note.Start >= section.Start && note.Start < section.End));
    }

    [Theory]
    [InlineData("jazz")]
    [InlineData("waltz")]
    [InlineData("ambient")]
    [InlineData("metal")]
    public async Task ShortestPlan_IsHeard(string genre)
    {
        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan([genre], ("Intro", 3_000)));

        Assert.Equal(PcmFormat.FramesOf(3_000) * PcmFormat.Channels, samples.Length);
        Assert.True(SketchPlans.Decibels(SketchPlans.Rms(samples)) > -40);
    }

    [Fact]
    public void Tempo_OfSections_IsNeverMoreThanThreePercentOff()
    {
        for (var seconds = 3_000; seconds < 24_000; seconds += 370)
        {
            var score = SketchPlans.ScoreOf(SketchPlans.Plan(["house", "124 bpm"], ("Verse", seconds), ("Chorus", 12_345)));

            Assert.All(score.Sections, section => Assert.InRange(section.BeatFrames / (PcmFormat.SampleRate * 60 / 124.0), 0.97, 1.031));
        }
    }

    private static async Task<double> AubioTempoAsync(float[] samples)
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "song.wav");
        await File.WriteAllBytesAsync(path, WaveOf(samples), TestContext.Current.CancellationToken);
        using var aubio = Process.Start(new ProcessStartInfo("aubio", ["tempo", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await aubio.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await aubio.WaitForExitAsync(TestContext.Current.CancellationToken);
        return double.Parse(said.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static byte[] WaveOf(float[] samples)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write("RIFF"u8);
        writer.Write(36 + (samples.Length * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)PcmFormat.Channels);
        writer.Write(PcmFormat.SampleRate);
        writer.Write(PcmFormat.SampleRate * PcmFormat.Channels * 2);
        writer.Write((short)(PcmFormat.Channels * 2));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples.Length * 2);
        foreach (var sample in samples)
        {
            writer.Write((short)Math.Clamp(sample * 32_767, -32_768, 32_767));
        }

        writer.Flush();
        return memory.ToArray();
    }
}
