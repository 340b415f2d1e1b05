using System.Text.Json.Serialization;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>One entry of a render's log. The same for every watcher.</summary>
[GenerateSerializer, Immutable]
[JsonDerivedType(typeof(ProgressEvent), "progress"), JsonDerivedType(typeof(ResultEvent), "result"), JsonDerivedType(typeof(ErrorEvent), "error")]
public abstract record RenderEvent
{
    private protected RenderEvent()
    {
    }

    /// <summary>1, 2, 3, … without a gap.</summary>
    [Id(0)]
    public required long Sequence { get; init; }

    /// <summary>When it happened, UTC.</summary>
    [Id(1)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>True for the last event of a render: a result or a failure.</summary>
    [JsonIgnore]
    public bool IsTerminal => this is not ProgressEvent;
}

/// <summary>How far the render is.</summary>
[GenerateSerializer, Immutable]
public sealed record ProgressEvent : RenderEvent
{
    /// <summary>The stage.</summary>
    [Id(0)]
    public required RenderStage Stage { get; init; }

    /// <summary>0–100, never lower than the one before.</summary>
    [Id(1)]
    public required int Percent { get; init; }

    /// <summary>What is going on, in words.</summary>
    [Id(2)]
    public required string Message { get; init; }

    /// <summary>1 for the next in line, while the render waits for a slot; else null.</summary>
    [Id(3)]
    public int? QueuePosition { get; init; }

    /// <summary>True as soon as the first audio can be played.</summary>
    [Id(4)]
    public bool IsPlayable { get; init; }

    /// <summary>Seconds until the render is done, as its last ones took; null while that is not known.</summary>
    [Id(5)]
    public int? EtaSeconds { get; init; }

    /// <summary>The same at another time; null when it has taken longer than it should.</summary>
    public int? EtaAt(DateTimeOffset now) => EtaSeconds - (int)Math.Max(0, (now - Timestamp).TotalSeconds) is > 0 and var left ? left : null;
}

/// <summary>The render succeeded.</summary>
[GenerateSerializer, Immutable]
public sealed record ResultEvent : RenderEvent
{
    /// <summary>What was made.</summary>
    [Id(0)]
    public required RenderResult Result { get; init; }
}

/// <summary>The render failed or was cancelled.</summary>
[GenerateSerializer, Immutable]
public sealed record ErrorEvent : RenderEvent
{
    /// <summary>Why.</summary>
    [Id(0)]
    public required RenderFailure Failure { get; init; }
}
