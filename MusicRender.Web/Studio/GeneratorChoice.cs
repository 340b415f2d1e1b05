using MusicRender.Engine.Jobs;

namespace MusicRender.Web.Studio;

/// <summary>Finds generators as drafts name them.</summary>
internal static class GeneratorChoice
{
    /// <summary>The generator of a name; the default one for null and for a name that is gone; null when there is none at all.</summary>
    internal static GeneratorInfo? Find(this IRenderJobs jobs, string? name) =>
        jobs.Generators.FirstOrDefault(generator => generator.Name == name)
        ?? (jobs.Generators.Count > 0 ? jobs.Generators[0] : null);
}
