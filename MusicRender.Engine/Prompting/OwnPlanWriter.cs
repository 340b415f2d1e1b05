using System.Globalization;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>
/// MusicRender's own plan writer: no model, no network. Reads prompts by <see cref="PresetPromptWriter"/> and prompts
/// that people wrote themselves. The same request gives the same plan.
/// </summary>
public sealed class OwnPlanWriter : IPlanWriter
{
    private const int MostInstruments = 12;

    // The seconds of a prompt's sections are rounded to tenths.
    private const int FittedWithinMs = 1_500;

    /// <inheritdoc/>
    public Task<WrittenPlan> WriteAsync(PlanRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var problems = PromptRules.Check(request);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(request));
        }

        return Task.FromResult(Write(request));
    }

    private static WrittenPlan Write(PlanRequest request)
    {
        var prompt = PromptReading.Read(request.Prompt);
        var choice = SeededChoice.From(request.Prompt, request.Seed?.ToString(CultureInfo.InvariantCulture));
        var genre = PlanDefaults.Genre(prompt);
        var tone = PlanDefaults.Tone(prompt);
        var isInstrumental = request.ForceInstrumental || prompt.IsInstrumental;
        var totalMs = request.MusicLengthMs ?? prompt.LengthMs ?? PromptLength.DefaultMs;
        var bpm = prompt.Bpm ?? genre.Bpm + (choice.Next(5) * 2) - 4;
        var key = prompt.Key ?? PlanDefaults.Key(prompt, choice);
        var moods = PlanDefaults.Moods(prompt, tone);
        var instruments = Instruments(prompt, genre);
        var title = TitleWriter.Given(request.Title) ?? prompt.Title ?? Title(prompt, tone, choice);

        var wanted = WantedSections(prompt, isInstrumental, totalMs);
        var lengths = SectionTiming.Fit(wanted.Select(section => section.Share).ToArray(), totalMs, PromptTempoAndKey.BarMs(bpm, prompt.Metre),
            asWritten: Math.Abs((wanted.Sum(section => section.Share) * 1000) - totalMs) < FittedWithinMs);
        var lines = isInstrumental
            ? wanted.Select(_ => (IReadOnlyList<string>)[]).ToArray()
            : new LyricWriter(prompt.Story, tone, title, prompt.Images, choice).Write(wanted.Select((section, at) => (section.Name, lengths[at])).ToArray());
        var tempo = SongDescription.Tempo(bpm);
        var plan = new CompositionPlan
        {
            Title = title,
            PositiveGlobalStyles = Styles([tempo, key, .. prompt.Metre == "4/4" ? [] : new[] { $"{prompt.Metre} time" }, .. GenreNames(prompt, genre), .. instruments, .. moods, .. prompt.Styles.Where(style => !isInstrumental || !PromptNegatives.IsVoice(style))]),
            NegativeGlobalStyles = Styles(isInstrumental ? ["vocals", .. prompt.Unwanted] : prompt.Unwanted),
            Sections = Sections(wanted, lengths, lines, instruments, !isInstrumental),
        };
        var sung = lines.SelectMany(section => section).ToArray();
        return new WrittenPlan(plan, new SongMetadata
        {
            Title = title,
            Description = SongDescription.Text(genre, moods, key, tempo, isInstrumental, prompt),
            Genres = GenreNames(prompt, genre),
            Moods = moods,
            Tags = Styles([.. instruments.Take(4), tempo, key, isInstrumental ? "instrumental" : "sung"]),
            Languages = isInstrumental || prompt.Story.Language == "und" ? [] : [prompt.Story.Language],
            IsExplicit = ExplicitWords.In(sung),
            Bpm = bpm,
            Key = key,
        });
    }

    private static string[] GenreNames(PromptReading prompt, GenreWord genre) =>
        prompt.Genres.Count > 0 ? prompt.Genres.Take(3).Select(named => named.Name).ToArray() : [genre.Name];

    private static string[] Instruments(PromptReading prompt, GenreWord genre)
    {
        // People who name one instrument mean a band round it; three or more are the band.
        var named = prompt.Instruments;
        var added = named.Count >= 3 ? [] : genre.Instruments.Where(instrument => !named.Any(name => instrument.Contains(name, StringComparison.OrdinalIgnoreCase)));
        return named.Concat(added)
            .Where(instrument => !prompt.Unwanted.Any(unwanted => WordSearch.Contains(instrument, unwanted)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MostInstruments)
            .ToArray();
    }

    private static IReadOnlyList<WantedSection> WantedSections(PromptReading prompt, bool isInstrumental, int totalMs)
    {
        if (prompt.Sections.Count > 0 && SectionTiming.Fits(prompt.Sections.Count, totalMs))
        {
            return prompt.Sections;
        }

        var form = isInstrumental && prompt.Form == SongForm.Song ? SongForm.Instrumental : prompt.Form;
        return SongForms.Sections(form, totalMs);
    }

    private static List<PlanSection> Sections(
        IReadOnlyList<WantedSection> wanted, IReadOnlyList<int> lengths, IReadOnlyList<IReadOnlyList<string>> lines, string[] instruments, bool isSung)
    {
        var before = new Dictionary<SectionRole, int>();
        var sections = new List<PlanSection>();
        for (var at = 0; at < wanted.Count; at++)
        {
            var role = SectionRoles.Of(wanted[at].Name);
            var again = before.GetValueOrDefault(role);
            before[role] = again + 1;
            var (positive, negative) = SectionStyles.Of(role, wanted[at].Direction, instruments, again, lines[at].Count > 0, isSung);
            sections.Add(new PlanSection
            {
                SectionName = wanted[at].Name,
                PositiveLocalStyles = Styles(positive),
                NegativeLocalStyles = Styles(negative),
                DurationMs = lengths[at],
                Lines = lines[at].Select(line => PlainText.Cut(line, PlanLimits.MaxLine)).ToArray(),
            });
        }

        return sections;
    }

    private static string Title(PromptReading prompt, LyricTone tone, SeededChoice choice) =>
        TitleWriter.Write(prompt.Story, prompt.Images.Count > 0 ? prompt.Images : LyricBank.Of(tone).Images, prompt.Form == SongForm.Spot, choice);

    private static string[] Styles(IEnumerable<string> styles) =>
        styles.Select(style => PlainText.Cut(PlainText.OneLine(style), PlanLimits.MaxStyle))
            .Where(style => style.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(PlanLimits.MaxStyles)
            .ToArray();
}
