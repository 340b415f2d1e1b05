using System.Globalization;
using System.Text;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Prompting;

/// <summary>
/// MusicRender's own prompt writer: no model, no network. The same request gives the same prompt. Each paragraph begins
/// with a label, by which <see cref="OwnPlanWriter"/> finds it again; the story stands last.
/// </summary>
public sealed class PresetPromptWriter : IPromptWriter
{
    /// <summary>A story shorter than this is always quoted whole.</summary>
    private const int LeastStory = 400;

    /// <inheritdoc/>
    public Task<WrittenPrompt> WriteAsync(PromptRequest request, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var problems = PromptRules.Check(request);
        if (problems.Count > 0
            || !Presets.TryFindBlueprint(request.ProjectBlueprint, out var blueprint)
            || !Presets.TryFindSound(request.SoundProfile, out var sound)
            || !Presets.TryFindDelivery(request.DeliveryAndControl, out var delivery))
        {
            throw new ArgumentException(string.Join(" ", problems), nameof(request));
        }

        var story = Story.Read(request.UserNarrative);
        var choice = SeededChoice.From(blueprint.Id, sound.Id, delivery.Id, request.InstrumentalOnly ? "i" : "s", story.Text);
        var isInstrumental = request.InstrumentalOnly || blueprint.IsInstrumental;
        var moods = choice.Some(sound.Moods, 2);
        var genre = choice.Pick(sound.Genres);
        var images = story.IsEmpty ? choice.Shuffle(sound.Images).Take(3).ToArray() : [];
        var title = TitleWriter.Write(story, images, blueprint.Id == "ad_brand_fast_hook", choice);

        var head = Head(blueprint, sound, delivery, choice, genre, moods, isInstrumental, title);
        var tail = Tail(story, images, isInstrumental, PlanLimits.MaxPrompt - head.Length);
        return Task.FromResult(new WrittenPrompt(
            head + tail, title, Description(blueprint, genre, moods, isInstrumental, story, images)));
    }

    private static string Head(
        ProjectBlueprint blueprint, SoundProfile sound, DeliveryControl delivery, SeededChoice choice, string genre,
        IReadOnlyList<string> moods, bool isInstrumental, string title)
    {
        var bpm = PresetTempo.Choose(blueprint, sound, choice);
        var key = choice.Pick(sound.Keys);
        var length = LengthInWords(blueprint.DefaultLengthMs);
        var kind = $"{(isInstrumental ? "instrumental " : "")}{genre} {blueprint.Kind}";
        var lead = choice.Pick(sound.Leads);
        var instruments = Instruments(blueprint, sound, isInstrumental ? lead : null, choice);
        var isStill = blueprint.Id == "meditation_sleep";
        var mood = PlainText.List(moods);
        var prompt = new StringBuilder();
        Line(prompt, choice.Next(3) switch
        {
            0 => $"{PlainText.StartLarge(PlainText.Article(length))} {length} {kind} in {key} at {bpm} bpm, 4/4, {mood}.",
            1 => $"{PlainText.StartLarge(mood)}: {PlainText.Article(length)} {length} {kind} at {bpm} bpm in {key}, 4/4.",
            _ => $"{PlainText.StartLarge(PlainText.Article(kind))} {kind}, {length.Replace("-second", " seconds", StringComparison.Ordinal).Replace("-minute", " minutes", StringComparison.Ordinal)} long, {bpm} bpm, {key}, 4/4. The mood is {mood}.",
        });
        Line(prompt, $"Working title: {title}");
        Line(prompt, $"Instruments: {string.Join(", ", instruments)}.");
        Line(prompt, $"Groove: {(isStill ? "a slow pulse, felt more than heard" : sound.Groove)}.");
        Line(prompt, isInstrumental
            ? $"Instrumental: no vocals at any point; the {lead} carries the melody."
            : $"Vocals: {choice.Pick(sound.Voices)}.");
        Line(prompt, $"Structure: {Structure(blueprint, bpm, isInstrumental)}.");
        Line(prompt, $"What matters: {string.Join(' ', blueprint.Demands.Where(demand => !isInstrumental || !SpeaksOfWords(demand)))}");
        Line(prompt, $"Delivery: {string.Join(' ', delivery.Directions)}");
        Line(prompt, $"Sound: {string.Join(", ", choice.Some(sound.Textures, 2).Concat(delivery.Styles).Distinct())}.");
        Line(prompt, $"Avoid: {string.Join(", ", sound.Unwanted.Concat(delivery.Unwanted).Concat(isStill ? ["drum beat", "sudden changes"] : []))}.");
        return prompt.ToString();
    }

