using System.Buffers.Binary;

namespace ElevenLabs.Simulator.Audio;

/// <summary>Takes MP3 apart into its frames.</summary>
internal static class Mp3Stream
{
    private static readonly int[] RatesOfMpeg1 = [44_100, 48_000, 32_000, 0];
    private static readonly int[] KilobitsOfMpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly int[] KilobitsOfMpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];

    /// <summary>The frames, in order, passing over an ID3 tag in front and whatever stands behind the last one.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> FramesOf(ReadOnlyMemory<byte> bytes)
    {
        bytes = bytes[TagLength(bytes.Span)..];
        while (TryRead(bytes.Span, out var length, out _) && length <= bytes.Length)
        {
            yield return bytes[..length];
            bytes = bytes[length..];
        }
    }

    /// <summary>How long a file plays, ms; 0 when it is no MP3.</summary>
    public static int LengthOf(ReadOnlyMemory<byte> file)
    {
        var milliseconds = 0.0;
        foreach (var frame in FramesOf(file))
        {
            // An info frame in front tells about the file and is not played.
            if (milliseconds == 0 && (frame.Span.IndexOf("Xing"u8) is > 0 and < 64 || frame.Span.IndexOf("Info"u8) is > 0 and < 64))
            {
                continue;
            }

            TryRead(frame.Span, out _, out var frameMs);
            milliseconds += frameMs;
        }

        return (int)Math.Round(milliseconds);
    }

    private static int TagLength(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 10 && bytes.StartsWith("ID3"u8) ? Math.Min(bytes.Length, 10 + (bytes[6] << 21 | bytes[7] << 14 | bytes[8] << 7 | bytes[9])) : 0;

    private static bool TryRead(ReadOnlySpan<byte> bytes, out int length, out double milliseconds)
    {
        (length, milliseconds) = (0, 0);
        if (bytes.Length < 4)
        {
            return false;
        }

        var header = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var version = (header >> 19) & 3;
        if (header >> 21 != 0x7FF || version == 1 || ((header >> 17) & 3) != 1)
        {
            return false;
        }

        var isMpeg1 = version == 3;
        var kilobits = (isMpeg1 ? KilobitsOfMpeg1 : KilobitsOfMpeg2)[(header >> 12) & 15];
        var rate = RatesOfMpeg1[(header >> 10) & 3] >> (isMpeg1 ? 0 : version == 2 ? 1 : 2);
        if (kilobits == 0 || rate == 0)
        {
            return false;
        }

        var samples = isMpeg1 ? 1_152 : 576;
        length = (samples / 8 * kilobits * 1_000 / rate) + (int)((header >> 9) & 1);
        milliseconds = samples * 1_000.0 / rate;
        return true;
    }
}
