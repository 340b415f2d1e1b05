using BenchmarkDotNet.Attributes;
using MusicRender.Engine.Audio;

namespace MusicRender.Benchmarks.Micro;

/// <summary>Gathering the peaks of ten seconds of sound, in the blocks in which Sketch gives it.</summary>
public class PeakBenchmarks
{
    private const int BlockFrames = 8_192;
    private const int Frames = 10 * PcmFormat.SampleRate;

    private readonly float[] _block = new float[BlockFrames * PcmFormat.Channels];

    [GlobalSetup]
    public void Prepare()
    {
        for (var at = 0; at < _block.Length; at++)
        {
            _block[at] = MathF.Sin(at * 0.01f);
        }
    }

    [Benchmark(Description = "peaks of 10 s of sound")]
    public float Measure()
    {
        var meter = new PeakMeter(Frames);
        for (var left = Frames; left > 0; left -= BlockFrames)
        {
            meter.Add(_block.AsSpan(0, Math.Min(BlockFrames, left) * PcmFormat.Channels));
        }

        return meter.Peaks[0];
    }
}
