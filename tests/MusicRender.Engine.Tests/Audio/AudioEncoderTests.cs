using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class AudioEncoderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly AudioEncoder _encoder = Encoder("ffmpeg");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3_001, "mp3_44100_192")]
    [InlineData(3_000, "mp3_44100_64")]
    [InlineData(4_567, "mp3_48000_320")]
    [InlineData(3_333, "mp3_22050_96")]
    public async Task File_WithItsInfoFrame_LastsExactlyAsLongAsTheSound(int milliseconds, string formatName)
    {
        Assert.True(AudioFormat.TryParse(formatName, out var format));
        var path = await EncodedAsync(milliseconds, format, isTagged: true);
        var frames = PcmFormat.FramesOf(milliseconds) * format.SampleRate / PcmFormat.SampleRate;
        var pcm = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "s16le", "-");
        Assert.Equal(frames, pcm.Length / 4);

        var probed = System.Text.Encoding.ASCII.GetString(await Processes.RunAsync("ffprobe", "-v", "error", "-show_entries", "format=duration,start_time,bit_rate", "-of", "default=noprint_wrappers=1", path))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('='))
            .ToDictionary(pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
        var frame = (format.SampleRate >= 32_000 ? 1_152.0 : 576.0) / format.SampleRate;
        Assert.InRange(probed["duration"] - probed["start_time"] - (milliseconds / 1000.0), -frame, frame);
        Assert.InRange(probed["bit_rate"], format.Kilobits * 1000 * 0.94, format.Kilobits * 1000 * 1.06);
    }

    [Fact]
    public async Task File_Decoded_IsTheToneThatWasEncoded()
    {
        var path = await EncodedAsync(3_000, AudioFormat.Mp3, isTagged: true);
        var peaks = await new AudioDecoder(Options.Create(new FfmpegOptions())).PeaksAsync(path, PcmFormat.FramesOf(3_000), CancellationToken.None);
        Assert.Equal(2_000, peaks.Count);
        Assert.All(peaks, peak => Assert.InRange(peak, 0.2f, 0.3f));
    }

    [Fact]
    public async Task Decoder_OfNoAudio_SaysSo()
    {
        var path = Path.Combine(_folder.Path, "x.mp3");
        await File.WriteAllTextAsync(path, "no audio");
        await Assert.ThrowsAsync<EncodingException>(() => new AudioDecoder(Options.Create(new FfmpegOptions())).PeaksAsync(path, 1, CancellationToken.None));
        var missing = await Assert.ThrowsAsync<EncodingException>(() => new AudioDecoder(Options.Create(new FfmpegOptions { Path = "/nonexistent/ffmpeg" })).PeaksAsync(path, 1, CancellationToken.None));
        Assert.Contains("MusicRender:Ffmpeg:Path", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonexistent/ffmpeg")]
    [InlineData("no-program-of-this-name")]
    [InlineData("/")]
    public async Task Program_ThatIsNotThere_IsToldWithTheSettingToChange(string path)
    {
        var exception = Assert.Throws<EncodingException>(() => Encoder(path).Start(AudioFormat.Mp3));
        Assert.Contains("MusicRender:Ffmpeg:Path", exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception.Message, await Encoder(path).CheckAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("/bin/false")]
    [InlineData("/bin/true")]
    public async Task Program_ThatIsNoEncoder_IsToldByTheCheck(string path) => Assert.NotNull(await Encoder(path).CheckAsync(CancellationToken.None));

    [Fact]
    public async Task Check_OfTheRealOne_FindsNothingWrong() => Assert.Null(await _encoder.CheckAsync(CancellationToken.None));

    [Fact]
    public async Task Process_ThatIsKilled_IsToldToWriterAndReader()
    {
        await using var encoding = _encoder.Start(AudioFormat.Mp3);
        using (var process = Process.GetProcessById(encoding.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        var fromReader = await Assert.ThrowsAsync<EncodingException>(async () => await ReadAllAsync(encoding));
        Assert.Contains("ffmpeg", fromReader.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EncodingException>(async () =>
        {
            // Some blocks may still be queued before it is known.
            for (var second = 0; second < 100; second++)
            {
                await encoding.WriteAsync(ScriptedGenerator.Second, CancellationToken.None);
            }
        });
        encoding.Complete();
    }

    [Fact]
    public async Task Dispose_InMidWork_LeavesNoProcess()
    {
        var encoding = _encoder.Start(AudioFormat.Mp3);
        var id = encoding.ProcessId;
        await encoding.WriteAsync(ScriptedGenerator.Second, CancellationToken.None);
        Assert.True(Directory.Exists($"/proc/{id}"));
        await encoding.DisposeAsync();
        Assert.False(Directory.Exists($"/proc/{id}"));
    }

    [Fact]
    public async Task Write_ThatWaitsForAReader_CanBeCancelled()
    {
        await using var encoding = _encoder.Start(AudioFormat.Mp3);
        using var source = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (true)
            {
                await encoding.WriteAsync(ScriptedGenerator.Second, source.Token);
            }
        });
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(Until.Limit));
    }

    private static AudioEncoder Encoder(string path) => new(Options.Create(new FfmpegOptions { Path = path }));

    private static async Task<byte[]> ReadAllAsync(AudioEncoder.Encoding encoding)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[8_192];
        for (int read; (read = await encoding.ReadAsync(buffer, CancellationToken.None)) > 0;)
        {
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>A file put together as a render's is.</summary>
    private async Task<string> EncodedAsync(int milliseconds, AudioFormat format, bool isTagged)
    {
        byte[] stream;
        await using (var encoding = _encoder.Start(format))
        {
            var reading = ReadAllAsync(encoding);
            await encoding.WriteAsync(ScriptedGenerator.Sine(milliseconds), CancellationToken.None);
            encoding.Complete();
            stream = await reading;
        }

        var counter = new Mp3FrameCounter();
        counter.Add(stream);
        var (frames, first) = (counter.Frames, counter.First);
        Assert.Equal((format.SampleRate, format.Kilobits), (first.SampleRate, first.Kilobits));
        var info = Mp3InfoFrame.Make(stream.AsSpan(0, 4), frames, stream.Length, PcmFormat.FramesOf(milliseconds) * format.SampleRate / PcmFormat.SampleRate);
        var path = Path.Combine(_folder.Path, "x.mp3");
        byte[] tag = isTagged ? new TrackTags { Title = "x" }.ToBytes() : [];
        await File.WriteAllBytesAsync(path, [.. tag, .. info, .. stream]);
        return path;
    }
}
