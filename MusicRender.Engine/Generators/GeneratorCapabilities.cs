namespace MusicRender.Engine.Generators;

/// <summary>What a generator takes and gives.</summary>
public sealed record GeneratorCapabilities
{
    /// <summary>True when it makes music of a prompt alone; else the engine writes a plan first.</summary>
    public bool TakesPrompts { get; init; }

    /// <summary>True when it runs on this machine and costs nothing.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The values of <c>output_format</c> it can give, the default first.</summary>
    public required IReadOnlyList<string> OutputFormats { get; init; }

    /// <summary>Renders that may run at once.</summary>
    public required int MaxConcurrency { get; init; }

    /// <summary>What a minute of music costs, as far as known; null when it costs nothing.</summary>
    public GeneratorPrice? Price { get; init; }

    /// <summary>
    /// Of a generator that makes the same sound of the same plan and seed: the version of that sound, which is another one
    /// as soon as anything sounds another way. Else null.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>The values of <c>model_id</c> that it takes; null when it looks at none.</summary>
    public GeneratorModels? Models { get; init; }

    /// <summary>True when it takes custom style models (<c>finetune_id</c>).</summary>
    public bool TakesFinetunes { get; init; }
}

/// <summary>The models that a generator takes.</summary>
/// <param name="Example">One of them, for people.</param>
/// <param name="Has">True for the name of one.</param>
public sealed record GeneratorModels(string Example, Func<string, bool> Has);

/// <summary>The price of music: an estimate, set in the configuration.</summary>
/// <param name="CreditsPerMinute">The upstream's credits a minute of music.</param>
/// <param name="UsdPerMinute">US dollars a minute of music.</param>
public sealed record GeneratorPrice(int CreditsPerMinute, decimal UsdPerMinute)
{
    /// <summary>Credits of a length, rounded up.</summary>
    public int CreditsOf(int durationMs) => (int)Math.Ceiling(durationMs * (double)CreditsPerMinute / 60_000);

    /// <summary>US dollars of a length, rounded up to a cent.</summary>
    public decimal UsdOf(int durationMs) => Math.Ceiling(durationMs * UsdPerMinute / 600) / 100;
}
