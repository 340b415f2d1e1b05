using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Benchmarks.Reports;

/// <summary>Everything that a run found: printed as it comes, kept as Markdown and JSON.</summary>
internal sealed class Report(string folder)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<Table> _tables = [];
    private readonly List<string> _failures = [];
    private readonly DateTimeOffset _at = DateTimeOffset.UtcNow;

    /// <summary>What did not work; empty when all is well.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Says what is going on now.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>Adds a finished table and prints it.</summary>
    public void Add(Table table)
    {
        _tables.Add(table);
        Console.WriteLine();
        Console.WriteLine(table.ToMarkdown().TrimEnd());
    }

    /// <summary>Something did not work.</summary>
    public void Fail(string failure)
    {
        _failures.Add(failure);
        Say($"FAILED: {failure}");
    }

    /// <summary>Writes <c>results.json</c> and <c>results.md</c>.</summary>
    public async Task SaveAsync()
    {
        Directory.CreateDirectory(folder);
        var document = new
        {
            At = _at,
            Machine,
            Failures = _failures,
            Tables = _tables.Select(table => new
            {
                table.Title,
                table.Columns,
                Rows = table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second)),
                table.Notes,
            }),
        };
        await File.WriteAllTextAsync(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(document, Json) + "\n");
        string[] parts = ["# Benchmarks of MusicRender", $"{_at:yyyy-MM-dd HH:mm} UTC. {Machine}", .. _failures.Select(failure => $"FAILED: {failure}"), .. _tables.Select(table => table.ToMarkdown().TrimEnd())];
        await File.WriteAllTextAsync(Path.Combine(folder, "results.md"), string.Join("\n\n", parts) + "\n");
    }

    /// <summary>What it ran on, and how busy that was with other things at the beginning.</summary>
    public string Machine { get; } =
        $"{Environment.ProcessorCount} processors, {Environment.OSVersion.VersionString}, .NET {Environment.Version}; load average at the start {File.ReadAllText("/proc/loadavg").Split(' ')[0]}.";
}
