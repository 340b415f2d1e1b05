using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MusicRender.Benchmarks.Measuring;

/// <summary>A program that the benchmarks started; disposing ends it and what it started.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int ComplaintLength = 4_000;

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ChildProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>What the kernel says of it now.</summary>
    public ProcessFigures Figures => ProcessFigures.Of(Id);

    /// <summary>This very program, in another role.</summary>
    public static ChildProcess StartOwn(params string[] arguments) => Start("dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments], new Dictionary<string, string>());

    /// <summary>Starts a program with further environment variables.</summary>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>A port of the loopback address that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until an address answers 200.</summary>
    /// <exception cref="BenchmarkException">It ended, or did not answer in time.</exception>
    public async Task AnswersAsync(Uri address, TimeSpan within, TimeSpan pause)
    {
        using var http = new HttpClient { Timeout = within };
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process.HasExited)
            {
                throw new BenchmarkException($"{_process.StartInfo.FileName} ended with {_process.ExitCode} before {address} answered. It said:\n{Said()}");
            }

            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Accept.ParseAdd("text/html, */*");
                using var response = await http.SendAsync(request);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            if (Stopwatch.GetElapsedTime(since) > within)
            {
                throw new BenchmarkException($"{address} did not answer within {within.TotalSeconds:0} s. The program said:\n{Said()}");
            }

            await Task.Delay(pause);
        }
    }

    /// <summary>True when it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Waits for its end, good or bad.</summary>
    public Task GoneAsync() => _process.WaitForExitAsync();

    /// <summary>Waits for its good end.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public async Task EndsAsync()
    {
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0)
        {
            throw new BenchmarkException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}. It said:\n{Said()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            if (line is not null && _said.Length < ComplaintLength)
            {
                _said.AppendLine(line);
            }
        }
    }
}

/// <summary>A benchmark could not be run. The message is for people.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
