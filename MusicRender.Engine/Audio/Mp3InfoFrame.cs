using System.Buffers.Binary;

namespace MusicRender.Engine.Audio;

/// <summary>
/// The silent first frame of an MP3 file that tells players its exact length: how many frames there are, and how many
/// samples at both ends are the encoder's own. An encoder that writes to a pipe cannot go back and fill it in, so it is
/// made here when the count is known. Layout: the "Xing/Info" frame with LAME's extension
/// (gabriel.mp3-tech.org/mp3infotag.html).
/// </summary>
internal static class Mp3InfoFrame
{
    /// <summary>Samples that LAME puts before the first one of the sound.</summary>
    private const int EncoderDelay = 576;

    /// <summary>Bytes of the information: mark, counts, table, LAME's extension.</summary>
    private const int Length = 156;

    /// <summary>What such a frame says.</summary>
    /// <param name="Frames">Frames of the stream, without this one; 0 when it does not say.</param>
    /// <param name="Delay">Samples in front that are the encoder's own.</param>
    /// <param name="Padding">Samples at the end that are.</param>
    /// <param name="Positions">For each hundredth of the length, where it begins: 0–255 of the stream's bytes. Null when it does not say.</param>
    /// <param name="IsVariable">The bitrate varies.</param>
    public sealed record Facts(int Frames, int Delay, int Padding, byte[]? Positions, bool IsVariable);

    /// <summary>Reads the frame that a stream begins with; null when it is no info frame.</summary>
    public static Facts? Read(ReadOnlySpan<byte> stream)
    {
        if (!Mp3Frames.TryRead(stream, out var header) || stream.Length < StartOf(header) + 8)
        {
            return null;
        }

        var info = stream[StartOf(header)..Math.Min(stream.Length, header.Bytes)];
        var isVariable = info.StartsWith("Xing"u8);
        if (!isVariable && !info.StartsWith("Info"u8))
        {
            return null;
        }

        var flags = BinaryPrimitives.ReadInt32BigEndian(info[4..]);
        var at = 8;
        var frames = Field(0b0001, 4, info) is { Length: 4 } count ? BinaryPrimitives.ReadInt32BigEndian(count) : 0;
        Field(0b0010, 4, info);
        var positions = Field(0b0100, 100, info) is { Length: 100 } table ? table : null;
        Field(0b1000, 4, info);
        var lame = at + 24 <= info.Length ? info[at..] : default;
        var isThere = !lame.IsEmpty && char.IsAsciiLetter((char)lame[0]);
        return new Facts(frames, isThere ? (lame[21] << 4) | (lame[22] >> 4) : 0, isThere ? ((lame[22] & 15) << 8) | lame[23] : 0, positions, isVariable);

        byte[]? Field(int flag, int length, ReadOnlySpan<byte> info)
        {
            if ((flags & flag) == 0 || at + length > info.Length)
            {
                return null;
            }

            at += length;
            return info.Slice(at - length, length).ToArray();
        }
    }

    /// <summary>True when the frame can be made for a stream that begins with this header.</summary>
    public static bool Fits(ReadOnlySpan<byte> firstHeader)
    {
        if (firstHeader.Length < Mp3Frames.HeaderBytes)
        {
            return false;
        }

        return Mp3Frames.TryRead(OwnHeader(firstHeader), out var header) && header.Bytes >= StartOf(header) + Length;
    }

    /// <summary>
    /// Makes the frame.
    /// </summary>
    /// <param name="firstHeader">The four header bytes of the stream's first frame.</param>
    /// <param name="frames">Frames of the stream, without this one.</param>
    /// <param name="audioBytes">Bytes of the stream, without this frame.</param>
    /// <param name="samples">Samples a channel that the stream is to play.</param>
    /// <param name="known">What another info frame said of this stream, its length apart; null for a stream of our own encoder.</param>
    /// <exception cref="ArgumentException">Those bytes are no frame header, or the frame of that bitrate is too short to hold the information.</exception>
    public static byte[] Make(ReadOnlySpan<byte> firstHeader, int frames, long audioBytes, long samples, Facts? known = null)
    {
        var delay = known?.Delay ?? EncoderDelay;
        var own = OwnHeader(firstHeader);
        if (!Mp3Frames.TryRead(own, out var header))
        {
            throw new ArgumentException("Not the header of an MP3 frame.", nameof(firstHeader));
        }

        var start = StartOf(header);
        if (header.Bytes < start + Length)
        {
            throw new ArgumentException("The frame is too short for the information.", nameof(firstHeader));
        }

        var frame = new byte[header.Bytes];
        own.CopyTo(frame);
        var info = frame.AsSpan(start);
        (known is { IsVariable: true } ? "Xing"u8 : "Info"u8).CopyTo(info);
        BinaryPrimitives.WriteInt32BigEndian(info[4..], 0b0111);
        BinaryPrimitives.WriteInt32BigEndian(info[8..], frames);
        BinaryPrimitives.WriteInt32BigEndian(info[12..], (int)Math.Min(int.MaxValue, audioBytes + frame.Length));
        for (var i = 0; i < 100; i++)
        {
            info[16 + i] = known?.Positions?[i] ?? (byte)(i * 256 / 100);
        }

        // LAME's extension: 36 bytes after the table of contents. The quality field is absent by the flags above.
        var lame = info[116..];
        "LAME3.100"u8.CopyTo(lame);
        lame[9] = (byte)(known is { IsVariable: true } ? 0 : 1); // revision 0, constant bitrate or an unknown one
        lame[20] = (byte)Math.Min(255, header.Kilobits);
        var padding = (int)Math.Clamp(((long)frames * header.Samples) - delay - samples, 0, 4_095);
        lame[21] = (byte)(delay >> 4);
        lame[22] = (byte)(((delay & 15) << 4) | (padding >> 8));
        lame[23] = (byte)padding;
        BinaryPrimitives.WriteInt32BigEndian(lame[28..], (int)Math.Min(int.MaxValue, audioBytes + frame.Length));
        var checkedBytes = start + 116 + 34;
        BinaryPrimitives.WriteUInt16BigEndian(lame[34..], Checksum(frame.AsSpan(0, checkedBytes)));
        return frame;
    }

    /// <summary>The header of a frame without checksum and padding, which has its plain length.</summary>
    private static byte[] OwnHeader(ReadOnlySpan<byte> firstHeader) =>
        [firstHeader[0], (byte)(firstHeader[1] | 1), (byte)(firstHeader[2] & 0xFD), firstHeader[3]];

    /// <summary>Where the information begins: behind the header and the side information.</summary>
    private static int StartOf(Mp3Frames.Header header) => Mp3Frames.HeaderBytes + (header.Samples == 1_152, header.IsMono) switch
    {
        (true, false) => 32,
        (true, true) or (false, false) => 17,
        _ => 9,
    };

    /// <summary>CRC-16 with the reflected polynomial 0xA001, starting from 0, as LAME uses it.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = 0;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) != 0 ? (checksum >> 1) ^ 0xA001 : checksum >> 1;
            }
        }

        return (ushort)checksum;
    }
}
