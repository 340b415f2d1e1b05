using System.Text.RegularExpressions;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Names places of the plan that was sent as places of the plan that was asked for, which may have the other shape.</summary>
internal static partial class PlanPaths
{
    private const string Wrapper = "composition_plan";

    /// <summary>The problems with paths from the plan's root, as the plan's own limits name them.</summary>
    public static IReadOnlyList<PlanProblem> Translate(IReadOnlyList<PlanProblem> problems, Composition? asked)
    {
        var translated = problems.Select(problem => problem with { Path = Translate(problem.Path, asked) }).Distinct().ToList();
        // An upstream that tries both shapes says what is wrong with each; the other shape's fields are not the person's.
        var own = translated.Where(problem => !IsOfOtherShape(problem.Path, asked)).ToList();
        return own.Count > 0 ? own : translated;
    }

    private static string Translate(string path, Composition? asked)
    {
        var own = path == Wrapper ? "" : path.StartsWith(Wrapper + ".", StringComparison.Ordinal) ? path[(Wrapper.Length + 1)..] : path;
        return asked switch
        {
            CompositionPlan => ChunkField().Replace(own, match => $"sections[{match.Groups[1].Value}]{match.Groups[2].Value switch
            {
                ".text" => ".lines",
                ".positive_styles" => ".positive_local_styles",
                ".negative_styles" => ".negative_local_styles",
                var other => other,
            }}"),
            ChunkPlan => SectionField().Replace(own, match => $"chunks[{match.Groups[1].Value}]{match.Groups[2].Value switch
            {
                ".lines" or ".section_name" => ".text",
                ".positive_local_styles" => ".positive_styles",
                ".negative_local_styles" => ".negative_styles",
                var other => other,
            }}"),
            _ => own,
        };
    }

    private static bool IsOfOtherShape(string path, Composition? asked) => asked switch
    {
        CompositionPlan => path == "chunks",
        ChunkPlan => path is "sections" or "positive_global_styles" or "negative_global_styles",
        _ => false,
    };

    [GeneratedRegex(@"^chunks\[(\d+)\](\.\w+)?")]
    private static partial Regex ChunkField();

    [GeneratedRegex(@"^sections\[(\d+)\](\.\w+)?")]
    private static partial Regex SectionField();
}
