namespace MusicRender.Engine.Prompting;

/// <summary>One choice on a card of the studio: what every kind of preset has in common.</summary>
public abstract record Preset
{
    private protected Preset()
    {
    }

    /// <summary>The identifier of the wire contract, snake_case.</summary>
    public required string Id { get; init; }

    /// <summary>The name on the card.</summary>
    public string Label => PresetTexts.Of(Id, nameof(Label));

    /// <summary>One line under the name.</summary>
    public string Summary => PresetTexts.Of(Id, nameof(Summary));

    /// <summary>What choosing it does to the music, two or three sentences.</summary>
    public string WhatItDoes => PresetTexts.Of(Id, nameof(WhatItDoes));

    /// <summary>When it is the right choice, one or two sentences.</summary>
    public string WhenToTakeIt => PresetTexts.Of(Id, nameof(WhenToTakeIt));

    /// <summary>Its shape, mood or manner in a few words, to stand beside its figures.</summary>
    public string Figures => PresetTexts.Of(Id, nameof(Figures));

    /// <summary>True for the one to take when in doubt.</summary>
    public bool IsRecommended { get; init; }
}

/// <summary>What the music is for: its length, its sections and whether it is sung.</summary>
public sealed record ProjectBlueprint : Preset
{
    /// <summary>The length of the finished track, ms.</summary>
    public required int DefaultLengthMs { get; init; }

    /// <summary>True when music of this kind is never sung.</summary>
    public bool IsInstrumental { get; init; }

    /// <summary>The heading above the story field.</summary>
    public string StoryHeading => PresetTexts.Of(Id, nameof(StoryHeading));

    /// <summary>One sentence that says what to write.</summary>
    public string StoryHint => PresetTexts.Of(Id, nameof(StoryHint));

    /// <summary>A story as somebody might write it.</summary>
    public string StoryExample => PresetTexts.Of(Id, nameof(StoryExample));

    /// <summary>Exactly four tips for a useful story.</summary>
    public IReadOnlyList<string> StoryTips => [.. Enumerable.Range(1, 4).Select(tip => PresetTexts.Of(Id, $"Tip{tip}"))];

    /// <summary>How the story will be used: as lyrics, or as mood where nothing is ever sung.</summary>
    public string StoryUse => PresetTexts.Of(Id, nameof(StoryUse));

    /// <summary>How the story will be used when nothing is sung.</summary>
    public string MoodUse => PresetTexts.Of(Id, nameof(MoodUse));

    /// <summary>The sections in playing order, at most 30.</summary>
    public required IReadOnlyList<SectionOutline> Sections { get; init; }

    /// <summary>What the music is, as the prompt says it: "radio spot for a brand".</summary>
    public required string Kind { get; init; }

    /// <summary>What a listener must hear whatever the sound: a hook at once, a seamless loop, …</summary>
    public required IReadOnlyList<string> Demands { get; init; }
}

/// <summary>One section of a blueprint.</summary>
/// <param name="Name">"Verse 1", "Drop", …</param>
/// <param name="Seconds">Its share of <see cref="ProjectBlueprint.DefaultLengthMs"/>, s; a tempo moves it to whole bars.</param>
/// <param name="Direction">What happens in it, a few words.</param>
/// <param name="WithoutVoice">What happens instead when nobody sings, or null for the same.</param>
public sealed record SectionOutline(string Name, int Seconds, string Direction, string? WithoutVoice = null);

/// <summary>What the music sounds like: genre, tempo, instruments and mood.</summary>
public sealed record SoundProfile : Preset
{
    /// <summary>Slowest tempo, beats a minute.</summary>
    public required int MinBpm { get; init; }

    /// <summary>Fastest tempo, beats a minute.</summary>
    public required int MaxBpm { get; init; }

    /// <summary>Its mood in one or two words.</summary>
    public required string Mood { get; init; }

    /// <summary>Genres, foremost first.</summary>
    public required IReadOnlyList<string> Genres { get; init; }

    /// <summary>Keys that suit it ("E major").</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Moods, foremost first.</summary>
    public required IReadOnlyList<string> Moods { get; init; }

    /// <summary>The instruments that make the sound; always there.</summary>
    public required IReadOnlyList<string> CoreInstruments { get; init; }

    /// <summary>Instruments of which a track takes two or three.</summary>
    public required IReadOnlyList<string> ColourInstruments { get; init; }

    /// <summary>Instruments that carry the melody when nobody sings.</summary>
    public required IReadOnlyList<string> Leads { get; init; }

    /// <summary>How the rhythm feels: "swung eighths, a little behind the beat".</summary>
    public required string Groove { get; init; }

    /// <summary>How it is produced.</summary>
    public required IReadOnlyList<string> Textures { get; init; }

    /// <summary>Voices that suit it.</summary>
    public required IReadOnlyList<string> Voices { get; init; }

    /// <summary>Images for lyrics and titles when there is no story, each a noun phrase with its article.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>What would spoil it.</summary>
    public required IReadOnlyList<string> Unwanted { get; init; }
}

/// <summary>How the track is made: how much freedom, how polished, how dry.</summary>
public sealed record DeliveryControl : Preset
{
    /// <summary>How much is left to the generator: 1, the plan is the law, to 5, the plan is a sketch.</summary>
    public required int Freedom { get; init; }

    /// <summary>Sentences of the prompt that say how to play, record and mix; a track takes them all.</summary>
    public required IReadOnlyList<string> Directions { get; init; }

    /// <summary>Styles for the plan.</summary>
    public required IReadOnlyList<string> Styles { get; init; }

    /// <summary>What would spoil it.</summary>
    public required IReadOnlyList<string> Unwanted { get; init; }
}

/// <summary>Three presets in one click.</summary>
public sealed record QuickStart
{
    /// <summary>Its identifier, snake_case.</summary>
    public required string Id { get; init; }

    /// <summary>The name on its button.</summary>
    public string Name => PresetTexts.Of(Id, nameof(Name));

    /// <summary>Identifier of the <see cref="ProjectBlueprint"/>.</summary>
    public required string Blueprint { get; init; }

    /// <summary>Identifier of the <see cref="SoundProfile"/>.</summary>
    public required string Sound { get; init; }

    /// <summary>Identifier of the <see cref="DeliveryControl"/>.</summary>
    public required string Delivery { get; init; }

    /// <summary>One line under the name.</summary>
    public string Summary => PresetTexts.Of(Id, nameof(Summary));

    /// <summary>A story that suits it, or null to take the blueprint's.</summary>
    public string? StoryExample => PresetTexts.Find(Id, nameof(StoryExample));
}
