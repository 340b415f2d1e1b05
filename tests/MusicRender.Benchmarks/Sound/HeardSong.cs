using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using MusicRender.Engine.Plan;

namespace MusicRender.Benchmarks.Sound;

/// <summary>A song of Sketch's, and what ffmpeg measures of it.</summary>
internal sealed partial class HeardSong
{
    private readonly float[] _samples;
    private readonly string _file;

    private HeardSong(float[] samples, string file, SongMetadata song) => (_samples, _file, Song) = (samples, file, song);

    /// <summary>What was understood of its plan.</summary>
    public SongMetadata Song { get; }

    /// <summary>Length, s.</summary>
    public double Seconds => (double)_samples.Length / PcmFormat.Channels / PcmFormat.SampleRate;

    /// <summary>Integrated loudness, LUFS.</summary>
    public double Lufs { get; private set; }

    /// <summary>Loudness range, LU.</summary>
    public double Range { get; private set; }

    /// <summary>True peak, dBTP.</summary>
    public double TruePeak { get; private set; }

    /// <summary>True peak of the MP3 at 192 kbit/s, decoded again, dBTP; null when that was not asked for.</summary>
    public double? EncodedTruePeak { get; private set; }

    /// <summary>How alike left and right are: 1 is mono, below 0 is lost in mono.</summary>
    public double Correlation { get; private set; }

    /// <summary>Constant part, dB of full scale.</summary>
    public double Dc { get; private set; }

    /// <summary>Share of the energy in each third of hearing: below 150 Hz, to 2 kHz, above; dB of the whole.</summary>
    public (double Low, double Middle, double High) Balance { get; private set; }

    /// <summary>What does not hold of that which must of every song: −14 LUFS ± 0.5, at most −1 dBTP before and after encoding, no constant part, nothing lost in mono.</summary>
    public IReadOnlyList<string> Misses =>
    [
        .. new (bool Holds, string Name)[]
        {
            (Math.Abs(Lufs + 14) <= 0.5, "loudness"),
            (TruePeak <= -1 && EncodedTruePeak is null or <= -1, "peak"),
            (Dc <= -60, "constant part"),
            (Correlation >= 0, "mono"),
        }.Where(measure => !measure.Holds).Select(measure => measure.Name),
    ];

    /// <summary>Generates a song into a folder and measures it.</summary>
    public static async Task<HeardSong> OfAsync(CompositionPlan plan, string name, ScratchFolder scratch, bool isEncoded)
    {
        var generator = new SketchGenerator(new SketchOptions());
        var request = new GenerationRequest { Composition = plan, Seed = 1, OutputFormat = generator.Capabilities.OutputFormats[0] };
        var samples = new List<float>();
        SongMetadata? song = null;
        await foreach (var output in generator.GenerateAsync(request, CancellationToken.None))
        {
            song = (output as GeneratorOutput.Metadata)?.Song ?? song;
            if (output is GeneratorOutput.Pcm pcm)
            {
                samples.AddRange(pcm.Samples.Span);
            }
        }

        var file = scratch[$"{name}.f32"];
        await File.WriteAllBytesAsync(file, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(samples)).ToArray());
        var heard = new HeardSong([.. samples], file, song!);
        await heard.MeasureAsync();
        if (isEncoded)
        {
            await heard.EncodeAsync(scratch[$"{name}.mp3"]);
        }

        return heard;
    }

    /// <summary>Draws its spectrogram: 0 to 22 kHz upwards, time to the right, 90 dB deep.</summary>
    public Task DrawAsync(string image) =>
        RunAsync("sox", ["-V1", "-r", "44100", "-e", "floating-point", "-b", "32", "-c", "2", "-t", "raw", _file, "-n", "remix", "-", "spectrogram", "-x", "640", "-Y", "200", "-z", "90", "-r", "-o", image]);

    private string[] Input => ["-f", "f32le", "-ar", "44100", "-ac", "2", "-i", _file];

    private async Task EncodeAsync(string encoded)
    {
        await RunAsync([.. Input, "-c:a", "libmp3lame", "-b:a", "192k", "-y", encoded]);
        EncodedTruePeak = Number(Peak(), await RunAsync(["-i", encoded, "-af", "ebur128=peak=true", "-f", "null", "-"]));
    }

    private async Task MeasureAsync()
    {
        var summary = await RunAsync([.. Input, "-af", "ebur128=peak=true", "-f", "null", "-"]);
        (Lufs, Range, TruePeak) = (Number(Integrated(), summary), Number(LoudnessRange(), summary), Number(Peak(), summary));
        var (cross, left, right, sum) = (0.0, 1e-12, 1e-12, 0.0);
        for (var index = 0; index < _samples.Length; index += 2)
        {
            var (l, r) = ((double)_samples[index], (double)_samples[index + 1]);
            (cross, left, right, sum) = (cross + (l * r), left + (l * l), right + (r * r), sum + l + r);
        }

        Correlation = cross / Math.Sqrt(left * right);
        Dc = 20 * Math.Log10(Math.Max(1e-9, Math.Abs(sum / _samples.Length)));
        var all = LevelOf();
        Balance = (
            LevelOf(new(BandKind.HighCut, 150), new(BandKind.HighCut, 150)) - all,
            LevelOf(new(BandKind.LowCut, 150), new(BandKind.LowCut, 150), new(BandKind.HighCut, 2_000), new(BandKind.HighCut, 2_000)) - all,
            LevelOf(new(BandKind.LowCut, 2_000), new(BandKind.LowCut, 2_000)) - all);
    }

    private double LevelOf(params ReadOnlySpan<Band> bands)
    {
        var filter = new Equalizer(bands);
        var left = new float[_samples.Length / 2];
        var right = new float[_samples.Length / 2];
        for (var frame = 0; frame < left.Length; frame++)
        {
            (left[frame], right[frame]) = (_samples[2 * frame], _samples[(2 * frame) + 1]);
        }

        filter.Process(left, right);
        return 10 * Math.Log10(1e-12 + System.Numerics.Tensors.TensorPrimitives.SumOfSquares<float>(left) + System.Numerics.Tensors.TensorPrimitives.SumOfSquares<float>(right));
    }

    private static double Number(Regex pattern, string text) =>
        double.TryParse(pattern.Matches(text)[^1].Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NegativeInfinity;

    private static Task<string> RunAsync(string[] arguments) => RunAsync("ffmpeg", ["-hide_banner", "-nostats", "-nostdin", .. arguments]);

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new BenchmarkException($"{program} ended with {process.ExitCode}: {said}");
    }

    [GeneratedRegex(@"I:\s+(\S+) LUFS")]
    private static partial Regex Integrated();

    [GeneratedRegex(@"LRA:\s+(\S+) LU")]
    private static partial Regex LoudnessRange();

    [GeneratedRegex(@"Peak:\s+(\S+) dBFS")]
    private static partial Regex Peak();
}
