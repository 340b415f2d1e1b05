using System.Buffers.Binary;
using System.IO.Compression;

namespace MusicRender.Engine.Audio;

/// <summary>Writes pictures of at most 256 colours as PNG (ISO/IEC 15948).</summary>
internal static class IndexedPng
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <summary>A picture of eight bits a point.</summary>
    /// <param name="width">Points a row.</param>
    /// <param name="points">Row by row from the top: places in the palette.</param>
    /// <param name="palette">Red, green, blue of each colour.</param>
    public static byte[] Write(int width, ReadOnlySpan<byte> points, ReadOnlySpan<byte> palette)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), points.Length / width);
        header[8] = 8;
        header[9] = 3;

        var picture = new MemoryStream();
        picture.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Chunk(picture, "IHDR"u8, header);
        Chunk(picture, "PLTE"u8, palette);
        Chunk(picture, "IDAT"u8, Packed(width, points));
        Chunk(picture, "IEND"u8, []);
        return picture.ToArray();
    }

    private static byte[] Packed(int width, ReadOnlySpan<byte> points)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            for (; !points.IsEmpty; points = points[width..])
            {
                // Each row begins with its filter: none, as suits palettes.
                zlib.WriteByte(0);
                zlib.Write(points[..width]);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream picture, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        picture.Write(number);
        picture.Write(type);
        picture.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        picture.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc = CrcTable[(crc ^ value) & 255] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint CrcOf(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return crc;
    }
}
