namespace MusicRender.Engine.Plan;

/// <summary>What a request may ask for beside its composition. Null means: as configured.</summary>
public sealed record RenderOptions
{
    /// <summary>A custom style model's strength is more than this.</summary>
    public const int FinetuneStrengthAbove = 0;

    /// <summary>A custom style model's greatest strength.</summary>
    public const int MaxFinetuneStrength = 2;

    /// <summary>The generator's name, or null for the configured one.</summary>
    public string? Generator { get; init; }

    /// <summary>0 to <see cref="PlanLimits.MaxSeed"/>, or null for a random one.</summary>
    public int? Seed { get; init; }

    /// <summary>For example <c>mp3_44100_192</c>, or null or <c>auto</c> for the generator's first.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>The upstream's model.</summary>
    public string? ModelId { get; init; }

    /// <summary>Upstream: keep the song for inpainting.</summary>
    public bool? StoreForInpainting { get; init; }

    /// <summary>Upstream: word timings wanted.</summary>
    public bool? WithTimestamps { get; init; }

    /// <summary>Upstream: sign the file.</summary>
    public bool? SignWithC2pa { get; init; }

    /// <summary>Upstream: a custom style model.</summary>
    public string? FinetuneId { get; init; }

    /// <summary>Upstream: its strength, above 0 to 2; 1 is full.</summary>
    public double? FinetuneStrength { get; init; }
}
