using System.Globalization;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Socket;

/// <summary>A server that takes sessions.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Process">Whose CPU and memory counts.</param>
/// <param name="Port">Of loopback.</param>
/// <param name="IsNumbered">Its events carry sequence numbers.</param>
/// <param name="OutputFormat">What it is asked for.</param>
internal sealed record MeasuredServer(string Name, ChildProcess Process, int Port, bool IsNumbered, string OutputFormat = "auto");

/// <summary>So many sessions at once with plans of a length.</summary>
internal sealed record LoadShape(int AtOnce, int Total, int DurationMs);

/// <summary>The figures of one or, as medians, of several rounds.</summary>
internal sealed record Measurement(double SessionsASecond, double CpuMs, double ClientCpuMs, Quantiles Connected, Quantiles Result, double ResidentMegabytes, int Violations)
{
    /// <summary>Runs the load client once against a server.</summary>
    public static async Task<Measurement> TakeAsync(MeasuredServer server, LoadShape shape, Report report)
    {
        using var scratch = new ScratchFolder();
        var before = server.Process.Figures;
        await using (var client = ChildProcess.StartOwn("load", Text(server.Port), Text(shape.AtOnce), Text(shape.Total), Text(shape.DurationMs), $"{server.IsNumbered}", scratch["outcome.json"], server.OutputFormat))
        {
            await client.EndsAsync();
        }

        var after = server.Process.Figures;
        var outcome = JsonSerializer.Deserialize<LoadOutcome>(await File.ReadAllTextAsync(scratch["outcome.json"]))!;
        if (outcome.Errors.Count > 0)
        {
            report.Fail($"{server.Name}, {shape.AtOnce} at once: {string.Join("; ", outcome.Errors)}");
        }

        if (outcome.Violations > 0)
        {
            report.Fail($"{server.Name}, {shape.AtOnce} at once: {outcome.Violations} order violations, such as {string.Join("; ", outcome.ViolationExamples)}");
        }

        return new Measurement(
            outcome.Succeeded / outcome.Seconds,
            (after.CpuSeconds - before.CpuSeconds) * 1000 / Math.Max(1, outcome.Succeeded),
            outcome.ClientCpuSeconds * 1000 / Math.Max(1, outcome.Succeeded),
            outcome.Connected,
            outcome.Result,
            after.ResidentMegabytes,
            outcome.Violations);
    }

    /// <summary>The median of each figure; violations add up.</summary>
    public static Measurement MedianOf(IReadOnlyList<Measurement> rounds)
    {
        double Median(Func<Measurement, double> figure) => Quantiles.Median(rounds.Select(figure));
        return new Measurement(
            Median(round => round.SessionsASecond),
            Median(round => round.CpuMs),
            Median(round => round.ClientCpuMs),
            new Quantiles(Median(round => round.Connected.P50), Median(round => round.Connected.P95), Median(round => round.Connected.P99)),
            new Quantiles(Median(round => round.Result.P50), Median(round => round.Result.P95), Median(round => round.Result.P99)),
            Median(round => round.ResidentMegabytes),
            rounds.Sum(round => round.Violations));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
