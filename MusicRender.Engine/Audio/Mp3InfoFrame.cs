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

    /// <summary>
    /// Makes the frame.
    /// </summary>
    /// <param name="firstHeader">The four header bytes of the stream's first frame.</param>
    /// <param name="frames">Frames of the stream, without this one.</param>
    /// <param name="audioBytes">Bytes of the stream, without this frame.</param>
    /// <param name="samples">Samples a channel that the stream is to play.</param>
    /// <exception cref="ArgumentException">Those bytes are no frame header, or the frame of that bitrate is too short to hold the information.</exception>
    public static byte[] Make(ReadOnlySpan<byte> firstHeader, int frames, long audioBytes, long samples)
    {
        Span<byte> own = stackalloc byte[4];
        firstHeader[..4].CopyTo(own);
        // No checksum, no padding: the frame has its plain length.
        own[1] |= 1;
        own[2] &= 0xFD;
        if (!Mp3Frames.TryRead(own, out var header))
        {
            throw new ArgumentException("Not the header of an MP3 frame.", nameof(firstHeader));
        }

        var isMpeg1 = header.Samples == 1_152;
        var sideInformation = (isMpeg1, header.IsMono) switch { (true, false) => 32, (true, true) or (false, false) => 17, _ => 9 };
        var start = 4 + sideInformation;
        if (header.Bytes < start + 156)
        {
            throw new ArgumentException("The frame is too short for the information.", nameof(firstHeader));
        }

        var frame = new byte[header.Bytes];
        own.CopyTo(frame);
        var info = frame.AsSpan(start);
        "Info"u8.CopyTo(info);
        BinaryPrimitives.WriteInt32BigEndian(info[4..], 0b0111);
        BinaryPrimitives.WriteInt32BigEndian(info[8..], frames);
        BinaryPrimitives.WriteInt32BigEndian(info[12..], (int)Math.Min(int.MaxValue, audioBytes + frame.Length));
        for (var i = 0; i < 100; i++)
        {
            info[16 + i] = (byte)(i * 256 / 100);
        }

        // LAME's extension: 36 bytes after the table of contents. The quality field is absent by the flags above.
        var lame = info[116..];
        "LAME3.100"u8.CopyTo(lame);
        lame[9] = 1; // revision 0, constant bitrate
        lame[20] = (byte)Math.Min(255, header.Kilobits);
        var padding = (int)Math.Clamp(((long)frames * header.Samples) - EncoderDelay - samples, 0, 4_095);
        lame[21] = EncoderDelay >> 4;
        lame[22] = (byte)(((EncoderDelay & 15) << 4) | (padding >> 8));
        lame[23] = (byte)padding;
        BinaryPrimitives.WriteInt32BigEndian(lame[28..], (int)Math.Min(int.MaxValue, audioBytes + frame.Length));
        var checkedBytes = start + 116 + 34;
        BinaryPrimitives.WriteUInt16BigEndian(lame[34..], Checksum(frame.AsSpan(0, checkedBytes)));
        return frame;
    }

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
