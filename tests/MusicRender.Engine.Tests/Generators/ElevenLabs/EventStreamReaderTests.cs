using System.Text;
using System.Text.Json;
using CsCheck;
using MusicRender.Engine.Generators.ElevenLabs.Answers;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

public sealed class EventStreamReaderTests
{
    private static readonly Gen<(string Name, string Json)[]> Fields = Any.Of<(string, string)>(
        ("chunk", """{"text":"[Verse]\nüé 😀 \"quoted\" \\ \u00e9","duration_ms":3000}"""), ("words_timestamps", """[{"word":"é","start_ms":1,"end_ms":2}]"""),
        ("waveform_visual", "[-1000, 0, 1000]"), ("nested", """{"audio_base64":"not music","data":{"audio_base64":"nor this"}}"""), ("list", """[[],{},"a,b:{"]"""),
        ("nothing", "null"), ("text", "\"audio_base64\""), ("é", "-1.5e3")).Array[0, 4];

    private static readonly Gen<TestEvent> Event = Gen.Select(
        Any.Of("audio_chunk", "audio_chunk", "composition_plan", "song_metadata", "done", "error"), Fields, Gen.Byte.Array[0, 300], Gen.Int[0, 30]).Select(
        (name, fields, music, index) => name == "audio_chunk" ? TestEvent.Audio(music, index, fields) : new TestEvent(name, fields));

    [Fact]
    public void AnyEvents_WrittenAndCutInAnyWay_AreReadAsTheyAre() => Gen.Select(Event.Array[0, 6], StreamForm.All, Gen.Int[1, 80].Array[1, 10]).Sample(
        (events, form, cuts) =>
        {
            var expected = events.Select(one => (one.Name, Json(one), Convert.ToHexString(one.Music ?? []))).ToList();
            Assert.Equal(expected, Read(form.Write(events), cuts));
        },
        iter: 1_500, threads: 1);

    [Fact]
    public void Events_ThatNobodyKnows_ArePassedOverWhateverTheyHold() => Gen.Select(StreamForm.All.Where(form => form.NamePlace == "before"), Gen.Int[1, 80].Array[1, 10]).Sample(
        (form, cuts) =>
        {
            byte[] stream =
            [
                .. (form with { EndsWithBlankLine = true }).Write(new TestEvent("ping", [("audio_base64", "\"!!!\"")])),
                .. Encoding.UTF8.GetBytes($"event: heartbeat{form.LineEnd}data: no json at all {{{form.LineEnd}{form.LineEnd}"),
                .. (form with { HasMark = false }).Write(TestEvent.Audio([1, 2, 3])),
            ];
            Assert.Equal([("audio_chunk", "010203")], Read(stream, cuts).Select(item => (item.Name, item.Music)));
        },
        iter: 300, threads: 1);

    [Theory]
    [InlineData("QUJD", "414243")]
    [InlineData("QUI=", "4142")]
    [InlineData("QQ==", "41")]
    [InlineData("", "")]
    [InlineData("+/+/", "FBFFBF")]
    [InlineData("QU\\nJD\\r\\n QUJD", "414243414243")]
    public void Music_InEachOfItsEndings_IsDecoded(string base64, string hex) =>
        Assert.Equal(hex, Assert.Single(Read(Encoding.ASCII.GetBytes($"data: {{\"event\":\"audio_chunk\",\"data\":{{\"audio_base64\":\"{base64}\"}}}}\n\n"), [3])).Music);

    [Theory]
    [InlineData("QUJDQ!JD", "414243")]
    [InlineData("QUJDQ", "414243")]
    [InlineData("QUJDQUI", "414243")]
    [InlineData("QUJDQQ=", "414243")]
    [InlineData("QQ==QUJD", "41")]
    [InlineData("QUJD=UJD", "414243")]
    [InlineData("QUJD\\u0000", "414243")]
    [InlineData("QUJD\\x", "414243")]
    [InlineData("QUJDé", "414243")]
    public void Music_ThatIsBroken_IsAFaultAfterWhatWasDecoded(string base64, string hex) => Gen.Int[1, 5].Array[1, 6].Sample(
        cuts =>
        {
            var (items, fault) = ReadFaulty(Encoding.UTF8.GetBytes($"event: audio_chunk\ndata: {{\"audio_base64\":\"{base64}\",\"index\":0}}\n\n"), cuts);
            Assert.Equal("music that is not readable (broken base64)", fault);
            Assert.StartsWith(hex, string.Concat(items.OfType<AnswerItem.Audio>().Select(audio => Convert.ToHexString(audio.Bytes.Span))), StringComparison.Ordinal);
            Assert.Empty(items.OfType<AnswerItem.Event>());
        },
        iter: 30, threads: 1);

    [Fact]
    public void Json_ThatIsBroken_IsAFaultAfterAllTheMusic()
    {
        byte[] stream = [.. "event: song_metadata\ndata: {\"title\":}\n\n"u8, .. StreamForm.Usual.Write(TestEvent.Audio([1, 2, 3]), TestEvent.Done(1))];
        var (items, fault) = ReadFaulty(stream, [1_000]);
        Assert.Equal("an event that is not readable (broken JSON)", fault);
        Assert.Equal("010203", string.Concat(items.OfType<AnswerItem.Audio>().Select(audio => Convert.ToHexString(audio.Bytes.Span))));
        Assert.Equal(["audio_chunk", "done"], items.OfType<AnswerItem.Event>().Select(item => item.Name));
    }

