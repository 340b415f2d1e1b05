using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>Answers that are broken, or only look unusual, on demand.</summary>
public sealed class BrokenAnswerTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    private readonly string _key = SimulatorHost.NewKey();

    [Theory]
    [InlineData(EventForm.EventLine, LineEnd.Lf)]
    [InlineData(EventForm.EventLine, LineEnd.Crlf)]
    [InlineData(EventForm.EventLineAfterData, LineEnd.Lf)]
    [InlineData(EventForm.EventLineAfterData, LineEnd.Crlf)]
    [InlineData(EventForm.Wrapped, LineEnd.Lf)]
    [InlineData(EventForm.Wrapped, LineEnd.Crlf)]
    public async Task EveryFormOfEvents_SaysTheSame(EventForm form, LineEnd end)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Events = form, LineEnd = end, EscapedBase64 = true, AudioLast = true, Pings = true });
        using var response = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);
        var first = text.ReplaceLineEndings("\n").Split("\n\n")[1].Split('\n');

        Assert.Equal(end is LineEnd.Crlf, text.Contains("\r\n", StringComparison.Ordinal));
        Assert.Equal(
            form switch
            {
                EventForm.EventLine => ["event: audio_chunk", "data: {\"content_type\""],
                EventForm.EventLineAfterData => ["data: {\"content_type\"", "event: audio_chunk"],
                _ => (string[])["data: {\"event\":\"audio_"],
            },
            first.Select(line => line[..Math.Min(line.Length, 22)].TrimEnd(':')).Select(line => line.StartsWith("event:", StringComparison.Ordinal) ? "event: audio_chunk" : line));
        Assert.StartsWith(": ping", text, StringComparison.Ordinal);
        Assert.Contains("\\/", text, StringComparison.Ordinal);
        var stream = EventStream.Read(bytes);
        Assert.Equal("audio_0 composition_plan song_metadata audio_1 audio_2 done", stream.Names);
        Assert.Equal((await simulator.ComposeAsync(_key)).Audio, stream.Audio);
    }

    [Theory]
    [InlineData(EventOrder.PlanFirst, "composition_plan song_metadata audio_0 audio_1 audio_2 done")]
    [InlineData(EventOrder.PlanLast, "audio_0 audio_1 audio_2 song_metadata composition_plan done")]
    [InlineData(EventOrder.PartsReversed, "audio_2 composition_plan song_metadata audio_1 audio_0 done")]
    public async Task Events_ComeInAnotherOrder(EventOrder order, string names)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Order = order });
        Assert.Equal(names, (await simulator.ComposeAsync(_key)).Names);
    }

    [Theory]
    [InlineData("song_metadata", "audio_0 composition_plan audio_1 audio_2 done")]
    [InlineData("composition_plan", "audio_0 song_metadata audio_1 audio_2 done")]
    [InlineData("done", "audio_0 composition_plan song_metadata audio_1 audio_2")]
    [InlineData("audio", "composition_plan song_metadata done")]
    public async Task Event_IsLeftOut(string what, string names)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Omit = [what] });
        Assert.Equal(names, (await simulator.ComposeAsync(_key)).Names);
    }

    [Fact]
    public async Task SongId_IsLeftOutOfTheHeaders()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Omit = ["song-id"] });
        using var response = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song);
        Assert.False(response.Headers.Contains("song-id"));
    }

    [Fact]
    public async Task ErrorEvent_EndsTheStream()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.ErrorEvent, Part = 1, Message = "The model fell over." });
        var stream = await simulator.ComposeAsync(_key);
        Assert.Equal("audio_0 composition_plan song_metadata error", stream.Names);
        Assert.Equal("The model fell over.", (string)stream["error"]["detail"]!["message"]!);
    }

    [Fact]
    public async Task BrokenBase64_IsInItsPartOnly()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.BrokenBase64, Part = 1 });
        var parts = (await simulator.ComposeAsync(_key)).Parts.ToList();
        Assert.NotEmpty(EventStream.AudioOf(parts[0]));
        Assert.Throws<FormatException>(() => EventStream.AudioOf(parts[1]));
        Assert.NotEmpty(EventStream.AudioOf(parts[2]));
    }

    [Fact]
    public async Task BrokenJson_IsNoJson()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.BrokenJson, Part = 2 }, new Fault { Kind = FaultKind.BrokenJson });
        await Assert.ThrowsAnyAsync<JsonException>(() => simulator.ComposeAsync(_key));
        using var response = await simulator.GetAsync(SimulatorFixture.Subscription, _key);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(response.Content.ReadAsStream()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_001)]
    public async Task CutAnswers_SendExactlyTheBytesBefore(int at)
    {
        // Reset, closed, cut off in good form, silent: what came is the same, how it ends is not.
        Assert.Equal(at, await ReadAsync(FaultKind.Reset, endsWell: false));
        Assert.Equal(at, await ReadAsync(FaultKind.Close, endsWell: false));
        Assert.Equal(at, await ReadAsync(FaultKind.Truncate, endsWell: true));
        Assert.Equal([CallOutcome.Cut, CallOutcome.Cut, CallOutcome.Cut], (await simulator.Host.CallsAsync(_key)).Select(call => call.Outcome));

        async Task<int> ReadAsync(FaultKind kind, bool endsWell)
        {
            await simulator.Host.FailNextAsync(_key, new Fault { Kind = kind, At = at });
            using var response = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song);
            await using var stream = await response.Content.ReadAsStreamAsync();
            var received = new MemoryStream();
            var reading = stream.CopyToAsync(received);
            if (endsWell)
            {
                await reading;
            }
            else
            {
                await Assert.ThrowsAnyAsync<IOException>(() => reading);
            }

            return (int)received.Length;
        }
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Close)]
    public async Task ConnectionIsLostBeforeTheHeaders_AfterTheCallWasRead(FaultKind kind)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = kind });
        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song));

        // The client may know before the simulator has written it down.
        await Until.TrueAsync(async () => (await simulator.LastCallAsync(_key)).Outcome is CallOutcome.Cut, "the call is cut");
        var call = await simulator.LastCallAsync(_key);
        Assert.Equal(SimulatorFixture.Song.ToJsonString(), call.Body);
        Assert.Equal((0, 195), (call.Status, call.Credits));
    }

    [Fact]
    public async Task StalledAnswer_SendsNothingMore_UntilTheCallerLeaves()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.Stall, At = 5_000 });
        using (var response = await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song))
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[5_000]);
            var more = stream.ReadAsync(new byte[1]).AsTask();
            await Until.TrueAsync(async () => (await simulator.LastCallAsync(_key)).BytesSent == 5_000, "the answer stands still");
            Assert.False(more.IsCompleted);
            Assert.Equal(CallOutcome.Running, (await simulator.LastCallAsync(_key)).Outcome);
        }

        await Until.TrueAsync(async () => (await simulator.LastCallAsync(_key)).Outcome is CallOutcome.ClientClosed, "the caller's leaving is seen");
    }

    [Theory]
    [InlineData(SimulatorFixture.Stream, "text/event-stream")]
    [InlineData(SimulatorFixture.Detailed, "multipart/mixed")]
    public async Task Garbage_HasTheRightTypeAndNothingElse(string path, string type)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.Garbage });
        using var response = await simulator.PostAsync(path, _key, SimulatorFixture.Song);
        Assert.Equal((200, type), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(4_096, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData(SimulatorFixture.Stream)]
    [InlineData(SimulatorFixture.Detailed)]
    public async Task ContentType_IsAnother(string path)
    {
        await simulator.Host.FailNextAsync(_key, new Fault { ContentType = "text/html" });
        using var response = await simulator.PostAsync(path, _key, SimulatorFixture.Song);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Multipart_WithLfQuotesAndMissingParts()
    {
        await simulator.Host.FailNextAsync(
            _key,
            new Fault { Endpoint = Endpoints.Detailed, LineEnd = LineEnd.Lf, QuotedBoundary = true },
            new Fault { Endpoint = Endpoints.Detailed, Omit = ["json"] },
            new Fault { Endpoint = Endpoints.Detailed, Omit = ["audio"] },
            new Fault { Endpoint = Endpoints.Detailed, Omit = ["song_metadata"] },
            new Fault { Endpoint = Endpoints.Detailed, Kind = FaultKind.BrokenJson });
        var answers = new List<string>();
        for (var call = 0; call < 5; call++)
        {
            using var response = await simulator.PostAsync(SimulatorFixture.Detailed, _key, SimulatorFixture.Song);
            answers.Add(response.Content.Headers.ContentType + "\n" + Encoding.Latin1.GetString(await response.Content.ReadAsByteArrayAsync()));
        }

        Assert.Contains("boundary=\"song-", answers[0], StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\n\n{", answers[0], StringComparison.Ordinal);
        Assert.DoesNotContain("application/json", answers[1], StringComparison.Ordinal);
        Assert.DoesNotContain("audio/mpeg", answers[2], StringComparison.Ordinal);
        Assert.DoesNotContain("song_metadata", answers[3], StringComparison.Ordinal);
        Assert.Contains("\r\n\r\n{{", answers[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zips_AreEmpty_HostileOrGarbage()
    {
        var song = (await simulator.ComposeAsync(_key)).Audio;
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.EmptyZip }, new Fault { Kind = FaultKind.HostileZip }, new Fault { Kind = FaultKind.Garbage });

        Assert.Empty(await NamesAsync());
        var hostile = await NamesAsync();
        Assert.Equal(["../../vocals.mp3", "/tmp/drums.mp3", "..\\bass.mp3", "guitar.mp3", "piano.mp3", "other.mp3", "readme.txt"], hostile);
        await Assert.ThrowsAsync<InvalidDataException>(NamesAsync);

        async Task<string[]> NamesAsync()
        {
            using var response = await simulator.SeparateAsync(_key, song);
            using var archive = new ZipArchive(await response.Content.ReadAsStreamAsync());
            return [.. archive.Entries.Select(entry => entry.FullName)];
        }
    }
}
