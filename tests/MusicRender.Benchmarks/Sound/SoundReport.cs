using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Sketch;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Reading.Genres;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Benchmarks.Sound;

/// <summary>
/// <c>./bench sound</c>: renders the eight quick starts, a song of every genre and twenty other plans, measures them with ffmpeg, and draws the
/// quick starts' spectrograms into <c>docs/sound</c>. Figures go to the screen and into <c>docs/sound/figures.md</c>.
/// </summary>
internal static class SoundReport
{
    /// <summary>Runs.</summary>
    public static async Task<int> RunAsync(string root)
    {
        using var scratch = new ScratchFolder();
        var folder = Path.Combine(root, "docs", "sound");
        Directory.CreateDirectory(folder);
        var quickStarts = Columns("The eight quick starts");
        foreach (var start in Presets.QuickStarts)
        {
            var song = await HeardSong.OfAsync(await BenchmarkPlans.OfAsync(start.Name), Slug(start.Name), scratch, isEncoded: true);
            Add(quickStarts, start.Name, song);
            await song.DrawAsync(Path.Combine(folder, $"{Slug(start.Name)}.png"));
        }

        var genres = Columns("A song of every genre");
        foreach (var genre in Catalogue.All)
        {
            Add(genres, genre.Name, await HeardSong.OfAsync(PlanOf(genre), Slug(genre.Name), scratch, isEncoded: false));
        }

        var others = Columns("Twenty other plans");
        foreach (var (name, plan) in OtherPlans.All)
        {
            Add(others, name, await HeardSong.OfAsync(plan, Slug(name), scratch, isEncoded: true));
        }

        var text = $"{quickStarts.ToMarkdown().TrimEnd()}\n\n{genres.ToMarkdown().TrimEnd()}\n\n{others.ToMarkdown().TrimEnd()}\n";
        Console.WriteLine(text);
        await File.WriteAllTextAsync(Path.Combine(folder, "figures.md"), $"# Figures\n\nWritten by `./bench sound`; read [sound.md](../sound.md).\n\n{text}");
        return 0;
    }

    private static Table Columns(string title) =>
        new(title, "Song", "Length s", "BPM", "Key", "LUFS", "LRA LU", "True peak dBTP", "As MP3 dBTP", "Left/right correlation", "Below 150 Hz dB", "150 Hz–2 kHz dB", "Above 2 kHz dB", "Constant part dB", "Holds");

    private static void Add(Table table, string name, HeardSong song)
    {
        Report.Say(FormattableString.Invariant($"{name}: {song.Lufs:0.0} LUFS, LRA {song.Range:0.0}, peak {song.TruePeak:0.0}, as MP3 {song.EncodedTruePeak:0.0}, correlation {song.Correlation:0.00}, DC {song.Dc:0}, balance {song.Balance.Low:0.0} {song.Balance.Middle:0.0} {song.Balance.High:0.0}"));
        table.Add(
            name, Math.Round(song.Seconds, 1), song.Song.Bpm ?? 0, song.Song.Key ?? "", song.Lufs, song.Range, song.TruePeak, song.EncodedTruePeak is { } encoded ? encoded : "", song.Correlation, song.Balance.Low, song.Balance.Middle, song.Balance.High, Math.Round(song.Dc), song.Misses is { Count: > 0 } misses ? string.Join(", ", misses) : "yes");
    }

    private static CompositionPlan PlanOf(Genre genre) => new()
    {
        Title = genre.Name,
        PositiveGlobalStyles = [genre.Words[0], genre.Name],
        Sections = [.. ((ReadOnlySpan<(string, int)>)[("Intro", 8_000), ("Verse", 16_000), ("Chorus", 16_000), ("Outro", 8_000)]).ToArray().Select(section => new PlanSection { SectionName = section.Item1, DurationMs = section.Item2 })],
    };

    private static string Slug(string name) => string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
}
