using System.Text.Json;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Engine.Rendering;

/// <summary>Makes a plan of ours of what the upstream wrote: sections of chunks, directions apart from lyrics, exactly as long as asked for.</summary>
internal static class RemotePlan
{
    private const string NoVocals = "vocals";

    /// <summary>The plan, within <see cref="PlanLimits"/>; null when the answer is no plan, or none of this length can be made of it.</summary>
    /// <param name="json">The upstream's answer: chunks, or sections for <c>music_v1</c>.</param>
    /// <param name="title">The song's title.</param>
    /// <param name="totalMs">The length of all sections together, ms.</param>
    /// <param name="isInstrumental">True when nothing may be sung.</param>
    public static CompositionPlan? Read(JsonElement json, string title, int totalMs, bool isInstrumental)
    {
        if (PlanReader.Read(json).Composition is not { } composition || composition is PromptComposition)
        {
            return null;
        }

        var texts = composition is ChunkPlan chunks ? chunks.Chunks.Select(chunk => chunk.Text).ToArray() : null;
        var sections = PlanConversion.ToSections(composition);
        if (Lengths([.. sections.Sections.Select(section => section.DurationMs)], totalMs) is not { } lengths)
        {
            return null;
        }

        var plan = sections with
        {
            Title = title,
            NegativeGlobalStyles = isInstrumental ? Added(sections.NegativeGlobalStyles, [NoVocals]) : sections.NegativeGlobalStyles,
            Sections = [.. sections.Sections.Select((section, index) => Section(section, texts?[index] ?? string.Join('\n', section.Lines), lengths[index], isInstrumental))],
            Extra = Said(sections.Extra),
        };
        return PlanValidator.Check(plan).Count == 0 ? plan : null;
    }

    /// <summary>
    /// The section with its lyrics alone. What the text says beside them becomes local styles, so that it is neither sung nor
    /// lost when somebody edits the lines; that nobody sings is said by there being no lines.
    /// </summary>
    private static PlanSection Section(PlanSection section, string text, int lengthMs, bool isInstrumental)
    {
        var directions = Directions.In(text)
            .SelectMany(direction => direction.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(direction => !IsAboutSinging(direction));
        return section with
        {
            DurationMs = lengthMs,
            Lines = isInstrumental ? [] : Fitting(Directions.Without(section.Lines)),
            PositiveLocalStyles = Added(section.PositiveLocalStyles, directions),
            Extra = Said(section.Extra),
        };
    }

    private static bool IsAboutSinging(string direction) =>
        direction.Equals("instrumental", StringComparison.OrdinalIgnoreCase)
        || direction.StartsWith("no ", StringComparison.OrdinalIgnoreCase)
        || direction.StartsWith("without ", StringComparison.OrdinalIgnoreCase);

    /// <summary>Lines within the limits of a section: long ones are broken between words, and where there are too many, short ones go together.</summary>
    private static List<string> Fitting(IReadOnlyList<string> lines)
    {
        var fitting = lines.SelectMany(Broken).ToList();
        while (fitting.Count > PlanLimits.MaxLines)
        {
            var at = Enumerable.Range(0, fitting.Count - 1).MinBy(index => fitting[index].Length + fitting[index + 1].Length);
            fitting[at] = $"{fitting[at]} / {fitting[at + 1]}";
            fitting.RemoveAt(at + 1);
        }

        return fitting;
    }

    private static IEnumerable<string> Broken(string line)
    {
        for (var rest = line.Trim(); rest.Length > 0;)
        {
            var piece = PlainText.Cut(rest, PlanLimits.MaxLine);
            if (piece.Length == 0)
            {
                yield break;
            }

            yield return piece;
            rest = rest[piece.Length..].TrimStart();
        }
    }

    private static int[]? Lengths(int[] lengths, int totalMs)
    {
        var missing = totalMs - lengths.Sum();
        if (missing == 0)
        {
            return lengths;
        }

        if (!SectionTiming.Fits(lengths.Length, totalMs))
        {
            return null;
        }

        // A little more or less goes to the last section, where a fade hides it, and leaves the others on their bars.
        var last = lengths[^1] + missing;
        return Math.Abs((long)missing) * 3 <= lengths[^1] && last is >= PlanLimits.MinSectionMs and <= PlanLimits.MaxSectionMs
            ? [.. lengths[..^1], last]
            : SectionTiming.Proportional([.. lengths.Select(length => (double)length)], totalMs);
    }

    private static IReadOnlyList<string> Added(IReadOnlyList<string> styles, IEnumerable<string> more) =>
        [.. styles.Concat(more.Where(style => style.Length <= PlanLimits.MaxStyle && !styles.Contains(style, StringComparer.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase)).Take(Math.Max(styles.Count, PlanLimits.MaxStyles))];

    /// <summary>Fields that say nothing are left out: they would only stand in people's way.</summary>
    private static ExtraFields Said(ExtraFields extra) =>
        extra.Any(field => field.Value.ValueKind == JsonValueKind.Null) ? ExtraFields.Of(extra.Where(field => field.Value.ValueKind != JsonValueKind.Null)) : extra;
}
