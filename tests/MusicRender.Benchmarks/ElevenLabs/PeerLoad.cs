using System.Globalization;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>The same sessions counted by somebody else: the load generator beside the peer, when it is there.</summary>
internal static class PeerLoad
{
    /// <summary>
    /// It knows each stage once; the contract allows further <c>generating</c> messages ("First audio is ready to play"),
    /// which it counts as this violation. The stricter check of the contract itself is <see cref="OrderCheck"/>.
    /// </summary>
    private const string FurtherGenerating = "expected processing got generating";

    /// <summary>Likewise for those between 15 and 70 %.</summary>
    private const string MovedGenerating = "generating percent ";

    private static readonly LoadShape[] Shapes = [new(1, 200, 10_000), new(200, 1_000, 10_000), new(1_000, 2_000, 10_000)];

    /// <summary>Runs it against both servers.</summary>
    public static async Task RunAsync(BenchmarkPlace place, MeasuredServer own, FastApiPeer? peer, Report report)
    {
        if (await PrepareAsync(place) is not { } folder)
        {
            return;
        }

        var table = new Table("ElevenLabs: the same, by the load generator of the peer (raw client)", "server", "at once", "sessions/s", "CPU ms/session", "connected p99 ms", "result p50 ms", "result p99", "violations");
        foreach (var shape in Shapes)
        {
            foreach (var server in peer is null ? [own] : new[] { own, peer.Server })
            {
                Report.Say($"load.js: {server.Name}, {shape.AtOnce} at once...");
                await AddAsync(table, folder, server, shape, report);
            }
        }

        table.Note("One round. Violations leave out further `generating` messages, which the contract allows and this generator does not know.");
        report.Add(table);
    }

    private static async Task AddAsync(Table table, string folder, MeasuredServer server, LoadShape shape, Report report)
    {
        using var scratch = new ScratchFolder();
        string[] arguments =
        [
            Path.Combine(folder, "load.js"), "ws", "--client", "raw", "--url", $"http://127.0.0.1:{server.Port}", "--n", Text(shape.AtOnce), "--total", Text(shape.Total),
            "--duration", Text(shape.DurationMs), "--pid", Text(server.Process.Id), "--warmup", "20", "--verify", "3", "--json", scratch["line.json"], "--quiet",
        ];
        await using (var load = ChildProcess.Start("node", arguments, new Dictionary<string, string>()))
        {
            // It ends with 1 for what it counts as violations; its figures say more.
            await load.GoneAsync();
        }

        if (!File.Exists(scratch["line.json"]))
        {
            throw new BenchmarkException("load.js wrote no figures.");
        }

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(scratch["line.json"]));
        var figures = document.RootElement;
        var violations = figures.GetProperty("violations").EnumerateObject().Where(kind => kind.Name != FurtherGenerating && !kind.Name.StartsWith(MovedGenerating, StringComparison.Ordinal)).ToList();
        if (figures.GetProperty("failed").GetInt32() > 0 || violations.Count > 0)
        {
            report.Fail($"load.js against {server.Name}, {shape.AtOnce} at once: {figures.GetProperty("errors")} {string.Join("; ", violations)}");
        }

        double At(string name, string quantile) => figures.GetProperty(name).GetProperty(quantile).GetDouble();
        table.Add(
            server.Name, shape.AtOnce, figures.GetProperty("renders_per_s").GetDouble(), figures.GetProperty("server_cpu_ms_per_render").GetDouble(),
            At("connect_to_connected_ms", "p99"), At("request_to_result_ms", "p50"), At("request_to_result_ms", "p99"), violations.Sum(kind => kind.Value.GetInt32()));
    }

    /// <summary>A copy of it with its one package, made once; null, with a word why, when that cannot be had.</summary>
    private static async Task<string?> PrepareAsync(BenchmarkPlace place)
    {
        var source = Path.Combine(place.Peers, "load");
        if (!File.Exists(Path.Combine(source, "load.js")))
        {
            Report.Say("Load generator of the peer: not there.");
            return null;
        }

        var folder = Path.Combine(place.Results, "load");
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "load.js", "package.json", "package-lock.json" })
        {
            File.WriteAllBytes(Path.Combine(folder, name), await File.ReadAllBytesAsync(Path.Combine(source, name)));
        }

        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            try
            {
                await using var npm = ChildProcess.Start("npm", ["ci", "--prefix", folder, "--no-audit", "--no-fund"], new Dictionary<string, string>());
                await npm.EndsAsync();
            }
            catch (Exception exception) when (exception is BenchmarkException or System.ComponentModel.Win32Exception)
            {
                Report.Say($"Load generator of the peer: its package could not be installed. {exception.Message}");
                return null;
            }
        }

        return folder;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
