using System.Diagnostics;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>The program as its own process, with options it cannot start with.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("MusicRender:Library:Root", " ")]
    [InlineData("MusicRender:Library:Root", "/proc/nobody-can-write-here")]
    [InlineData("MusicRender:Ffmpeg:Path", " ")]
    [InlineData("MusicRender:Generator", "kazoo")]
    [InlineData("MusicRender:Sketch:MaxConcurrency", "0")]
    [InlineData("MusicRender:Socket:FirstMessageTimeout", "00:00:00")]
    [InlineData("MusicRender:Socket:FirstMessageTimeout", "soon")]
    [InlineData("MusicRender:Socket:MaxMessageBytes", "12")]
    [InlineData("MusicRender:Access:Token", "too-short")]
    [InlineData("MusicRender:Access:Token", "spaces and others do not go into links")]
    [InlineData("MusicRender:Access:Proxies:0", "everybody")]
    [InlineData("MusicRender:Access:Proxies:0", "10.0.0.0/33")]
    [InlineData("MusicRender:Limits:RequestsPerMinute", "0")]
    [InlineData("MusicRender:Limits:RendersPerMinute", "-1")]
    [InlineData("MusicRender:Limits:WrongTokensPerMinute", "1000001")]
    [InlineData("MusicRender:Limits:Connections", "0")]
    [InlineData("MusicRender:Cors:Origins:0", "http://localhost:3000/path")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    public async Task Option_ThatIsBad_StopsTheStartAndIsNamed(string key, string value)
    {
        var (code, complaint) = await RunAsync($"--{key}={value}");

        Assert.Equal(1, code);
        Assert.StartsWith("MusicRender cannot start:", complaint, StringComparison.Ordinal);
        Assert.Contains(key[..(key.EndsWith(":0", StringComparison.Ordinal) ? ^2 : ^0)], complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", complaint, StringComparison.Ordinal);
        Assert.False(key == "MusicRender:Access:Token" && complaint.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_SeveralBad_AreAllNamed()
    {
        var (code, complaint) = await RunAsync("--MusicRender:Ffmpeg:Path= ", "--MusicRender:Socket:MaxMessageBytes=12");

        Assert.Equal(1, code);
        Assert.Contains("MusicRender:Ffmpeg:Path", complaint, StringComparison.Ordinal);
        Assert.Contains("MusicRender:Socket:MaxMessageBytes", complaint, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Complaint)> RunAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("musicrender-start-").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
            foreach (var argument in (string[])[ProgramFile.Path, "--urls=http://127.0.0.1:0", $"--contentRoot={folder}", "--Logging:LogLevel:Default=None", $"--MusicRender:Library:Root={folder}", .. arguments])
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(patience.Token);
                var complaint = await process.StandardError.ReadToEndAsync(patience.Token);
                await output;
                await process.WaitForExitAsync(patience.Token);
                return (process.ExitCode, complaint);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
