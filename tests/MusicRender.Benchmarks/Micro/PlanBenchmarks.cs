using System.Text.Json;
using BenchmarkDotNet.Attributes;
using MusicRender.Engine.Plan;

namespace MusicRender.Benchmarks.Micro;

/// <summary>Reading and checking a plan at its limits: 30 sections with 30 lines each, 50 styles a list.</summary>
public class PlanBenchmarks
{
    private string _json = "";

    [GlobalSetup]
    public void Prepare()
    {
        string[] Styles(string kind) => [.. Enumerable.Range(1, PlanLimits.MaxStyles).Select(number => $"{kind} style number {number}")];
        var plan = new CompositionPlan
        {
            Title = "Every limit reached",
            PositiveGlobalStyles = Styles("wanted"),
            NegativeGlobalStyles = Styles("unwanted"),
            Sections =
            [
                .. Enumerable.Range(1, PlanLimits.MaxSections).Select(number => new PlanSection
                {
                    SectionName = $"Verse {number}",
                    PositiveLocalStyles = Styles("local"),
                    DurationMs = 20_000,
                    Lines = [.. Enumerable.Range(1, 30).Select(line => $"This is line {line} of verse {number}, and it goes on for a while as lines of songs do")],
                }),
            ],
        };
        _json = PlanJson.ToCompactText(plan);
        if (Read().Problems.Count > 0)
        {
            throw new InvalidOperationException("The plan is meant to be valid.");
        }
    }

    [Benchmark(Description = "read a plan at every limit")]
    public PlanReading Read() => PlanReader.Read(_json);

    [Benchmark(Baseline = true, Description = "System.Text.Json alone on the same text")]
    public int Parse()
    {
        using var document = JsonDocument.Parse(_json);
        return document.RootElement.GetProperty("sections"u8).GetArrayLength();
    }
}
