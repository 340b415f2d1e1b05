using System.Buffers.Binary;

namespace MusicRender.Engine.Audio;

/// <summary>Reads the frames of an MP3 stream: ISO/IEC 11172-3 and 13818-3, layer III.</summary>
internal static class Mp3Frames
{
    /// <summary>Bytes of a frame's header.</summary>
    public const int HeaderBytes = 4;

    private static readonly int[] KilobitsOfMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly int[] KilobitsOfMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
    private static readonly int[] RatesOfMpeg1 = [44_100, 48_000, 32_000, 0];

    /// <summary>What a frame's four header bytes say.</summary>
    /// <param name="SampleRate">Frames of sound a second.</param>
    /// <param name="Kilobits">Kilobits a second.</param>
    /// <param name="Samples">Frames of sound in this frame: 1 152, or 576 at low rates.</param>
    /// <param name="Bytes">Length of the frame, header included.</param>
    /// <param name="IsMono">One channel.</param>
    public readonly record struct Header(int SampleRate, int Kilobits, int Samples, int Bytes, bool IsMono);

    /// <summary>Reads a header; false when these are not the first bytes of a frame.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Header header)
    {
        header = default;
        if (bytes.Length < 4)
        {
            return false;
        }

        var bits = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var version = (bits >> 19) & 3;
        var layer = (bits >> 17) & 3;
        if (bits >> 21 != 0x7FF || version == 1 || layer != 1)
        {
            return false;
        }

        var isMpeg1 = version == 3;
        var kilobits = (isMpeg1 ? KilobitsOfMpeg1 : KilobitsOfMpeg2)[(bits >> 12) & 15];
        var rate = RatesOfMpeg1[(bits >> 10) & 3] >> (isMpeg1 ? 0 : version == 2 ? 1 : 2);
        if (kilobits == 0 || rate == 0)
        {
            return false;
        }

        var samples = isMpeg1 ? 1_152 : 576;
        var padding = (int)((bits >> 9) & 1);
        header = new Header(rate, kilobits, samples, (samples / 8 * kilobits * 1000 / rate) + padding, ((bits >> 6) & 3) == 3);
        return true;
    }
}
