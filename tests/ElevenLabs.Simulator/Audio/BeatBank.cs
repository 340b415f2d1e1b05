using System.Collections.Concurrent;

namespace ElevenLabs.Simulator.Audio;

/// <summary>
/// Every beat the band can play, as MP3 frames that stand for themselves. A song of any length is put together from
/// them without an encoder, which is what makes thousands of songs cheap.
/// </summary>
internal sealed class BeatBank
{
    /// <summary>Samples by which a decoder's output lags behind the encoder's input: LAME's 576 and a decoder's 529.</summary>
    private const int Lag = 1_105;

    private const double BeatSeconds = 0.5;
    private static readonly ConcurrentDictionary<(Mp3Format, Layers, string), Lazy<Task<BeatBank>>> Banks = new();

    private readonly ReadOnlyMemory<byte>[] _frames;
    private readonly float[] _extremes;

    private BeatBank(Mp3Format format, ReadOnlyMemory<byte>[] frames, float[] extremes) => (Format, _frames, _extremes) = (format, frames, extremes);

    public Mp3Format Format { get; }

    public int FramesOfABeat => FramesOf(Format);

    /// <summary>The bank of a format; encoded once a process.</summary>
    public static Task<BeatBank> OfAsync(Mp3Format format, Layers layers, string ffmpeg) =>
        Banks.GetOrAdd((format, layers, ffmpeg), key => new Lazy<Task<BeatBank>>(() => MakeAsync(key.Item1, key.Item2, key.Item3))).Value;

    /// <summary>The frame of a song that stands at a place, when the part there plays this chord; and the loudest sample in it.</summary>
    public (ReadOnlyMemory<byte> Bytes, float Extreme) At(int frame, int chord)
    {
        var cell = (chord % BeatSynth.Chords * BeatSynth.BeatsOfABar) + (frame / FramesOfABeat % BeatSynth.BeatsOfABar);
        var at = (cell * FramesOfABeat) + (frame % FramesOfABeat);
        return (_frames[at], _extremes[at]);
    }

    private static int FramesOf(Mp3Format format) => (int)Math.Round(BeatSeconds * format.SampleRate / format.FrameSamples);

    private static async Task<BeatBank> MakeAsync(Mp3Format format, Layers layers, string ffmpeg)
    {
        var framesOfABeat = FramesOf(format);
        var cells = BeatSynth.Chords * BeatSynth.BeatsOfABar;
        // So much silence in front that each beat begins with a frame as a decoder plays it.
        var framesInFront = (Lag / format.FrameSamples) + 2;
        var silence = (framesInFront * format.FrameSamples) - Lag;
        var samples = framesOfABeat * format.FrameSamples;
        var sound = new float[(silence + (samples * cells) + (4 * format.FrameSamples)) * 2];
        for (var cell = 0; cell < cells; cell++)
        {
            BeatSynth.Play(cell / BeatSynth.BeatsOfABar, cell % BeatSynth.BeatsOfABar, layers, samples, format.SampleRate)
                .CopyTo(sound, (silence + (cell * samples)) * 2);
        }

        var encoded = await Mp3Encoder.EncodeAsync(ffmpeg, sound, format);
        var frames = Mp3Stream.FramesOf(encoded).Skip(framesInFront).Take(cells * framesOfABeat).ToArray();
        var extremes = new float[frames.Length];
        for (var frame = 0; frame < extremes.Length; frame++)
        {
            var start = (silence + (frame * format.FrameSamples)) * 2;
            extremes[frame] = sound.AsSpan(start, format.FrameSamples * 2).ToArray().MaxBy(Math.Abs);
        }

        return new BeatBank(format, frames, extremes);
    }
}
