using System.ComponentModel.DataAnnotations;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>Settings of the Sketch generator (<c>MusicRender:Sketch</c>).</summary>
public sealed class SketchOptions
{
    /// <summary>Least renders at once.</summary>
    public const int MinMaxConcurrency = 1;

    /// <summary>Most renders at once.</summary>
    public const int MaxMaxConcurrency = 64;

    /// <summary>Renders that may run at once, 1–64; each keeps one core busy. The default is the number of processors.</summary>
    [Range(MinMaxConcurrency, MaxMaxConcurrency)]
    public int MaxConcurrency { get; set; } =
        Math.Clamp(Environment.ProcessorCount, MinMaxConcurrency, MaxMaxConcurrency);
}
