namespace MusicRender.Engine.Audio;

/// <summary>The outside of an ID3v2 tag: where it ends, and making room in it (id3.org/id3v2.4.0-structure).</summary>
internal static class Id3Tag
{
    /// <summary>Bytes of its header, which tells its length.</summary>
    public const int HeaderBytes = 10;

    /// <summary>What a header can tell: 28 bits.</summary>
    private const int MaxSize = (1 << 28) - 1;

    /// <summary>True as long as these first bytes of a stream can be a tag's.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        var mark = "ID3"u8;
        return bytes.Length < mark.Length ? mark.StartsWith(bytes) : bytes.StartsWith(mark);
    }

    /// <summary>Bytes of the whole tag, header and footer included. <paramref name="header"/> holds its first ten bytes.</summary>
    public static long LengthOf(ReadOnlySpan<byte> header)
    {
        var hasFooter = (header[5] & 0x10) != 0;
        return HeaderBytes + SizeAt(header[6..]) + (hasFooter ? HeaderBytes : 0);
    }

    /// <summary>The header of a tag that says nothing and is so many bytes long.</summary>
    public static byte[] Blank(int length)
    {
        var header = "ID3\x04\0\0\0\0\0\0"u8.ToArray();
        SetLength(header, length);
        return header;
    }

    /// <summary>A tag of version 2.4 with as much padding as makes it exactly so long; as it is, when it says more than fits.</summary>
    public static byte[] Padded(byte[] tag, int length)
    {
        var contents = ContentsOf(tag);
        if (contents > length)
        {
            return tag;
        }

        var padded = new byte[length];
        tag.AsSpan(0, contents).CopyTo(padded);
        SetLength(padded, length);
        return padded;
    }

    /// <summary>Bytes that say something, header included: padding begins where no frame does.</summary>
    private static int ContentsOf(ReadOnlySpan<byte> tag)
    {
        var at = HeaderBytes;
        while (at + HeaderBytes <= tag.Length && tag[at] != 0)
        {
            // A frame has a header of the same length, with its size at another place.
            at += HeaderBytes + SizeAt(tag[(at + 4)..]);
        }

        return Math.Min(at, tag.Length);
    }

    private static int SizeAt(ReadOnlySpan<byte> size) =>
        ((size[0] & 0x7F) << 21) | ((size[1] & 0x7F) << 14) | ((size[2] & 0x7F) << 7) | (size[3] & 0x7F);

    private static void SetLength(Span<byte> tag, int length)
    {
        var size = length - HeaderBytes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)size, (uint)MaxSize);
        for (var i = 0; i < 4; i++)
        {
            tag[9 - i] = (byte)((size >> (7 * i)) & 0x7F);
        }
    }
}