    [Theory]
    [InlineData("data: {\"audio_base64\":\"QUJD\",\"index\":0}", "audio_chunk")]
    [InlineData("event: message\ndata: {\"detail\":{\"code\":\"system_busy\"}}", "error")]
    [InlineData("data: {\"error\":\"no\"}", "error")]
    [InlineData("event: error\ndata: out of order", "error")]
    [InlineData("data: {\"title\":\"T\"}", "")]
    public void Event_WithoutAName_IsWhatItsFieldsSay(string text, string name) => Assert.Equal(name, Assert.Single(Read(Encoding.ASCII.GetBytes(text + "\n\n"), [5])).Name);

    [Fact]
    public void Stream_CutAtAnyByte_GivesWhatCameAndSaysSo()
    {
        byte[] music = [.. Enumerable.Range(0, 60).Select(value => (byte)value)];
        var stream = StreamForm.Usual.Write(TestEvent.Audio(music, 4));
        // The event is whole as soon as its JSON is.
        var end = Array.LastIndexOf(stream, (byte)'}');
        var head = stream.AsSpan().IndexOf("{"u8);
        for (var length = head + 1; length < stream.Length; length++)
        {
            var items = Items(stream[..length], [7]);
            Assert.Equal(length <= end, items[^1] is AnswerItem.CutOff);
            var came = items.OfType<AnswerItem.Audio>().SelectMany(audio => audio.Bytes.ToArray()).ToArray();
            Assert.Equal(music[..came.Length], came);
        }
    }

    [Fact]
    public void Event_ThatIsLongerThanAny_IsAFault()
    {
        var stream = Encoding.ASCII.GetBytes($"event: song_metadata\ndata: {{\"title\":\"{new string('x', EventJson.MaxBytes)}\"}}\n\n");
        Assert.Equal("an event that is longer than any should be", ReadFaulty(stream, [100_000]).Fault);
    }

    [Fact]
    public void AnyBytes_AreReadOrAFaultButNothingElse() => Gen.Select(
        Gen.OneOf(Gen.Byte.Array[0, 20], Any.Of("data:", "event: audio_chunk", "\n", "\r", "{\"audio_base64\":\"", "\"", "}", "QUJD", "\\", ":", ",", "[", "data: {\"data\":").Select(Encoding.ASCII.GetBytes)).Array[0, 30],
        Gen.Int[1, 30].Array[1, 10]).Sample((pieces, cuts) => ReadFaulty([.. pieces.SelectMany(piece => piece)], cuts), iter: 2_500, threads: 1);

    [Fact]
    public async Task LargeEvent_WhateverItsLength_TakesNoMoreMemory()
    {
        const int Letters = 64 * 1024 * 1024;
        var head = "event: audio_chunk\ndata: {\"audio_base64\":\""u8.ToArray();
        var tail = "\",\"index\":0}\n\n"u8.ToArray();
        var (left, step, decoded) = (Letters, 0, 0L);
        ValueTask<int> Read(Memory<byte> memory, CancellationToken ct)
        {
            var count = 0;
            switch (step)
            {
                case 0:
                    head.CopyTo(memory);
                    count = head.Length;
                    step++;
                    break;
                case 1:
                    count = Math.Min(left, Math.Min(memory.Length, 16_381));
                    memory.Span[..count].Fill((byte)'A');
                    left -= count;
                    step += left == 0 ? 1 : 0;
                    break;
                case 2:
                    tail.CopyTo(memory);
                    count = tail.Length;
                    step++;
                    break;
            }

            return ValueTask.FromResult(count);
        }

        // Everything is there at once, so all of it happens on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        await foreach (var item in new EventStreamReader().ReadAsync(Read, CancellationToken.None))
        {
            decoded += item is AnswerItem.Audio audio ? audio.Bytes.Length : 0;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Letters / 4 * 3, decoded);
        Assert.InRange(allocated, 1, 512 * 1024);
    }

    private static string Json(TestEvent one)
    {
        var data = one.Fields.GroupBy(field => field.Name).ToDictionary(group => group.Key, group => JsonElement.Parse(group.Last().Json));
        return Canonical(JsonSerializer.SerializeToElement(data));
    }

    /// <summary>The same text for the same fields in any order, without the empty text in place of the music.</summary>
    private static string Canonical(JsonElement data) =>
        data.ValueKind != JsonValueKind.Object ? data.GetRawText() : string.Join('|', data.EnumerateObject().Where(field => field.Name != "audio_base64").GroupBy(field => field.Name).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}={JsonSerializer.Serialize(group.Last().Value)}"));

    private static List<(string Name, string Data, string Music)> Read(byte[] stream, int[] cuts)
    {
        var read = new List<(string, string, string)>();
        var music = "";
        foreach (var item in Items(stream, cuts))
        {
            switch (item)
            {
                case AnswerItem.Audio audio:
                    music += Convert.ToHexString(audio.Bytes.Span);
                    break;
                case AnswerItem.Event known:
                    Assert.True(known.Data.ValueKind == JsonValueKind.Object && known.Data.TryGetProperty("audio_base64", out var place) ? place.GetString() == "" : music.Length == 0);
                    read.Add((known.Name, Canonical(known.Data), music));
                    music = "";
                    break;
                default:
                    read.Add(("cut off", "", music));
                    break;
            }
        }

        Assert.Equal("", music);
        return read;
    }

    private static List<AnswerItem> Items(byte[] stream, int[] cuts)
    {
        var (items, fault) = ReadFaulty(stream, cuts);
        Assert.Null(fault);
        return items;
    }

    private static (List<AnswerItem> Items, string? Fault) ReadFaulty(byte[] stream, int[] cuts)
    {
        var items = new List<AnswerItem>();
        try
        {
            foreach (var item in new EventStreamReader().ReadAsync(new Pieces(stream, cuts).ReadAsync, CancellationToken.None).ToBlockingEnumerable())
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
