using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Micro;

/// <summary>Hot paths one by one, by BenchmarkDotNet in this process.</summary>
internal static class MicroBench
{
    private static readonly Type[] Classes = [typeof(PlanBenchmarks), typeof(MessageBenchmarks), typeof(PeakBenchmarks)];

    /// <summary>Runs.</summary>
    public static Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var job = (isSmoke ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
        var settings = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(place.Results, "micro"))
            .WithOptions(ConfigOptions.DisableLogFile);
        var table = new Table("Micro: hot paths", "path", "mean µs", "error ± µs", "allocated bytes");
        foreach (var summary in Classes.Select(type => BenchmarkRunner.Run(type, settings)))
        {
            foreach (var problem in summary.ValidationErrors.Where(problem => problem.IsCritical))
            {
                report.Fail($"micro: {problem.Message}");
            }

            foreach (var outcome in summary.Reports)
            {
                var name = outcome.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
                if (outcome.ResultStatistics is not { } figures)
                {
                    report.Fail($"micro: {name} did not run.");
                    continue;
                }

                var allocated = outcome.GcStats.GetBytesAllocatedPerOperation(outcome.BenchmarkCase);
                table.Add(name, figures.Mean / 1000, double.IsNaN(figures.StandardError) ? 0.0 : figures.StandardError / 1000, allocated?.ToString(CultureInfo.InvariantCulture) ?? "");
            }
        }

        table.Note(isSmoke ? "One call each, not warmed up: it only says that they run." : "BenchmarkDotNet, short job, in process. The error is the standard error of the mean.");
        report.Add(table);
        return Task.CompletedTask;
    }
}