    private static string[] Instruments(ProjectBlueprint blueprint, SoundProfile sound, string? lead, SeededChoice choice)
    {
        var colours = choice.Some(sound.ColourInstruments, 2 + choice.Next(2));
        var all = sound.CoreInstruments.Concat(colours).Concat(lead is null ? [] : [lead]).Distinct();
        // Still music takes the sound's colours without its beat.
        return blueprint.Id == "meditation_sleep"
            ? all.Where(instrument => !InstrumentKinds.IsPercussive(instrument)).Append("soft sustained pads").ToArray()
            : all.ToArray();
    }

    private static void Line(StringBuilder prompt, string text) => prompt.Append(text).Append('\n');

    private static bool SpeaksOfWords(string demand) =>
        demand.Contains("words", StringComparison.Ordinal) || demand.Contains("sing", StringComparison.Ordinal);

    private static string Structure(ProjectBlueprint blueprint, int bpm, bool isInstrumental)
    {
        var lengths = SectionTiming.Fit(
            blueprint.Sections.Select(section => (double)section.Seconds).ToArray(), blueprint.DefaultLengthMs, 240_000.0 / bpm);
        return string.Join("; ", blueprint.Sections.Select((section, at) =>
        {
            var seconds = (lengths[at] / 1000.0).ToString("0.#", CultureInfo.InvariantCulture);
            var direction = isInstrumental ? section.WithoutVoice ?? section.Direction : section.Direction;
            return $"{section.Name} ({seconds} s): {direction}";
        }));
    }

    private static string Tail(Story story, string[] images, bool isInstrumental, int room)
    {
        if (story.IsEmpty)
        {
            return isInstrumental
                ? $"Pictures to have in mind: {string.Join("; ", images)}."
                : $"The lyrics are about: {string.Join("; ", images)}.";
        }

        var use = isInstrumental
            ? "How the story is used: nothing is sung; it sets the mood, the pace and the colours."
            : story.IsEnglish
                ? "How the story is used: the verses sing its names, images and short sentences; the chorus keeps the one that matters most."
                : "How the story is used: its own phrases are the lyrics, in its own language.";
        var quoted = story.Text.Replace('"', '\'');
        var space = room - use.Length - "\nThe story: \"\"".Length;
        return $"{use}\nThe story: \"{Story.Read(quoted).Condensed(Math.Max(space, LeastStory))}\"";
    }

    private static string LengthInWords(int lengthMs) =>
        lengthMs % 60_000 == 0 && lengthMs > 60_000
            ? string.Create(CultureInfo.InvariantCulture, $"{lengthMs / 60_000}-minute")
            : string.Create(CultureInfo.InvariantCulture, $"{lengthMs / 1000}-second");

    private static string Description(
        ProjectBlueprint blueprint, string genre, IReadOnlyList<string> moods, bool isInstrumental, Story story, string[] images)
    {
        // Without its length: that may change in the plan, and the description stays with the track.
        var kind = $"{(isInstrumental ? "instrumental " : "")}{genre} {blueprint.Kind}";
        var what = $"{PlainText.StartLarge(PlainText.Article(kind))} {kind}, {PlainText.List(moods)}";
        var subjects = story.IsEmpty
            ? images.Take(2).ToArray()
            : [.. story.Names.Take(1), .. story.Images.Where(image => !story.Names.Any(name => image.Contains(name, StringComparison.Ordinal))).Take(2)];
        return (subjects.Length, isInstrumental) switch
        {
            (0, _) when story.IsEmpty => $"{what}.",
            (0, true) => $"{what}. It keeps to the mood of your story.",
            (0, false) => $"{what}. The words come from your story.",
            (_, true) => $"{what}, with {PlainText.List(subjects)} in mind.",
            _ => $"{what}. It sings of {PlainText.List(subjects)}.",
        };
    }
}
