using System.Diagnostics;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

/// <summary>The encoder that is there before a preview is asked for.</summary>
public sealed class WaitingEncoderTests : IDisposable
{
    private const string Program = "ffmpeg-waits";

    private readonly TestFolder _folder = new();
    private readonly WaitingEncoder _encoders;

    public WaitingEncoderTests()
    {
        // A name that no other test's encoder has.
        var program = Path.Combine(_folder.Path, Program);
        File.CreateSymbolicLink(program, Processes.Find("ffmpeg"));
        _encoders = new WaitingEncoder(new AudioEncoder(Options.Create(new FfmpegOptions { Path = program })));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Encoder_IsThereWhileItIsHeld_AndEndsWithTheLastHolder()
    {
        Assert.True(await _encoders.FillAsync());
        Assert.Empty(Processes.Children(Program));

        _encoders.Hold();
        _encoders.Hold();
        await Task.WhenAll(_encoders.FillAsync(), _encoders.FillAsync());
        var waiting = Assert.Single(Processes.Children(Program));
        await using (var taken = await _encoders.TakeAsync())
        {
            Assert.Equal(waiting, taken.ProcessId);
            await _encoders.ReleaseAsync();
            await _encoders.FillAsync();
            Assert.Equal(2, Processes.Children(Program).Count);

            // What plays is not ended with what waits.
            await _encoders.ReleaseAsync();
            Assert.Equal([waiting], Processes.Children(Program));
        }

        Assert.Empty(Processes.Children(Program));
    }

    [Fact]
    public async Task Encoder_ThatDiedWhileItWaited_IsNotGivenToAnybody()
    {
        _encoders.Hold();
        await _encoders.FillAsync();
        using (var process = Process.GetProcessById(Assert.Single(Processes.Children(Program))))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using (var taken = await _encoders.TakeAsync())
        {
            Assert.Equal([taken.ProcessId], Processes.Children(Program));
        }

        await _encoders.ReleaseAsync();
    }

    [Fact]
    public async Task Encoder_ThatIsNotInstalled_IsMissedByWhoeverTakesIt()
    {
        var encoders = new WaitingEncoder(new AudioEncoder(Options.Create(new FfmpegOptions { Path = "/nonexistent/ffmpeg" })));
        encoders.Hold();
        Assert.False(await encoders.FillAsync());
        Assert.Contains("MusicRender:Ffmpeg:Path", (await Assert.ThrowsAsync<EncodingException>(async () => await encoders.TakeAsync())).Message, StringComparison.Ordinal);
        await encoders.ReleaseAsync();
    }
}
