using System.Buffers.Binary;
using System.Text;

namespace MusicRender.Benchmarks.Studio;

/// <summary>
/// The part of MessagePack that a Blazor circuit speaks (hub protocol "blazorpack"): messages are arrays, each behind its length
/// in seven-bit groups. Values are null, bool, long, string, byte[], object?[] and string-keyed maps, which are always empty.
/// </summary>
internal static class BlazorPack
{
    /// <summary>One message, framed.</summary>
    public static byte[] Write(params object?[] message)
    {
        using var body = new MemoryStream();
        Write(body, message);
        using var framed = new MemoryStream();
        for (var left = (uint)body.Length; ; left >>= 7)
        {
            framed.WriteByte((byte)(left > 127 ? (left & 127) | 128 : left));
            if (left <= 127)
            {
                break;
            }
        }

        body.WriteTo(framed);
        return framed.ToArray();
    }

    /// <summary>The messages of a frame.</summary>
    public static IEnumerable<object?[]> Read(byte[] frame)
    {
        for (var at = 0; at < frame.Length;)
        {
            var (length, shift) = (0, 0);
            byte group;
            do
            {
                group = frame[at++];
                length |= (group & 127) << shift;
                shift += 7;
            }
            while (group > 127);

            var reader = new Reader(frame, at);
            at += length;
            yield return (object?[])reader.Next()!;
        }
    }

    private static void Write(MemoryStream to, object? value)
    {
        switch (value)
        {
            case null:
                to.WriteByte(0xc0);
                break;
            case bool yes:
                to.WriteByte(yes ? (byte)0xc3 : (byte)0xc2);
                break;
            case int or long:
                Span<byte> number = stackalloc byte[9];
                number[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(number[1..], Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                to.Write(number);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                WriteLength(to, 0xdb, bytes.Length);
                to.Write(bytes);
                break;
            case object?[] items:
                WriteLength(to, 0xdd, items.Length);
                foreach (var item in items)
                {
                    Write(to, item);
                }

                break;
            case Empty:
                to.WriteByte(0x80);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is not written.");
        }
    }

    private static void WriteLength(MemoryStream to, byte type, int length)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        to.Write(head);
    }

    /// <summary>A map with nothing in it: a message's headers.</summary>
    public sealed class Empty
    {
        /// <summary>It.</summary>
        public static readonly Empty Map = new();
    }

    private sealed class Reader(byte[] bytes, int at)
    {
        private int _at = at;

        public object? Next()
        {
            var type = bytes[_at++];
            return type switch
            {
                < 0x80 => (long)type,
                < 0x90 => Map(type & 15),
                < 0xa0 => Array(type & 15),
                < 0xc0 => Text(type & 31),
                0xc0 => null,
                0xc2 => false,
                0xc3 => true,
                0xc4 => Binary((int)Unsigned(1)),
                0xc5 => Binary((int)Unsigned(2)),
                0xc6 => Binary((int)Unsigned(4)),
                0xcc => Unsigned(1),
                0xcd => Unsigned(2),
                0xce => Unsigned(4),
                0xcf => Unsigned(8),
                0xd0 => (long)(sbyte)Unsigned(1),
                0xd1 => (long)(short)Unsigned(2),
                0xd2 => (long)(int)Unsigned(4),
                0xd3 => Unsigned(8),
                0xd9 => Text((int)Unsigned(1)),
                0xda => Text((int)Unsigned(2)),
                0xdb => Text((int)Unsigned(4)),
                0xdc => Array((int)Unsigned(2)),
                0xdd => Array((int)Unsigned(4)),
                0xde => Map((int)Unsigned(2)),
                >= 0xe0 => (long)(sbyte)type,
                _ => throw new InvalidDataException($"Type {type:x2} is not read."),
            };
        }

        private long Unsigned(int length)
        {
            var value = 0L;
            for (var end = _at + length; _at < end; _at++)
            {
                value = (value << 8) | bytes[_at];
            }

            return value;
        }

        private string Text(int length)
        {
            _at += length;
            return Encoding.UTF8.GetString(bytes, _at - length, length);
        }

        private byte[] Binary(int length)
        {
            _at += length;
            return bytes[(_at - length).._at];
        }

        private object?[] Array(int length)
        {
            var items = new object?[length];
            for (var at = 0; at < length; at++)
            {
                items[at] = Next();
            }

            return items;
        }

        private Empty Map(int length)
        {
            for (var at = 0; at < 2 * length; at++)
            {
                Next();
            }

            return Empty.Map;
        }
    }
}
