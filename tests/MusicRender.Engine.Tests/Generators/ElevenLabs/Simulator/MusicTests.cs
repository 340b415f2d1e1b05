using System.Globalization;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>What is sent is music: it plays, as long as planned, without a gap.</summary>
public sealed class MusicTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    private const int DecodedRate = 8_000;

    private readonly string _key = SimulatorHost.NewKey();

    [Theory]
    [InlineData("", 48_000, 192)]
    [InlineData("?output_format=mp3_44100_128", 44_100, 128)]
    [InlineData("?output_format=mp3_22050_32", 22_050, 32)]
    [InlineData("?output_format=mp3_48000_320", 48_000, 320)]
    public async Task PartsPutTogether_AreOneMp3_OfThePlannedLength_WithoutAGap(string query, int rate, int kilobits)
    {
        var audio = (await simulator.ComposeAsync(_key, query: query)).Audio;
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "song.mp3");
        await File.WriteAllBytesAsync(file, audio);

        var facts = JsonNode.Parse(await Processes.RunAsync("ffprobe", "-v", "error", "-show_streams", "-of", "json", file))!["streams"]![0]!;
        Assert.Equal("mp3", (string)facts["codec_name"]!);
        Assert.Equal($"{rate}", (string)facts["sample_rate"]!);
        Assert.InRange(int.Parse((string)facts["bit_rate"]!, CultureInfo.InvariantCulture), kilobits * 990, kilobits * 1_010);
        var sound = await DecodeAsync(file);
        // 13 s, rounded up to a whole frame of at most 26 ms.
        Assert.InRange(sound.Length / (double)DecodedRate, 12.99, 13.06);
        // Every tenth of a second is heard, also where parts meet.
        Assert.All(sound.Chunk(DecodedRate / 10).SkipLast(1), tenth => Assert.InRange(tenth.Max(Math.Abs), 0.02f, 1f));
    }

    [Fact]
    public async Task FirstPartIsTwoSecondsShorter_LastTwoSecondsLonger_EachPartWholeFrames()
    {
        var parts = (await simulator.ComposeAsync(_key, query: "?output_format=mp3_48000_192")).Parts.ToList();

        // 24 000 bytes a second.
        Assert.Equal([2.0, 6.0, 5.0], parts.Select(part => Math.Round(EventStream.AudioOf(part).Length / 24_000.0, 1)));
        Assert.All(parts, part => Assert.Equal(0xFF, EventStream.AudioOf(part)[0]));
        Assert.All(parts, part => Assert.Equal("audio/mpeg", (string)part["content_type"]!));
    }

    [Fact]
    public async Task FirstModel_HasItsOwnUsualFormat()
    {
        var audio = (await simulator.ComposeAsync(_key, SimulatorFixture.SongOfSections)).Audio;
        // 9 s at 128 kbit/s.
        Assert.InRange(audio.Length, 143_500, 145_000);
    }

    [Fact]
    public async Task PartsOfAPlan_SoundDifferent()
    {
        using var folder = new TestFolder();
        var parts = (await simulator.ComposeAsync(_key)).Parts.ToList();
        var crossings = new List<double>();
        foreach (var index in new[] { 0, 2 })
        {
            var file = Path.Combine(folder.Path, $"{index}.mp3");
            await File.WriteAllBytesAsync(file, EventStream.AudioOf(parts[index]));
            var sound = (await DecodeAsync(file))[^DecodedRate..];
            crossings.Add(sound.Zip(sound.Skip(1)).Count(pair => pair.First < 0 != pair.Second < 0));
        }

        Assert.True(Math.Abs(crossings[0] - crossings[1]) > 20, $"The chords of the first and third part are alike: {crossings[0]} and {crossings[1]} crossings of zero a second.");
    }

    [Fact]
    public async Task Waveform_HasFourValuesASecond_FromSilenceToFull()
    {
        var waveform = (await simulator.ComposeAsync(_key)).Parts.SelectMany(part => part["waveform_visual"]!.AsArray().Select(value => (int)value!)).ToList();
        Assert.InRange(waveform.Count, 52, 56);
        Assert.All(waveform, value => Assert.InRange(value, -1_000, 1_000));
        Assert.Contains(waveform, value => value > 100);
        Assert.Contains(waveform, value => value < -100);
    }

    [Fact]
    public async Task FormatsOfHigherTiers_AreRefused()
    {
        var (status, body) = await SimulatorFixture.RefusalAsync(simulator.PostAsync(SimulatorFixture.Stream + "?output_format=pcm_44100", _key, SimulatorFixture.Song));
        Assert.Equal(403, status);
        Assert.Equal("subscription_required", (string)body!["detail"]!["code"]!);
        Assert.Equal("output_format", (string)body["detail"]!["param"]!);
    }

    internal static async Task<float[]> DecodeAsync(string file)
    {
        var bytes = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", file, "-f", "f32le", "-ac", "1", "-ar", $"{DecodedRate}", "pipe:1");
        return [.. bytes.Chunk(sizeof(float)).Select(sample => BitConverter.ToSingle(sample))];
    }
}
