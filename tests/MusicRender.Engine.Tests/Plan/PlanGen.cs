using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Tests.Plan;

/// <summary>Random compositions within the limits, with everything that JSON and Unicode allow.</summary>
internal static class PlanGen
{
    /// <summary>Names that the other shape uses, so that extra fields collide on conversion.</summary>
    private static readonly string[] NamesOfOtherShapes =
        ["text", "positive_styles", "negative_styles", "context_adherence", "section_name", "lines", "positive_local_styles", "negative_local_styles", "positive_global_styles", "negative_global_styles", "source_from", "extra", "", "a.b", "x[0]"];

    private static readonly string[] Fragments =
    [
        "love", "140 bpm", " ", "  ", "\n", "\r\n", "\t", "[", "]", "[Chorus]", "[]", "{", "}", "\"", "\\", "/", "'", "\u007f",
        "\u2028", "\u202e", "\u200d", "\ufeff", "z\u0301", "été", "привет", "祖母は駅", "שלום", "مرحبا", "नमस्ते", "สวัสดี", "😀", "𝄞", "👨‍👩‍👧", "𠮷", "\uffff", "&amp;", "<b>", "%00", "../",
    ];

    private static readonly Gen<string> Fragment = Gen.Frequency(
        (6, OneOf(Fragments)),
        (2, Gen.Char['a', 'z'].Select(letter => letter.ToString())),
        (1, Gen.Int[0, 0x10F7FF].Select(value => ControlCharacters.Without(new Rune(value < 0xD800 ? value : value + 0x800).ToString()))));

    private static readonly Gen<string> Json = JsonOf(3);

    /// <summary>Any Unicode text without control characters of up to so many UTF-16 units, no surrogate pair cut in half.</summary>
    public static Gen<string> Text(int longest) => Gen.Frequency(
        (30, Fragment.Array[0, 8].Select(parts => Cut(string.Concat(parts), longest))),
        (1, Gen.Char['a', 'z'].Select(letter => new string(letter, longest))),
        (1, Fragment.Array[longest / 4, longest].Select(parts => Cut(string.Concat(parts), longest))));

    public static readonly Gen<CompositionPlan> Sections = Gen.Select(Title, Styles(6), Styles(6), Section.Array[1, 5], Extra()).Select(
        (title, positive, negative, sections, extra) => new CompositionPlan
        {
            Title = title,
            PositiveGlobalStyles = positive,
            NegativeGlobalStyles = negative,
            Sections = [.. Shared(sections, positive)],
            Extra = extra,
        });

    public static readonly Gen<ChunkPlan> Chunks = Gen.Select(Title, Styles(4), Chunk.Array[1, 5], Extra("positive_global_styles", "negative_global_styles", "lines")).Select(
        (title, shared, chunks, extra) => new ChunkPlan
        {
            Title = title,
            Chunks = [.. chunks.Select(chunk => chunk with { PositiveStyles = [.. shared.Concat(chunk.PositiveStyles).Take(PlanLimits.MaxStyles)] })],
            Extra = extra,
        });

    public static readonly Gen<PromptComposition> Prompts = Gen.Select(Title, Named(PlanLimits.MaxPrompt), Gen.Int[PlanLimits.MinTotalMs, PlanLimits.MaxTotalMs].Nullable(), Gen.Bool, Extra()).Select(
        (title, prompt, length, isInstrumental, extra) => new PromptComposition { Title = title, Prompt = prompt, MusicLengthMs = length, ForceInstrumental = isInstrumental, Extra = extra });

    public static readonly Gen<Composition> Any = Gen.OneOf(Sections.Select(plan => (Composition)plan), Chunks.Select(plan => (Composition)plan), Prompts.Select(plan => (Composition)plan));

    /// <summary>JSON text of any kind, sometimes with the names of plans.</summary>
    public static Gen<string> AnyJson { get; } = JsonOf(5);

    /// <summary>As large as plans get: 50 global and 50 local styles, 30 lines of 200 characters.</summary>
    public static CompositionPlan Largest() => new()
    {
        Title = new string('T', PlanLimits.MaxTitle),
        PositiveGlobalStyles = Numbered("global", PlanLimits.MaxStyles),
        NegativeGlobalStyles = Numbered("no global", PlanLimits.MaxStyles),
        Sections =
        [
            .. Enumerable.Range(0, PlanLimits.MaxSections).Select(section => new PlanSection
            {
                SectionName = new string('N', PlanLimits.MaxSectionName),
                PositiveLocalStyles = Numbered($"local {section}", PlanLimits.MaxStyles),
                NegativeLocalStyles = Numbered($"no local {section}", PlanLimits.MaxStyles),
                DurationMs = PlanLimits.MaxTotalMs / PlanLimits.MaxSections,
                Lines = [.. Enumerable.Range(0, PlanLimits.MaxLines).Select(line => $"{section}.{line} ".PadRight(PlanLimits.MaxLine, 'x'))],
            }),
        ],
    };

