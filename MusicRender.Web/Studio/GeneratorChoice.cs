using MusicRender.Engine.Jobs;

namespace MusicRender.Web.Studio;

/// <summary>Finds generators as drafts name them.</summary>
internal static class GeneratorChoice
{
    /// <summary>The name of the generator that runs here and is always there.</summary>
    internal const string Sketch = "sketch";

    /// <summary>The name of the generator that needs a key.</summary>
    internal const string ElevenLabs = "elevenlabs";

    private static readonly Dictionary<string, string> DisplayNames = new() { [Sketch] = "Sketch", [ElevenLabs] = "ElevenLabs" };

    /// <summary>
    /// The generator of a name; the default one for null; for a name that is not ready one that runs here, so that nothing
    /// is billed that nobody chose; null when there is none at all.
    /// </summary>
    internal static GeneratorInfo? Find(this IRenderJobs jobs, string? name)
    {
        var ready = jobs.Generators;
        return (name is null ? null : ready.FirstOrDefault(generator => generator.Name == name) ?? ready.FirstOrDefault(generator => generator.IsLocal))
            ?? (ready.Count > 0 ? ready[0] : null);
    }

    /// <summary>A generator's name as people know it.</summary>
    internal static string ShownName(this GeneratorInfo generator) => DisplayNames.GetValueOrDefault(generator.Name, generator.DisplayName);

    /// <summary>The same of a generator or a writer that is perhaps not ready now.</summary>
    internal static string ShownNameOf(this IRenderJobs jobs, string name) =>
        jobs.Generators.FirstOrDefault(generator => generator.Name == name)?.ShownName() ?? DisplayNames.GetValueOrDefault(name, name);
}
