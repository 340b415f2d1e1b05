using System.Globalization;
using System.Text.RegularExpressions;

namespace MusicRender.Engine.Prompting;

/// <summary>What a prompt says, whoever wrote it.</summary>
internal sealed partial record PromptReading
{
    internal int? LengthMs { get; private init; }

    internal double? Bpm { get; private init; }

    internal string? Key { get; private init; }

    internal string Metre { get; private init; } = "4/4";

    internal IReadOnlyList<GenreWord> Genres { get; private init; } = [];

    internal IReadOnlyList<string> Moods { get; private init; } = [];

    internal IReadOnlyList<string> Instruments { get; private init; } = [];

    /// <summary>Voice, groove and production, as written.</summary>
    internal IReadOnlyList<string> Styles { get; private init; } = [];

    internal IReadOnlyList<string> Unwanted { get; private init; } = [];

    internal bool IsInstrumental { get; private init; }

    internal SongForm Form { get; private init; }

    internal IReadOnlyList<WantedSection> Sections { get; private init; } = [];

    internal string? Title { get; private init; }

    /// <summary>What the words draw on: a quoted story, or what the prompt says it is about.</summary>
    internal Story Story { get; private init; } = Story.None;

    /// <summary>Images named for the lyrics when there is no story.</summary>
    internal IReadOnlyList<string> Images { get; private init; } = [];

    internal static PromptReading Read(string prompt)
    {
        var quoted = QuotedStory().Match(prompt);
        var head = quoted.Success ? prompt[..quoted.Index] : prompt;
        var labels = Labelled(head);
        // What a section does or what matters is not what the whole is: "no singing" in an intro.
        var plain = string.Join('\n', head.Split('\n').Where(line => LabelOf(line) is not ("structure" or "working title" or "how the story is used" or "what matters" or "the lyrics are about" or "pictures to have in mind")));
        var unwanted = PromptNegatives.Find(plain);
        var wanted = PromptNegatives.Without(plain);
        var opener = labels.Count > 2 ? wanted.Split('\n')[0] + " " + labels.GetValueOrDefault("mood") : wanted;
        var genres = FindGenres(opener);
        var images = (labels.GetValueOrDefault("the lyrics are about") ?? labels.GetValueOrDefault("pictures to have in mind") ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var sections = PromptSections.Find(labels.GetValueOrDefault("structure"), head);
        var story = Story.Read(quoted.Success ? quoted.Groups["story"].Value : labels.Count > 2 ? "" : PromptTheme.Find(prompt));
        var isInstrumental = IsWithoutVoice(wanted, unwanted, genres, sections, story, images, labels);
        return new PromptReading
        {
            LengthMs = PromptLength.Find(plain),
            Bpm = PromptTempoAndKey.Bpm(plain) ?? PromptTempoAndKey.BpmOfWords(opener),
            Key = PromptTempoAndKey.Key(plain),
            Metre = PromptTempoAndKey.Metre(plain),
            Genres = genres,
            Moods = WordSearch.Find(opener, MusicWords.Moods),
            Instruments = Items(labels, "instruments") is { Length: > 0 } listed ? listed : WordSearch.Find(wanted, MusicWords.Instruments),
            Styles = Items(labels, "vocals").Concat(Items(labels, "groove")).Concat(Items(labels, "sound")) is var styles && styles.Any()
                ? styles.ToArray()
                : WordSearch.Find(wanted, MusicWords.Production),
            Unwanted = unwanted,
            IsInstrumental = isInstrumental,
            Form = FormOf(wanted, genres, isInstrumental),
            Sections = sections,
            Title = TitleWriter.Given(labels.GetValueOrDefault("working title") ?? labels.GetValueOrDefault("title")),
            Story = story,
            Images = images,
        };
    }

    private static GenreWord[] FindGenres(string text) =>
        WordSearch.Find(text, MusicWords.Genres.Select(genre => genre.Name))
            .Select(name => MusicWords.Genres.First(genre => genre.Name == name))
            .ToArray();

    private static bool IsWithoutVoice(
        string wanted, IReadOnlyList<string> unwanted, GenreWord[] genres, IReadOnlyList<WantedSection> sections, Story story,
        string[] images, Dictionary<string, string> labels)
    {
        if (unwanted.Any(PromptNegatives.IsVoice) || Instrumental().IsMatch(wanted))
        {
            return true;
        }

        if (labels.ContainsKey("vocals") || Sung().IsMatch(wanted) || sections.Any(section => SectionRoles.Of(section.Name) is SectionRole.Verse or SectionRole.Chorus))
        {
            return false;
        }

        var forListening = Background().IsMatch(wanted) || (genres.Length > 0 && !genres.Any(genre => genre.Sung));
        return forListening || (genres.Length == 0 && story.IsEmpty && images.Length == 0 && WordSearch.Find(wanted, MusicWords.Instruments).Count > 0);
    }

    private static SongForm FormOf(string text, GenreWord[] genres, bool isInstrumental)
    {
        var form = Spot().IsMatch(text) ? SongForm.Spot
            : Still().IsMatch(text) ? SongForm.Still
            : Game().IsMatch(text) ? SongForm.Game
            : Background().IsMatch(text) ? SongForm.Loop
            : genres.Length > 0 ? genres[0].Form
            : SongForm.Song;
        return isInstrumental
            ? form == SongForm.Song ? SongForm.Instrumental : form
            : form == SongForm.Spot ? form : SongForm.Song;
    }

    private static Dictionary<string, string> Labelled(string head)
    {
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in head.Split('\n'))
        {
            if (LabelOf(line) is { } label)
            {
                labels.TryAdd(label, line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.'));
            }
        }

        return labels;
    }

    private static string? LabelOf(string line)
    {
        var label = Label().Match(line);
        return label.Success ? label.Groups["label"].Value.ToLower(CultureInfo.InvariantCulture) : null;
    }

    private static string[] Items(Dictionary<string, string> labels, string label) =>
        labels.TryGetValue(label, out var items)
            ? items.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];

    [GeneratedRegex("\\bThe story[^:\"\n]{0,40}:\\s*\"(?<story>.*?)\"?\\s*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex QuotedStory();

    [GeneratedRegex(@"^\s*(?<label>working title|title|instruments|groove|vocals|instrumental|structure|what matters|delivery|sound|mood|avoid|how the story is used|the lyrics are about|pictures to have in mind)\s*:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"(?<!\bnot )\binstrumental\b(?!\s+(?:intro|outro|break|bridge|solo|section|part|interlude|hook))|\bvoiceless\b|\bwordless\b(?! choir)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Instrumental();

    [GeneratedRegex(@"\b(?:vocals?|singer|sings?|sung|singing|song|lyrics?|ballad|rap|rapper|duet|anthem|lullaby|carol|jingle|sing-along)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sung();

    [GeneratedRegex(@"\b(?:jingle|advert(?:isement)?|ad|commercial|brand spot|radio spot|tv spot)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Spot();

    [GeneratedRegex(@"\b(?:meditat\w+|sleep\w*|yoga|breathing|drone|spa)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Still();

    [GeneratedRegex(@"\b(?:video ?game|game|boss|gaming|level|battle|chase|fight scene)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Game();

    [GeneratedRegex(@"\b(?:podcast|background|bed|voice-?over|loop|loopable|study|studying|beats?|soundtrack|score|underscore|theme music)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Background();
}
