using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace MusicRender.Web.Tests.Server;

/// <summary>
/// Another machine with the program on it: a network namespace, joined to this one by a cable of two virtual ends. What it binds
/// there, nobody else can reach. Making one takes root; without it these tests fail and say so, for nothing else shows what they show.
/// </summary>
internal sealed class ForeignMachine : IAsyncDisposable
{
    /// <summary>The port that the program gets.</summary>
    public const int Port = 8000;

    // A network that was given up a moment ago may still be there for a while, and another run may have one of its own: nothing is shared.
    private readonly string _name = $"mr{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    private readonly string _near;

    private ForeignMachine()
    {
        // Two of the four addresses of a network out of 198.18.0.0/15, which is set aside for tests.
        var network = RandomNumberGenerator.GetInt32(1 << 15) * 4;
        string At(int number) => new IPAddress([198, (byte)(18 + (number >> 16)), (byte)(number >> 8), (byte)number]).ToString();
        (_near, Host) = (At(network + 1), At(network + 2));
    }

    /// <summary>Where the program is, seen from here.</summary>
    public string Host { get; }

    /// <summary>The program, seen from here.</summary>
    public Uri Address => new($"http://{Host}:{Port}");

    private string NearEnd => $"{_name}a";

    private string FarEnd => $"{_name}b";

    public static async Task<ForeignMachine> CreateAsync()
    {
        var machine = new ForeignMachine();
        try
        {
            await machine.BuildAsync();
        }
        catch (Exception exception)
        {
            await machine.DisposeAsync();
            Assert.Fail($"This test needs a network namespace and could not make one; run it as root on Linux, with iproute2. {exception.Message}");
        }

        return machine;
    }

    /// <summary>Starts the program there and waits until it answers.</summary>
    public async Task<Running> StartAsync(string library, string urls, params string[] options)
    {
        var start = new ProcessStartInfo("ip") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = library };
        foreach (var argument in (string[])["netns", "exec", _name, "dotnet", ProgramFile.Path, $"--urls={urls}", $"--contentRoot={library}", "--Logging:LogLevel:Default=None", $"--MusicRender:Library:Root={library}", .. options])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("ELEVENLABS_API_KEY");
        var running = new Running(Process.Start(start)!);
        try
        {
            await running.UntilAsync("MusicRender is at ");
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>The status line of an answer, asked for on that machine itself.</summary>
    public async Task<string> AskThereAsync(string path) =>
        await RunAsync("ip", "netns", "exec", _name, "bash", "-c", $"exec 3<>/dev/tcp/127.0.0.1/{Port}; printf 'GET {path} HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3; head -n 1 <&3");

    /// <summary>Takes away what there is of it. The cable goes first: a namespace lasts as long as anything in it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var command in (string[][])[["link", "del", NearEnd], ["netns", "del", _name]])
        {
            try
            {
                await RunAsync("ip", command);
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
            {
                // It was never made.
            }
        }
    }

    private async Task BuildAsync()
    {
        await RunAsync("ip", "netns", "add", _name);
        await RunAsync("ip", "link", "add", NearEnd, "type", "veth", "peer", "name", FarEnd, "netns", _name);
        await RunAsync("ip", "addr", "add", $"{_near}/30", "dev", NearEnd);
        await RunAsync("ip", "link", "set", NearEnd, "up");
        await RunAsync("ip", "-n", _name, "addr", "add", $"{Host}/30", "dev", FarEnd);
        await RunAsync("ip", "-n", _name, "link", "set", FarEnd, "up");
        await RunAsync("ip", "-n", _name, "link", "set", "lo", "up");
    }

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
        /// <summary>For a start: far more than a quiet machine needs.</summary>
        private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

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
            var patience = new CancellationTokenSource(StartPatience).Token;
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
