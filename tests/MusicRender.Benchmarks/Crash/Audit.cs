using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Crash;

/// <summary>What is left when all is over, and whether it fits together.</summary>
internal sealed record Audit(int Lost, int TwiceAtOnce, int FilesWithoutRow, int RowsWithoutFile, int Violations, int OtherBytes)
{
    private const int TagHeader = 10;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <summary>Everything of it must be nothing.</summary>
    public int Sum => Lost + TwiceAtOnce + FilesWithoutRow + RowsWithoutFile + Violations + OtherBytes;

    /// <summary>Looks.</summary>
    /// <param name="clients">Everybody who asked for a render, all of them answered.</param>
    /// <param name="port">A node that is alive.</param>
    /// <param name="library">The library's root.</param>
    /// <param name="witness">The witness' folder.</param>
    /// <param name="expected">The sound of each song when nobody disturbs it: SHA-256 by the first word of its title.</param>
    /// <param name="say">Takes each finding.</param>
    public static async Task<Audit> TakeAsync(IReadOnlyList<StubbornClient> clients, int port, string library, string witness, IReadOnlyDictionary<string, string> expected, Action<string> say)
    {
        using var http = new HttpClient { BaseAddress = MusicRenderServer.Address(port) };
        var (lost, violations) = (0, 0);
        foreach (var client in clients)
        {
            if (client.End != "result" || await StateAsync(http, client.RenderId!) != "succeeded")
            {
                lost++;
                say($"render {client.RenderId} ended as {client.End}: {client.Failure}");
            }

            foreach (var failed in client.Failed)
            {
                // Who was told of a failure must find it when he asks again.
                if (await StateAsync(http, failed) is not "failed" and var state)
                {
                    lost++;
                    say($"render {failed} failed, and is {state}");
                }
            }

            violations += client.Violations.Count;
            foreach (var violation in client.Violations)
            {
                say($"render {client.RenderId}: {violation}");
            }
        }

        var folder = Path.Combine(library, "audio");
        var (tracks, files) = await SettledAsync(http, folder);
        var (withoutRow, withoutFile) = (files.Except(tracks.Select(track => track.File)).ToList(), tracks.Select(track => track.File).Except(files).ToList());
        withoutRow.ForEach(file => say($"a file without a row: {file}"));
        withoutFile.ForEach(file => say($"a row without a file: {file}"));
        var other = tracks.Where(track => files.Contains(track.File) && expected.TryGetValue(SongOf(track.Title), out var sound) && HashOf(Path.Combine(folder, track.File)) != sound).ToList();
        other.ForEach(track => say($"other bytes than undisturbed: {track.File}"));
        return new Audit(lost, TwiceAtOnceOf(witness, say), withoutRow.Count, withoutFile.Count, violations, other.Count);
    }

    /// <summary>What an MP3 file holds behind its tag, in short.</summary>
    public static string HashOf(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var tag = bytes.AsSpan().StartsWith("ID3"u8) ? TagHeader + (bytes[6] << 21) + (bytes[7] << 14) + (bytes[8] << 7) + bytes[9] : 0;
        return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(tag)));
    }

    /// <summary>The song that a title is a take of.</summary>
    public static string SongOf(string title) => title.Split('-')[0];

    /// <summary>All tracks: title and file.</summary>
    public static async Task<IReadOnlyList<(string Title, string File)>> TracksAsync(HttpClient http)
    {
        var tracks = new List<(string, string)>();
        for (var page = 1; ; page++)
        {
            using var document = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/tracks?page={page}&page_size=100", UriKind.Relative)));
            var items = document.RootElement.GetProperty("tracks"u8).EnumerateArray().ToList();
            tracks.AddRange(items.Select(item => (item.GetProperty("title"u8).GetString()!, item.GetProperty("filename"u8).GetString()!)));
            if (items.Count == 0)
            {
                return tracks;
            }
        }
    }

    /// <summary>Tracks and files, when they fit together, or when whoever still renders has had time to end.</summary>
    private static async Task<(IReadOnlyList<(string Title, string File)> Tracks, IReadOnlySet<string> Files)> SettledAsync(HttpClient http, string folder)
    {
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            var tracks = await TracksAsync(http);
            var files = Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
            if (files.SetEquals(tracks.Select(track => track.File)) || Stopwatch.GetElapsedTime(since) > Settling)
            {
                return (tracks, files);
            }

            await Task.Delay(100);
        }
    }

    private static async Task<string?> StateAsync(HttpClient http, string id)
    {
        using var response = await http.GetAsync(new Uri($"/renders/{id}", UriKind.Relative));
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return null;
        }

        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("state"u8).GetString();
    }

    /// <summary>
    /// Renders that two runs worked on at the same time. Of a run that was overtaken, one line more is let pass: what it was computing when it lost its
    /// lease, and could give to nobody.
    /// </summary>
    private static int TwiceAtOnceOf(string witness, Action<string> say)
    {
        var runs = Directory.EnumerateFiles(witness)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' '))
            .Where(words => words.Length == 4)
            .Select(words => (At: long.Parse(words[0], CultureInfo.InvariantCulture), Process: words[1], Run: words[2], Title: words[3]))
            .GroupBy(line => (line.Title, line.Run))
            .Select(run => (run.Key.Title, run.First().Process, Lines: run.Select(line => line.At).Order().ToList()))
            .GroupBy(run => run.Title);
        var found = 0;
        foreach (var render in runs)
        {
            var inOrder = render.OrderBy(run => run.Lines[0]).ToList();
            for (var i = 1; i < inOrder.Count; i++)
            {
                var late = inOrder[i - 1].Lines.Count(at => at > inOrder[i].Lines[0]);
                if (late > 1)
                {
                    found++;
                    say($"{render.Key} was played by process {inOrder[i - 1].Process} and by {inOrder[i].Process} at once, for {Stopwatch.GetElapsedTime(inOrder[i].Lines[0], inOrder[i - 1].Lines[^1]).TotalSeconds:0.0} s");
                }
            }
        }

        return found;
    }
}
