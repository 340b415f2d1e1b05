using Microsoft.Extensions.Options;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>The choice of generators: configuration section <c>MusicRender</c>.</summary>
public sealed class GeneratorOptions
{
    /// <summary>A generator's name, or <c>auto</c> for the best one that is ready.</summary>
    public string Generator { get; set; } = "auto";
}

/// <summary>The generators that are ready, and the one that is taken when nobody asks for another.</summary>
public sealed class GeneratorCatalogue
{
    private readonly List<IMusicGenerator> _known;

    /// <summary>Gathers the generators; with <c>auto</c> one that is not local comes first, for somebody configured it.</summary>
    /// <exception cref="OptionsValidationException">The configured generator is not there.</exception>
    public GeneratorCatalogue(IEnumerable<IMusicGenerator> generators, IOptions<GeneratorOptions> options)
    {
        _known = [.. generators.OrderBy(generator => generator.Capabilities.IsLocal)];
        var wanted = options.Value.Generator;
        if (wanted == "auto")
        {
            return;
        }

        var first = _known.Find(generator => generator.Name == wanted)
            ?? throw new OptionsValidationException(nameof(GeneratorOptions), typeof(GeneratorOptions), [$"MusicRender:Generator must be auto or one of {string.Join(", ", _known.Select(generator => generator.Name))}, but is '{wanted}'."]);
        _known.Remove(first);
        _known.Insert(0, first);
    }

    /// <summary>Those that are ready now, the default first. Never empty: a local generator is always ready.</summary>
    public IReadOnlyList<IMusicGenerator> All => [.. _known.Where(generator => generator.IsReady)];

    /// <summary>A generator that is ready, by its name (null for the default), or null.</summary>
    public IMusicGenerator? Find(string? name) => _known.Find(generator => generator.IsReady && (name is null || generator.Name == name));

    /// <summary>A generator by its name, ready or not: a render that was accepted keeps its own.</summary>
    internal IMusicGenerator? Known(string name) => _known.Find(generator => generator.Name == name);

    /// <summary>What is wrong with the options of a request: generator, output format, model, custom style model.</summary>
    public IReadOnlyList<PlanProblem> Check(RenderOptions options)
    {
        var problems = new List<PlanProblem>();
        if (Find(options.Generator) is { } generator)
        {
            if (FormatOf(generator, options) is null)
            {
                problems.Add(new PlanProblem("output_format", $"must be auto or one of {string.Join(", ", generator.Capabilities.OutputFormats)} for {generator.Name}, but is '{Shortened(options.OutputFormat!)}'"));
            }

            if (options.ModelId is { } model && generator.Capabilities.Models is { } models && !models.Has(model))
            {
                problems.Add(new PlanProblem("model_id", $"must be a model of {generator.Name}, such as {models.Example}, but is '{Shortened(model)}'"));
            }
        }
        else
        {
            problems.Add(new PlanProblem("generator", $"must be one of {string.Join(", ", All.Select(known => known.Name))}, but is '{Shortened(options.Generator!)}'"));
        }

        if (options.FinetuneId is { } finetune && (string.IsNullOrWhiteSpace(finetune) || finetune.Length > PlanLimits.MaxFinetuneId))
        {
            problems.Add(new PlanProblem("finetune_id", $"must be 1 to {PlanLimits.MaxFinetuneId} characters, but is {(string.IsNullOrWhiteSpace(finetune) ? "empty" : finetune.Length)}"));
        }

        if (options.FinetuneStrength is not null && options.FinetuneId is null)
        {
            problems.Add(new PlanProblem("finetune_strength", "needs a finetune_id beside it"));
        }

        return problems;
    }

    /// <summary>The format that a request gets, or null when the generator does not have it.</summary>
    public static string? FormatOf(IMusicGenerator generator, RenderOptions options) => options.OutputFormat switch
    {
        null or "auto" => generator.Capabilities.OutputFormats[0],
        var format => generator.Capabilities.OutputFormats.Contains(format) ? format : null,
    };

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
