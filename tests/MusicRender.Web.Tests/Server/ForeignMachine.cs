using System.Diagnostics;
using System.Text;
using Xunit;

namespace MusicRender.Web.Tests.Server;

/// <summary>
/// Another machine with the program on it: a network namespace, joined to this one by a cable of two virtual ends. What it binds
/// there, nobody else can reach. Making one takes root; without it these tests fail and say so, for nothing else shows what they show.
/// </summary>
internal sealed class ForeignMachine : IAsyncDisposable
{
    /// <summary>Where the program is, seen from here.</summary>
    public const string Host = "198.18.77.2";

    /// <summary>The port that the program gets.</summary>
    public const int Port = 8000;

    private const string Near = "198.18.77.1";
    private readonly string _name = $"mr{Environment.ProcessId}";

    /// <summary>The program, seen from here.</summary>
    public static Uri Address { get; } = new($"http://{Host}:{Port}");

    public static async Task<ForeignMachine> CreateAsync()
    {
        var machine = new ForeignMachine();
        try
        {
            await RunAsync("ip", "netns", "add", machine._name);
            await RunAsync("ip", "link", "add", $"{machine._name}a", "type", "veth", "peer", "name", $"{machine._name}b", "netns", machine._name);
            await RunAsync("ip", "addr", "add", $"{Near}/30", "dev", $"{machine._name}a");
            await RunAsync("ip", "link", "set", $"{machine._name}a", "up");
            await RunAsync("ip", "-n", machine._name, "addr", "add", $"{Host}/30", "dev", $"{machine._name}b");
            await RunAsync("ip", "-n", machine._name, "link", "set", $"{machine._name}b", "up");
            await RunAsync("ip", "-n", machine._name, "link", "set", "lo", "up");
        }
        catch (Exception exception)
        {
            Assert.Fail($"This test needs a network namespace and could not make one; run it as root on Linux, with iproute2. {exception.Message}");
        }

        return machine;
    }

    /// <summary>Starts the program there and waits until it answers.</summary>
    public async Task<Running> StartAsync(string library, string urls, params string[] options)
    {
        var start = new ProcessStartInfo("ip") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = library };
        foreach (var argument in (string[])["netns", "exec", _name, "dotnet", Path.Combine(AppContext.BaseDirectory, "MusicRender.Web.dll"), $"--urls={urls}", $"--contentRoot={library}", "--Logging:LogLevel:Default=None", $"--MusicRender:Library:Root={library}", .. options])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("ELEVENLABS_API_KEY");
        var running = new Running(Process.Start(start)!);
        await running.UntilAsync("MusicRender is at ");
        return running;
    }

    /// <summary>The status line of an answer, asked for on that machine itself.</summary>
    public async Task<string> AskThereAsync(string path) =>
        await RunAsync("ip", "netns", "exec", _name, "bash", "-c", $"exec 3<>/dev/tcp/127.0.0.1/{Port}; printf 'GET {path} HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3; head -n 1 <&3");

    public async ValueTask DisposeAsync() => await RunAsync("ip", "netns", "del", _name);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(MusicRenderApp.Patience);
        var output = await process.StandardOutput.ReadToEndAsync(MusicRenderApp.Patience);
        await process.WaitForExitAsync(MusicRenderApp.Patience);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await error}");
    }

    /// <summary>The program while it runs.</summary>
    internal sealed class Running : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly StringBuilder _said = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Running(Process process)
        {
            _process = process;
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => _ended.TrySetResult();
            process.OutputDataReceived += Hear;
            process.ErrorDataReceived += Hear;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        /// <summary>All that it has written.</summary>
        public string Said
        {
            get
            {
                lock (_said)
                {
                    return _said.ToString();
                }
            }
        }

        /// <summary>Waits until it has written something.</summary>
        public async Task UntilAsync(string text)
        {
            var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
            while (true)
            {
                var more = Volatile.Read(ref _more);
                if (Said.Contains(text, StringComparison.Ordinal))
                {
                    return;
                }

                if (await Task.WhenAny(more.Task, _ended.Task).WaitAsync(patience) == _ended.Task && !Said.Contains(text, StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"The program ended. It said:\n{Said}");
                }
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

        private void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (_said)
            {
                _said.AppendLine(line.Data);
            }

            Interlocked.Exchange(ref _more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
