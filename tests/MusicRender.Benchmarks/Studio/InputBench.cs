using System.Diagnostics;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Studio;

/// <summary>
/// What one person's inputs cost the server: CPU time and what is sent back, for a letter in each field and for clicks. One circuit,
/// nothing else; CPU time does not care how busy the machine is.
/// </summary>
internal static class InputBench
{
    private const string Prompt = "A 3-minute indie pop song about a night train, verses and choruses";
    private const int Burst = 8;

    private static readonly TimeSpan BetweenLetters = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan BetweenWords = TimeSpan.FromMilliseconds(600);

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        using var scratch = new ScratchFolder();
        var port = ChildProcess.FreePort();
        var address = MusicRenderServer.Address(port);
        await using var process = new MusicRenderServer(place.Server).Start(scratch["library"], port, generator: PacedGenerator.GeneratorName);
        await process.AnswersAsync(new Uri(address, "/alive"), MusicRenderServer.Patience, TimeSpan.FromMilliseconds(20));
        using var http = new HttpClient { BaseAddress = address };
        var draft = await StudioVisitor.MakeDraftAsync(http, Prompt);
        await using var editor = await StudioVisitor.EditAsync(http, draft);
        var words = isSmoke ? 2 : 20;
        var table = new Table("Studio: what one input costs the server, one circuit", "input", "inputs", "CPU ms", "batches", "bytes sent");
        foreach (var (_, input) in Inputs)
        {
            await RoundAsync(editor, input, isSmoke ? 1 : 25, TimeSpan.FromMilliseconds(10));
        }

        // The compiler works on what was used often, saving among it, until well after it was used.
        await Task.Delay(isSmoke ? BetweenWords : TimeSpan.FromSeconds(20));
        var idle = await IdleAsync(process, isSmoke);
        foreach (var (name, input) in Inputs)
        {
            var (cpu, batches, bytes, since) = (process.Figures.CpuSeconds, editor.Batches, editor.BatchBytes, Stopwatch.GetTimestamp());
            await RoundAsync(editor, input, words, BetweenLetters);
            double count = words * Burst;
            var cost = process.Figures.CpuSeconds - cpu - (idle * Stopwatch.GetElapsedTime(since).TotalSeconds);
            table.Add(name, words * Burst, 1000 * cost / count, (editor.Batches - batches) / count, (editor.BatchBytes - bytes) / count);
        }

        table.Note($"Inputs come {BetweenLetters.TotalMilliseconds:0} ms apart, {Burst} in a row, then a pause in which the draft is saved: saving is in the figures, what the server does when idle is not. Song: \"{Prompt}\".");
        report.Add(table);
    }

    private static IEnumerable<(string Name, Func<CircuitClient, int, Task> Input)> Inputs =>
    [
        ("a letter of a section's name", async (editor, at) => await StudioVisitor.RenameAsync(editor, $"Name {at}")),
        ("a letter of a section's lyrics", (editor, at) => StudioVisitor.TypeAsync(editor, "Lyric lines", $"The train goes on\ninto the night {at}")),
        ("a letter of the title", (editor, at) => StudioVisitor.TypeAsync(editor, "Title", $"Night train {at}")),
        ("a click on a section", (editor, at) => StudioVisitor.SelectAsync(editor, at % 2)),
    ];

    private static async Task RoundAsync(CircuitClient editor, Func<CircuitClient, int, Task> input, int words, TimeSpan pause)
    {
        for (var at = 0; at < words * Burst; at++)
        {
            await input(editor, at);
            await Task.Delay(at % Burst == Burst - 1 ? BetweenWords : pause);
        }
    }

    /// <summary>CPU seconds a second of a server that nobody asks anything.</summary>
    private static async Task<double> IdleAsync(ChildProcess process, bool isSmoke)
    {
        var before = process.Figures.CpuSeconds;
        var time = TimeSpan.FromSeconds(isSmoke ? 0.5 : 10);
        await Task.Delay(time);
        return (process.Figures.CpuSeconds - before) / time.TotalSeconds;
    }
}
