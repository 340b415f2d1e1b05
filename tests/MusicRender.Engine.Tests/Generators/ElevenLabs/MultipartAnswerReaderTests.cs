using System.Text;
using CsCheck;
using MusicRender.Engine.Generators.ElevenLabs.Answers;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

public sealed class MultipartAnswerReaderTests
{
    private const string Boundary = "b0undary_=";

    /// <summary>Music with everything in it that looks like the end of a part.</summary>
    private static readonly Gen<byte[]> Music = Gen.OneOf(
        Gen.Byte.Array[0, 40],
        Any.Of("\r", "\n", "\r\n", "--", "\n--", "\r\n--b0un", "\n--b0undary_", "--b0undary_=").Select(Encoding.ASCII.GetBytes)).Array[1, 12]
        .Select(pieces => pieces.SelectMany(piece => piece).ToArray())
        .Where(music => !Encoding.Latin1.GetString(music).Contains("\n--" + Boundary, StringComparison.Ordinal));

    [Fact]
    public void Answer_WrittenAndCutInAnyWay_IsReadAsItIs() => Gen.Select(Music, Any.Of("\r\n", "\n"), Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool), Gen.Int[1, 60].Array[1, 10]).Sample(
        (music, lineEnd, flags, cuts) =>
        {
            var (isMusicFirst, hasPreamble, hasEpilogue) = flags;
            var (items, fault) = Read(Body(music, lineEnd, isMusicFirst, hasPreamble, hasEpilogue), cuts);
            Assert.Null(fault);
            Assert.Equal(Convert.ToHexString(music), MusicOf(items));
            var events = items.OfType<AnswerItem.Event>().ToList();
            Assert.Equal([MultipartAnswerReader.Details, "done"], events.Select(item => item.Name));
            Assert.Equal("Night Drive", events[0].Data.GetProperty("song_metadata").GetProperty("title").GetString());
        },
        iter: 3_000, threads: 1);

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Answer_CutAtAnyByte_KeepsTheMusicThatCameAndSaysSo(string lineEnd)
    {
        byte[] music = [.. Enumerable.Range(0, 50).Select(value => (byte)(value + 100))];
        var body = Body(music, lineEnd, isMusicFirst: false, hasPreamble: false, hasEpilogue: false);
        var end = body.AsSpan().LastIndexOf("--"u8) + 2;
        for (var length = Boundary.Length + 4; length < end; length++)
        {
            var (items, fault) = Read(body[..length], [5]);
            Assert.Null(fault);
            Assert.IsType<AnswerItem.CutOff>(items[^1]);
            var came = MusicOf(items);
            // Of a boundary that is cut itself, some bytes may be kept.
            Assert.StartsWith(came.Length > 100 ? came[..100] : came, Convert.ToHexString(music), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Details_ThatAreBroken_AreAFaultAfterTheMusic()
    {
        var body = Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: application/json\r\n\r\n{{\"a\":\r\n--{Boundary}\r\nContent-Type: audio/mpeg\r\n\r\nABC\r\n--{Boundary}--");
        var (items, fault) = Read(body, [9]);
        Assert.Equal("details of the song that are not readable (broken JSON)", fault);
        Assert.Equal("414243", MusicOf(items));
    }

    [Theory]
    [InlineData("nothing of the kind\r\n", "an answer without its boundary")]
    [InlineData("--b0undary_=x\r\n\r\n", "an answer whose boundary is broken")]
    public void Body_ThatIsNoMultipart_IsAFault(string body, string fault) => Assert.Equal(fault, Read(Encoding.ASCII.GetBytes(body), [4]).Fault);

    [Fact]
    public void Music_OfAnyMediaTypeWithAFileName_IsMusic()
    {
        var body = Encoding.ASCII.GetBytes($"--{Boundary}\ncontent-disposition: attachment; filename=\"song.mp3\"\n\nABC\n--{Boundary}\nContent-Type: text/plain\n\nnot music\n--{Boundary}--\n");
        Assert.Equal("414243", MusicOf(Read(body, [11]).Items));
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=abc", "abc")]
    [InlineData("multipart/mixed; boundary=\"a b;c\"; charset=utf-8", "a b;c")]
    [InlineData("multipart/mixed;BOUNDARY=abc;x=y", "abc")]
    [InlineData("multipart/mixed", null)]
    [InlineData("multipart/mixed; boundary=", null)]
    [InlineData("multipart/mixed; boundary=\"\"", null)]
    [InlineData(null, null)]
    public void Boundary_WithOrWithoutQuotes_IsFound(string? contentType, string? boundary) => Assert.Equal(boundary, MultipartReader.BoundaryOf(contentType));

    [Fact]
    public async Task LongAnswer_WhateverItsLength_TakesNoMoreMemory()
    {
        const int Bytes = 48 * 1024 * 1024;
        var head = Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: audio/mpeg\r\n\r\n");
        var (left, isBegun, decoded) = (Bytes, false, 0L);
        ValueTask<int> ReadSome(Memory<byte> memory, CancellationToken ct)
        {
            if (!isBegun)
            {
                isBegun = true;
                head.CopyTo(memory);
                return ValueTask.FromResult(head.Length);
            }

            var count = Math.Min(left, memory.Length);
            memory.Span[..count].Fill((byte)'\n');
            left -= count;
            return ValueTask.FromResult(count);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        await foreach (var item in new MultipartAnswerReader(Boundary).ReadAsync(ReadSome, CancellationToken.None))
        {
            decoded += item is AnswerItem.Audio audio ? audio.Bytes.Length : 0;
        }

        Assert.Equal(Bytes, decoded);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 512 * 1024);
    }

    public static byte[] Body(byte[] music, string lineEnd, bool isMusicFirst, bool hasPreamble, bool hasEpilogue, string json = """{"song_metadata":{"title":"Night Drive"}}""")
    {
        byte[] details = Bytes($"Content-Type: application/json{lineEnd}{lineEnd}{json}");
        byte[] sound = [.. Bytes($"Content-Disposition: attachment; filename=\"song.mp3\"{lineEnd}Content-Type: audio/mpeg{lineEnd}{lineEnd}"), .. music];
        return
        [
            .. Bytes(hasPreamble ? $"To be ignored.{lineEnd}" : ""),
            .. Bytes($"--{Boundary}{lineEnd}"),
            .. isMusicFirst ? sound : details,
            .. Bytes($"{lineEnd}--{Boundary}{lineEnd}"),
            .. isMusicFirst ? details : sound,
            .. Bytes($"{lineEnd}--{Boundary}--{(hasEpilogue ? lineEnd + "The end." : "")}"),
        ];

        static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
    }

    private static string MusicOf(List<AnswerItem> items) => string.Concat(items.OfType<AnswerItem.Audio>().Select(audio => Convert.ToHexString(audio.Bytes.Span)));

    private static (List<AnswerItem> Items, string? Fault) Read(byte[] body, int[] cuts)
    {
        var items = new List<AnswerItem>();
        try
        {
            foreach (var item in new MultipartAnswerReader(Boundary).ReadAsync(new Pieces(body, cuts).ReadAsync, CancellationToken.None).ToBlockingEnumerable())
            {
                items.Add(item is AnswerItem.Audio audio ? new AnswerItem.Audio(audio.Bytes.ToArray()) : item);
            }

            return (items, null);
        }
        catch (BadAnswerException exception)
        {
            return (items, exception.Message);
        }
    }
}
