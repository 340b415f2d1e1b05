using System.Collections.Concurrent;

namespace MusicRender.Benchmarks.Socket;

/// <summary>Silence as MP3, 44.1 kHz stereo at 128 kbit/s, without an encoder.</summary>
internal static class SilentMp3
{
    private const int SamplesAFrame = 1_152;
    private const int SampleRate = 44_100;

    // MPEG 1, layer III, no checksum; 128 kbit/s, 44.1 kHz; stereo. All else zero is a frame of silence.
    private static readonly byte[] Header = [0xFF, 0xFB, 0x90, 0x00];
    private static readonly ConcurrentDictionary<int, byte[]> Made = new();

    /// <summary>Silence of a length, rounded up to a whole frame. The same array each time.</summary>
    public static ReadOnlyMemory<byte> Of(int durationMs) => Made.GetOrAdd(durationMs, Make);

    private static byte[] Make(int durationMs)
    {
        var frames = (int)((((long)durationMs * SampleRate) + (SamplesAFrame * 1000L) - 1) / (SamplesAFrame * 1000L));
        // 417.96 bytes a frame: a padding byte keeps the rate.
        using var audio = new MemoryStream(frames * 418);
        var written = 0L;
        for (var frame = 0; frame < frames; frame++)
        {
            var end = (frame + 1L) * SamplesAFrame / 8 * 128_000 / SampleRate;
            var bytes = new byte[end - written];
            Header.CopyTo(bytes, 0);
            bytes[2] |= (byte)(bytes.Length == 418 ? 0b10 : 0);
            audio.Write(bytes);
            written = end;
        }

        return audio.ToArray();
    }
}