    private static Gen<string?> Title => Gen.OneOf(Gen.Const((string?)null), Text(PlanLimits.MaxTitle).Select(text => (string?)text));

    private static Gen<int> Duration => Gen.OneOf(Gen.Int[PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs], OneOf(PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs));

    private static Gen<PlanSection> Section => Gen.Select(Named(PlanLimits.MaxSectionName), Styles(4), Styles(4), Duration, Text(PlanLimits.MaxLine).Array[0, 5], Extra("section_name", "positive_local_styles", "negative_local_styles", "lines")).Select(
        (name, positive, negative, duration, lines, extra) => new PlanSection
        {
            SectionName = name,
            PositiveLocalStyles = positive,
            NegativeLocalStyles = negative,
            DurationMs = duration,
            Lines = lines,
            Extra = extra,
        });

    private static Gen<PlanChunk> Chunk => Gen.Select(Text(600), Styles(4), Styles(4), Duration, Gen.OneOf(Gen.Const((string?)null), Gen.Const((string?)"high"), Text(20).Select(text => (string?)text)), Extra("text", "positive_styles", "negative_styles", "context_adherence")).Select(
        (text, positive, negative, duration, adherence, extra) => new PlanChunk
        {
            Text = text,
            PositiveStyles = positive,
            NegativeStyles = negative,
            DurationMs = duration,
            ContextAdherence = adherence,
            Extra = extra,
        });

    private static Gen<string> Named(int longest) => Text(longest - 1).Select(text => string.IsNullOrWhiteSpace(text) ? "V" + text : text);

    private static Gen<string[]> Styles(int most) => Gen.OneOf(
        OneOf("warm", "140 bpm", "no drums", "lo-fi", "piano").Array[0, most],
        Text(60).Array[0, most],
        Gen.Int[0, PlanLimits.MaxStyles].Select(count => Numbered("s", count)));

    private static IEnumerable<PlanSection> Shared(PlanSection[] sections, string[] globals) =>
        sections.Select((section, index) => index % 2 == 0 ? section : section with { PositiveLocalStyles = [.. globals.Take(2), .. section.PositiveLocalStyles.Take(20), .. globals.Take(1)] });

    private static Gen<ExtraFields> Extra(params string[] own) =>
        Gen.Select(Gen.OneOf(OneOf(NamesOfOtherShapes), Text(20).Select(name => "x" + name)), Json)
            .Array[0, 3]
            .Select(pairs => ExtraFields.Of(pairs.DistinctBy(pair => pair.Item1).Where(pair => !own.Contains(pair.Item1) && !IsOfPlans(pair.Item1, own)).Select(pair => KeyValuePair.Create(pair.Item1, JsonElement.Parse(pair.Item2)))));

    /// <summary>Plans themselves (called without names of their own) use these.</summary>
    private static bool IsOfPlans(string name, string[] own) =>
        own.Length is 0 && name is "positive_global_styles" or "negative_global_styles";

    private static Gen<string> JsonOf(int depth)
    {
        var plain = Gen.OneOf(
            OneOf("null", "true", "false", "0", "-0", "1.50", "1e400", "-1E-7", "30000", "30000.0", "123456789012345678901234567890", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "[]", "{}"),
            Gen.Int.Select(number => number.ToString(CultureInfo.InvariantCulture)),
            Text(30).Select(text => JsonSerializer.Serialize(text)));
        if (depth == 0)
        {
            return plain;
        }

        var deeper = JsonOf(depth - 1);
        var name = Gen.OneOf(OneOf("sections", "chunks", "prompt", "title", "lines", "duration_ms", "section_name", "text", "composition_plan", "seed", "positive_global_styles"), Text(10));
        return Gen.Frequency(
            (4, plain),
            (1, deeper.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
            (2, Gen.Select(name, deeper).Array[0, 4].Select(pairs => $"{{{string.Join(',', pairs.DistinctBy(pair => pair.Item1).Select(pair => $"{JsonSerializer.Serialize(pair.Item1)}:{pair.Item2}"))}}}")));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static string[] Numbered(string word, int count) => [.. Enumerable.Range(1, count).Select(number => $"{word} {number}")];

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }
}
