using System.Diagnostics;

namespace MusicRender.Engine.Tests;

/// <summary>Programs that tests run, and what runs below this process.</summary>
internal static class Processes
{
    /// <summary>Runs a program and gives what it wrote; throws when it fails.</summary>
    public static async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await error}");
    }

    /// <summary>Where a program of the PATH is.</summary>
    public static string Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"These tests need {program} on the PATH.");

    /// <summary>The ids of programs of that name that this process started and that still run.</summary>
    public static IReadOnlyList<int> Children(string name)
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && StatOf(folder) is { } stat)
            {
                // pid (name) state parent …
                var end = stat.LastIndexOf(')');
                var rest = stat[(end + 2)..].Split(' ');
                if (stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..end] == name && rest[0] != "Z" && rest[1] == $"{Environment.ProcessId}")
                {
                    children.Add(id);
                }
            }
        }

        return children;
    }

    private static string? StatOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "stat"));
        }
        catch (IOException)
        {
            // It ended in between.
            return null;
        }
    }
}
