using System.Globalization;
using System.Text.RegularExpressions;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>The fields whose texts a browser keeps until they are saved, by the names that both sides know them by. A section is named by its id.</summary>
internal static partial class TypedFields
{
    /// <summary>The story.</summary>
    public const string Story = "story";

    /// <summary>The prompt.</summary>
    public const string Prompt = "prompt";

    /// <summary>The title.</summary>
    public const string Title = "title";

    /// <summary>The description.</summary>
    public const string Description = "description";

    /// <summary>The seed.</summary>
    public const string Seed = "seed";

    /// <summary>The plan as JSON.</summary>
    public const string Json = "json";

    /// <summary>A style on its way to those wanted everywhere.</summary>
    public const string Wanted = "positive_global_styles";

    /// <summary>A style on its way to those unwanted everywhere.</summary>
    public const string Unwanted = "negative_global_styles";

    private const double MostSeconds = 100_000;
    private const string Name = "section_name";
    private const string Length = "duration_ms";
    private const string Lines = "lines";
    private const string WantedHere = "positive_local_styles";
    private const string UnwantedHere = "negative_local_styles";

    /// <summary>A section's name.</summary>
    public static string NameOf(string sectionId) => In(sectionId, Name);

    /// <summary>A section's length, s.</summary>
    public static string LengthOf(string sectionId) => In(sectionId, Length);

    /// <summary>A section's lyric lines.</summary>
    public static string LinesOf(string sectionId) => In(sectionId, Lines);

    /// <summary>A style on its way to those wanted in a section.</summary>
    public static string WantedIn(string sectionId) => In(sectionId, WantedHere);

    /// <summary>A style on its way to those unwanted in a section.</summary>
    public static string UnwantedIn(string sectionId) => In(sectionId, UnwantedHere);

    /// <summary>The id of the section that a field belongs to, or null.</summary>
    public static string? SectionOf(string field) => SectionField().Match(field) is { Success: true } match ? match.Groups["id"].Value : null;

    /// <summary>What people call a field; null for a name that is none.</summary>
    public static string? LabelOf(string field) => Kind(field) switch
    {
        Story => StoryTexts.Label,
        Prompt => PlanTexts.Prompt,
        Title => PlanTexts.Title,
        Description => TimelineTexts.Description,
        Seed => TimelineTexts.Seed,
        Json => PlanTexts.Json,
        Wanted => TimelineTexts.WholeWanted,
        Unwanted => TimelineTexts.WholeUnwanted,
        Name => TimelineTexts.Name,
        Length => TimelineTexts.Length,
        Lines => TimelineTexts.Lines,
        WantedHere => TimelineTexts.Wanted,
        UnwantedHere => TimelineTexts.Unwanted,
        _ => null,
    };

    /// <summary>True for a text that becomes part of the draft only when it is finished: half a style.</summary>
    public static bool IsUnfinished(string field) => Kind(field) is Wanted or Unwanted or WantedHere or UnwantedHere;

    /// <summary>The text of a field as it stands by now; null when it is gone, or was never part of the draft.</summary>
    public static string? Read(ComposeSession session, string field)
    {
        var (draft, plan) = (session.Draft, session.Plan);
        var section = SectionOf(field) is { } id ? plan.Plan?.Sections.ElementAtOrDefault(plan.IndexOf(id)) : null;
        return Kind(field) switch
        {
            Story => draft.Story,
            Prompt => draft.Prompt,
            Title => draft.Title,
            Description => draft.Description,
            Seed => draft.Seed?.ToString(CultureInfo.InvariantCulture) ?? "",
            Json => plan.Json,
            Name => section?.SectionName,
            Length => section is null ? null : SecondsOf(section.DurationMs),
            Lines => section is null ? null : string.Join('\n', section.Lines),
            _ => null,
        };
    }

    /// <summary>Puts a text into a field; nothing changes when it stands there.</summary>
    /// <returns>False when the text has no place: its section is gone, the plan waits for its JSON to be mended, or the field does not take it.</returns>
    public static bool Write(ComposeSession session, string field, string text)
    {
        var plan = session.Plan;
        switch (Kind(field))
        {
            case Story:
                session.Update(draft => draft with { Story = text });
                return true;
            case Prompt:
                session.Update(draft => draft with { Prompt = text });
                return true;
            case Title:
                session.Update(draft => draft with { Title = text });
                return session.Draft.Title == text;
            case Description:
                session.Update(draft => draft with { Description = text });
                return true;
            case Seed when text.Length == 0:
                session.Update(draft => draft with { Seed = null });
                return true;
            case Seed when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                session.Update(draft => draft with { Seed = seed });
                return true;
            case Json when text.Length <= PlanText.MaxLength:
                plan.SetJson(text);
                return true;
            case Wanted when plan is { Plan: { } whole, IsUnreadable: false }:
                plan.SetGlobalWanted(With(whole.PositiveGlobalStyles, text));
                return true;
            case Unwanted when plan is { Plan: { } whole, IsUnreadable: false }:
                plan.SetGlobalUnwanted(With(whole.NegativeGlobalStyles, text));
                return true;
            default:
                return WriteSection(plan, field, text);
        }
    }

    /// <summary>The lyric lines of a text: empty ones are none.</summary>
    public static IReadOnlyList<string> ParseLines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The milliseconds of a number of seconds as typed; null when it is none.</summary>
    public static int? ParseSeconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? (int)Math.Round(Math.Min(seconds, MostSeconds) * 1000) : null;

    /// <summary>Milliseconds as a number of seconds to type.</summary>
    public static string SecondsOf(int milliseconds) => (milliseconds / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Styles, and those of a text with commas that are not among them.</summary>
    public static IReadOnlyList<string> With(IReadOnlyList<string> styles, string text)
    {
        string[] added = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Except(styles, StringComparer.OrdinalIgnoreCase)];
        return added.Length == 0 ? styles : [.. styles, .. added];
    }

    private static bool WriteSection(PlanEditor plan, string field, string text)
    {
        var at = plan.IndexOf(SectionOf(field));
        if (at < 0 || plan.IsUnreadable || plan.Plan?.Sections[at] is not { } section)
        {
            return false;
        }

        switch (Kind(field))
        {
            case Name when text != section.SectionName:
                plan.Rename(at, text);
                break;
            case Length when text != SecondsOf(section.DurationMs):
                if (ParseSeconds(text) is not { } length)
                {
                    return false;
                }

                plan.SetLength(at, length);
                break;
            case Lines when !ParseLines(text).SequenceEqual(section.Lines):
                plan.SetLines(at, ParseLines(text));
                break;
            case WantedHere:
                plan.SetWanted(at, With(section.PositiveLocalStyles, text));
                break;
            case UnwantedHere:
                plan.SetUnwanted(at, With(section.NegativeLocalStyles, text));
                break;
        }

        return LabelOf(field) is not null;
    }

    private static string In(string sectionId, string field) => $"sections[{sectionId}].{field}";

    private static string Kind(string field) => SectionField().Match(field) is { Success: true } match ? match.Groups["field"].Value : field;

    [GeneratedRegex(@"^sections\[(?<id>[a-z0-9.]{1,24})\]\.(?<field>\w+)\z")]
    private static partial Regex SectionField();
}
