using System.Diagnostics;

namespace MusicRender.E2E;

/// <summary>The published program as its own process, on a port of its own, with a library of its own.</summary>
public sealed class MusicRenderProcess : IAsyncDisposable
{
    private const string Announcement = "MusicRender is at ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _output;

    private MusicRenderProcess(Process process, List<string> output, Uri address, string library)
    {
        _process = process;
        _output = output;
        Address = address;
        Library = library;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Its library's root.</summary>
    public string Library { get; }

    /// <summary>Everything that it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts the program and waits until it answers. Port 0 takes a free one.</summary>
    /// <param name="library">Its library's root.</param>
    /// <param name="port">Its port on this machine.</param>
    /// <param name="settings">More of its environment, or null.</param>
    public static async Task<MusicRenderProcess> StartAsync(string library, int port = 0, IReadOnlyDictionary<string, string>? settings = null)
    {
        var app = Path.Combine(Repository.Root, "artifacts", "publish", "app");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(app, "MusicRender.Web.dll"), "--urls", $"http://127.0.0.1:{port}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_CONTENTROOT"] = app,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["MusicRender__Library__Root"] = library,
            },
        };
        // A key of whoever runs the tests is none of theirs.
        start.Environment.Remove("ELEVENLABS_API_KEY");
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        DataReceivedEventHandler heard = (_, line) =>
        {
            lock (output)
            {
                output.Add(line.Data ?? "");
            }

            if (line.Data?.StartsWith(Announcement, StringComparison.Ordinal) == true)
            {
                address.TrySetResult(new Uri(line.Data[Announcement.Length..]));
            }
        };
        process.OutputDataReceived += heard;
        process.ErrorDataReceived += heard;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new MusicRenderProcess(process, output, await address.Task.WaitAsync(StartTimeout), library);
        }
        catch (TimeoutException)
        {
            process.Kill();
            lock (output)
            {
                throw new InvalidOperationException($"The program did not start.\n{string.Join('\n', output)}");
            }
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
