using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>A request that may have been charged is never sent again; one that surely was not, is.</summary>
public sealed class MoneyTests
{
    public static TheoryData<int, string, string> Retried => new()
    {
        { 429, "rate_limit_exceeded", "ElevenLabs is busy; trying again in" },
        { 429, "system_busy", "ElevenLabs is busy; trying again in" },
        { 429, "something_new", "ElevenLabs is busy; trying again in" },
        { 500, "", "ElevenLabs has a problem of its own; trying again in" },
        { 502, "", "ElevenLabs has a problem of its own; trying again in" },
        { 503, "", "ElevenLabs has a problem of its own; trying again in" },
        { 429, "concurrent_limit_exceeded", "All slots of the ElevenLabs account are taken; trying again in" },
        { 429, "too_many_concurrent_requests", "All slots of the ElevenLabs account are taken; trying again in" },
    };

    [Theory]
    [MemberData(nameof(Retried))]
    public async Task Refusal_ThatCostsNothing_IsTriedAgainVisibly(int status, string code, string message)
    {
        var upstream = new Upstream(() => Upstream.Refusal(status, code, ""), () => Upstream.Refusal(status, code, ""), () => Upstream.Song(12_000));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Null(rendered.Failure);
        Assert.Equal(3, upstream.Calls.Count);
        Assert.Contains(rendered.Messages, told => told.StartsWith(message, StringComparison.Ordinal) && told.EndsWith("(attempt 2)", StringComparison.Ordinal));
        Assert.Contains(rendered.Messages, told => told.StartsWith(message, StringComparison.Ordinal) && told.EndsWith("(attempt 3)", StringComparison.Ordinal));
        // About 1 s, then about 2 s, each a quarter more or less.
        Assert.InRange(upstream.Time.Elapsed.TotalSeconds, 2.25, 3.75);
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded", "rate_limited", "retry")]
    [InlineData(429, "system_busy", "busy", "retry")]
    [InlineData(503, "", "unavailable", "retry")]
    public async Task Refusal_ThatDoesNotEnd_IsGivenUpInTime(int status, string code, string reason, string action)
    {
        var upstream = new Upstream([.. Enumerable.Repeat(() => Upstream.Refusal(status, code, ""), 50)]) { Options = new() { RetryTimeout = TimeSpan.FromSeconds(60) } };
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal((FailureCode.ServerError, reason, action), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        Assert.InRange(upstream.Time.Elapsed.TotalSeconds, 20, 60);
        Assert.InRange(upstream.Calls.Count, 5, 8);
    }

    [Fact]
    public async Task Refusal_WithoutPatience_IsTheEnd()
    {
        var upstream = new Upstream(() => Upstream.Refusal(503, "", "Overloaded.")) { Options = new() { RetryTimeout = TimeSpan.Zero } };
        Assert.Equal("unavailable", (await upstream.RenderAsync(Songs.Sung)).Reason);
        Assert.Single(upstream.Calls);
    }

    [Fact]
    public async Task RetryAfter_IsHeeded()
    {
        var upstream = new Upstream(() => Upstream.Raw(429, "{}", retryAfter: TimeSpan.FromSeconds(17)), () => Upstream.Song(12_000));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Null(rendered.Failure);
        Assert.Equal(17, upstream.Time.Elapsed.TotalSeconds);
        Assert.Equal(Enumerable.Range(1, 17).Reverse().Select(second => $"ElevenLabs is busy; trying again in {second} s (attempt 2)"), rendered.Messages.Take(17));
        upstream = new Upstream(() => Upstream.Raw(429, "{}", retryAfter: TimeSpan.FromMinutes(10)));
        Assert.Equal("rate_limited", (await upstream.RenderAsync(Songs.Sung)).Reason);
        Assert.Equal(TimeSpan.Zero, upstream.Time.Elapsed);
    }

    [Fact]
    public async Task ConcurrentLimit_WaitsLongerAndThenSaysSo()
    {
        var upstream = new Upstream([.. Enumerable.Repeat(() => Upstream.Refusal(429, "concurrent_limit_exceeded", ""), 200)]) { Options = new() { RetryTimeout = TimeSpan.FromSeconds(30) } };
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal(("concurrent_limit", "retry"), (rendered.Reason, rendered.Action));
        Assert.InRange(upstream.Time.Elapsed.TotalSeconds, 240, 300);
    }

    [Fact]
    public async Task ConcurrentLimit_IsOver_WhenAnotherRenderEnds()
    {
        // Nobody is woken by this clock: only the end of the other render goes on.
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new ScriptedStream([StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(12_000)), TestEvent.Done(1))]);
        var upstream = new Upstream(() => Upstream.Answer(new HeldStream(first, release.Task), "text/event-stream"), () => Upstream.Refusal(429, "concurrent_limit_exceeded", ""), () => Upstream.Song(12_000))
        {
            Time = new InstantTime(TimeSpan.Zero),
        };
        var generator = upstream.Generator();
        var one = Rendered.OfAsync(generator, Songs.Sung);
        await Until.TrueAsync(() => upstream.Calls.Count == 1, "the first render was sent");
        var other = Rendered.OfAsync(generator, Songs.Sung);
        await Until.TrueAsync(() => upstream.Calls.Count == 2, "the second render was refused");
        release.SetResult();
        Assert.Null((await one).Failure);
        Assert.Null((await other).Failure);
        Assert.Equal(3, upstream.Calls.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task Connection_ThatCannotBeMade_IsTriedAgain(HttpRequestError error)
    {
        var upstream = new Upstream(() => throw new HttpRequestException(error), () => throw new TaskCanceledException("", new TimeoutException()), () => Upstream.Song(12_000));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Null(rendered.Failure);
        Assert.Equal(3, upstream.Calls.Count);
        Assert.Contains(rendered.Messages, told => told.StartsWith("ElevenLabs cannot be reached; trying again in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connection_ThatCanNeverBeMade_SaysThatNothingWasSent()
    {
        var upstream = new Upstream([.. Enumerable.Repeat<Func<HttpResponseMessage>>(() => throw new HttpRequestException(HttpRequestError.NameResolutionError), 50)]);
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal(("unreachable", "retry"), (rendered.Reason, rendered.Action));
        Assert.Contains("nothing charged", rendered.Failure!.Message, StringComparison.Ordinal);
        upstream = new Upstream(() => throw new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new AuthenticationException()));
        Assert.Contains("certificate", (await upstream.RenderAsync(Songs.Sung)).Failure!.Message, StringComparison.Ordinal);
        Assert.Single(upstream.Calls);
    }

    public static TheoryData<Exception> Faults =>
    [
        new HttpRequestException(HttpRequestError.ResponseEnded), new HttpRequestException(HttpRequestError.Unknown), new HttpRequestException(HttpRequestError.HttpProtocolError),
        new HttpRequestException(HttpRequestError.InvalidResponse), new HttpIOException(HttpRequestError.ResponseEnded), new IOException("broken pipe"), new TaskCanceledException(),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_WhileWaitingForTheAnswer_IsNeverSentAgain(Exception fault)
    {
        var upstream = new Upstream(() => throw fault);
        var rendered = await upstream.RenderAsync(Songs.Sung);
        IsInterrupted(rendered, upstream);
        Assert.Contains("before any music arrived", rendered.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_InTheMiddleOfTheMusic_KeepsItAndIsNeverSentAgain(Exception fault)
    {
        var stream = StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(12_000)));
        foreach (var length in (int[])[stream.Length / 2, stream.Length])
        {
            var upstream = new Upstream(() => Upstream.Answer(new ScriptedStream([stream[..length]], fault), "text/event-stream"));
            var rendered = await upstream.RenderAsync(Songs.Sung);
            IsInterrupted(rendered, upstream);
            Assert.Contains(" s of 12 s had arrived. ", rendered.Failure!.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("kept", rendered.Failure.Message, StringComparison.Ordinal);
            Assert.True(rendered.Details.GetProperty("may_be_billed").GetBoolean());
            Assert.Equal(Upstream.Mp3(12_000)[..rendered.Music.Length], rendered.Music);
            Assert.InRange(rendered.Music.Length, (length * 3 / 4) - 100, length);
        }
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    [InlineData(520)]
    [InlineData(522)]
    [InlineData(524)]
    public async Task Gateway_ThatLostTheUpstream_DoesNotKnowWhatItCost(int status)
    {
        var upstream = new Upstream(() => Upstream.Raw(status, "<html>lost</html>", "text/html"));
        IsInterrupted(await upstream.RenderAsync(Songs.Sung), upstream);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(521)]
    [InlineData(523)]
    [InlineData(525)]
    public async Task Gateway_ThatNeverReachedTheUpstream_IsAskedAgain(int status)
    {
        var upstream = new Upstream(() => Upstream.Raw(status, "<html>down</html>", "text/html"), () => Upstream.Song(12_000));
        Assert.Null((await upstream.RenderAsync(Songs.Sung)).Failure);
        Assert.Equal(2, upstream.Calls.Count);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(500, "")]
    [InlineData(626, "Less than 1 s of 12 s had arrived. ")]
    [InlineData(50 * 626, "1 s of 12 s had arrived. ")]
    public async Task Break_AfterAFewBytes_TellsOnlyOfWholeFrames(int bytes, string words)
    {
        var upstream = new Upstream(() => Upstream.Answer(new ScriptedStream([StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(12_000)[..bytes]))], new IOException("broken pipe")), "text/event-stream"));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        IsInterrupted(rendered, upstream);
        Assert.Equal($"The connection to ElevenLabs broke {(words.Length == 0 ? "before any music arrived" : "while the music arrived")}. {words}The render may have been charged, and rendering again may be charged again.", rendered.Failure!.Message);
    }

    [Fact]
    public async Task Answer_WithoutEnd_IsGivenUpAndWhatCameStays()
    {
        var part = StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(12_000)));
        var stream = new RepeatingStream(part);
        var upstream = new Upstream(() => Upstream.Answer(stream, "text/event-stream"));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal(("bad_answer", "render_again"), (rendered.Reason, rendered.Action));
        Assert.Contains("far more than music of this length can be", rendered.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(Upstream.Mp3(12_000), rendered.Music[..Upstream.Mp3(12_000).Length]);
        // Four times twelve seconds at 128 kbit/s in base64, and 16 MB beside.
        Assert.InRange(stream.BytesRead, 17_000_000, 17_200_000);
        Assert.Single(upstream.Calls);
    }

    [Theory]
    [InlineData("mp3_44100_320", 600_000)]
    [InlineData("auto", 600_000)]
    [InlineData("mp3_22050_32", 3_000)]
    public void Limit_OfAnAnswer_IsFarAboveWhatItCanBe(string format, int milliseconds)
    {
        var asked = Songs.Sung with { Sections = [new PlanSection { SectionName = "A", DurationMs = milliseconds }] };
        var needed = milliseconds / 1000 * (format == "mp3_22050_32" ? 32 : 320) * 125 * 4L / 3;
        Assert.InRange(AnswerLimit.Of(asked, format), (4 * needed) + 15_000_000, (4 * needed) + 17_000_000);
        Assert.Equal(AnswerLimit.Of(Songs.Sung with { Sections = [new PlanSection { SectionName = "A", DurationMs = 600_000 }] }, format), AnswerLimit.Of(new PromptComposition { Prompt = "a song" }, format));
    }

    [Theory]
    [InlineData(12_000, null)]
    [InlineData(11_020, null)]
    [InlineData(10_900, "interrupted")]
    public async Task End_WithoutDone_IsGoodOnlyWhenTheLengthIsThere(int milliseconds, string? reason)
    {
        var upstream = new Upstream(() => Upstream.Events(StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(milliseconds)))));
        Assert.Equal(reason, (await upstream.RenderAsync(Songs.Sung)).Reason);
        Assert.Single(upstream.Calls);
    }

    [Fact]
    public async Task End_WithoutDone_OfAPromptWithoutLength_IsNotTakenForGood()
    {
        var upstream = new Upstream(() => Upstream.Events(StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(30_000)))));
        IsInterrupted(await upstream.RenderAsync(new PromptComposition { Prompt = "a song" }), upstream);
    }

    [Fact]
    public async Task Connection_ThatBreaksAfterEverythingCame_IsNoHarm()
    {
        var stream = StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(12_000)), TestEvent.Done(1));
        Assert.Null((await new Upstream(() => Upstream.Answer(new ScriptedStream([stream], new IOException()), "text/event-stream")).RenderAsync(Songs.Sung)).Failure);
        // An upstream that leaves the connection open is not waited for.
        var upstream = new Upstream(() => Upstream.Answer(new ScriptedStream([stream], isSilent: true), "text/event-stream")) { Time = new InstantTime(TimeSpan.FromSeconds(2)) };
        Assert.Null((await upstream.RenderAsync(Songs.Sung)).Failure);
    }

    [Fact]
    public async Task Silence_BeforeTheAnswer_IsToldAndGivenUp()
    {
        var upstream = new Upstream(Upstream.Silence) { Options = new() { IdleTimeout = TimeSpan.FromSeconds(40) } };
        var rendered = await upstream.RenderAsync(Songs.Sung);
        IsInterrupted(rendered, upstream);
        Assert.Equal(Enumerable.Range(1, 40).Select(second => $"Waiting for ElevenLabs, {second} s"), rendered.Messages);
        Assert.All(rendered.Outputs.OfType<GeneratorOutput.Progress>(), progress => Assert.Equal(0, progress.DoneMs));
        Assert.Contains("sent nothing for 40 seconds", rendered.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_AfterTheHeaders_IsToldAndGivenUp()
    {
        var upstream = new Upstream(() => Upstream.Answer(new ScriptedStream([": keep-alive\n"u8.ToArray()], isSilent: true), "text/event-stream")) { Options = new() { IdleTimeout = TimeSpan.FromMinutes(5) } };
        var rendered = await upstream.RenderAsync(Songs.Sung);
        IsInterrupted(rendered, upstream);
        Assert.Contains("ElevenLabs took the request; waiting for the first music, 299 s", rendered.Messages);
        Assert.Contains("sent nothing for 5 minutes", rendered.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_InTheMiddleOfTheMusic_KeepsIt()
    {
        var stream = StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(5_000)));
        var upstream = new Upstream(() => Upstream.Answer(new ScriptedStream([stream], isSilent: true), "text/event-stream")) { Options = new() { IdleTimeout = TimeSpan.FromSeconds(1) } };
        var rendered = await upstream.RenderAsync(Songs.Sung);
        IsInterrupted(rendered, upstream);
        Assert.Equal(Upstream.Mp3(5_000), rendered.Music);
    }

    public static TheoryData<string, string, string> BadAnswers => new()
    {
        { "text/event-stream", "event: audio_chunk\ndata: {\"audio_base64\":\"!!!\"}\n\n", "broken base64" },
        { "text/event-stream", "event: done\ndata: {\n\n", "broken JSON" },
        { "text/event-stream", "event: done\ndata: {}\n\n", "without music" },
        { "text/event-stream", "\0\u0001 this is nothing", "no music" },
        { "text/event-stream", "event: audio_chunk\ndata: {\"audio_base64\":\"QUJD\"}\n\nevent: done\ndata: {}\n\n", "no MP3" },
        { "multipart/mixed", "--x\r\n", "does not name its boundary" },
        { "multipart/mixed; boundary=x", "nothing", "without its boundary" },
        { "multipart/mixed; boundary=x", "--x\n\n{}\n--x--", "without music" },
        { "text/html; charset=utf-8", "<html></html>", "wrong kind (text/html)" },
        { "application/json", "{}", "wrong kind (application/json)" },
        { "", "", "wrong kind" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task Answer_ThatMakesNoSense_IsNeverSentAgain(string contentType, string body, string word)
    {
        var upstream = new Upstream(() => Upstream.Answer(new MemoryStream(Encoding.UTF8.GetBytes(body)), contentType));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal(("bad_answer", "render_again"), (rendered.Reason, rendered.Action));
        Assert.Contains(word, rendered.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("may have been charged", rendered.Failure.Message, StringComparison.Ordinal);
        Assert.Single(upstream.Calls);
    }

    [Fact]
    public async Task Parts_ThatAreMissing_AreNotTakenForTheWhole()
    {
        var upstream = new Upstream(() => Upstream.Events(StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(5_000)), TestEvent.Done(3))));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Equal("bad_answer", rendered.Reason);
        Assert.Contains("only 1 of 3 parts", rendered.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Multipart_CutShort_IsInterruptedAndKept()
    {
        var body = MultipartAnswerReaderTests.Body(Upstream.Mp3(12_000), "\r\n", false, false, false);
        var upstream = new Upstream(() => Upstream.Answer(new MemoryStream(body[..(body.Length / 2)]), "multipart/mixed; boundary=b0undary_="));
        var rendered = await upstream.RenderAsync(Songs.Sung);
        IsInterrupted(rendered, upstream);
        Assert.Equal(Upstream.Mp3(12_000)[..rendered.Music.Length], rendered.Music);
    }

    [Fact]
    public async Task Cancel_AtAnyPoint_EndsWithCancellationAndClosesTheConnection()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = new Upstream(Upstream.Silence) { Time = new InstantTime(TimeSpan.Zero), BeforeAnswer = cancel.CancelAsync };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.RenderAsync(Songs.Sung, ct: cancel.Token));

        using var late = new CancellationTokenSource();
        var body = new ScriptedStream([StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(5_000)))], isSilent: true);
        var reading = new Upstream(() => Upstream.Answer(body, "text/event-stream")) { Time = new InstantTime(TimeSpan.Zero) };
        var request = new GenerationRequest { Composition = Songs.Sung, Seed = 1, OutputFormat = "auto" };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var output in reading.Generator().GenerateAsync(request, late.Token))
            {
                if (output is GeneratorOutput.Part)
                {
                    await late.CancelAsync();
                }
            }
        });
        Assert.False(body.CanRead);
    }

    /// <summary>.NET's own handler, on real connections: whatever breaks after the request was read, it is sent once.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Socket_ThatBreaksAfterTheRequest_SeesItOnce(bool isReused, bool isReset)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = 0;
        using var stop = new CancellationTokenSource();
        var server = ServeAsync();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        var upstream = new Upstream { Options = new() { BaseUrl = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}") } };
        var generator = new ElevenLabsGenerator(upstream.Api(handler), upstream.KeyInUse, upstream.Options, TimeProvider.System, new Random(1), Microsoft.Extensions.Logging.Abstractions.NullLogger<ElevenLabsGenerator>.Instance);
        if (isReused)
        {
            // A refusal leaves the connection open for the next request.
            Assert.Equal("refused", (await Rendered.OfAsync(generator, Songs.Sung)).Reason);
        }

        var before = requests;
        var rendered = await Rendered.OfAsync(generator, Songs.Sung);
        Assert.Equal("interrupted", rendered.Reason);
        Assert.Equal(before + 1, requests);
        await stop.CancelAsync();
        listener.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => server);

        async Task ServeAsync()
        {
            while (true)
            {
                using var connection = await listener.AcceptSocketAsync(stop.Token);
                while (await ReadRequestAsync(connection))
                {
                    requests++;
                    if (!isReused || requests > 1)
                    {
                        connection.LingerState = isReset ? new LingerOption(true, 0) : null!;
                        break;
                    }

                    await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}"u8.ToArray());
                }
            }
        }
    }

    /// <summary>A redirect would send plan and key to whom it names.</summary>
    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        var upstream = new Upstream(() =>
        {
            var answer = Upstream.Raw(307, "{}");
            answer.Headers.Location = new Uri("https://elsewhere.example/");
            return answer;
        });
        Assert.Equal("refused", (await upstream.RenderAsync(Songs.Sung)).Reason);
    }

    private static void IsInterrupted(Rendered rendered, Upstream upstream)
    {
        Assert.Equal((FailureCode.ServerError, "interrupted", "render_again"), (rendered.Failure!.Code, rendered.Reason, rendered.Action));
        Assert.Contains("may have been charged", rendered.Failure.Message, StringComparison.Ordinal);
        Assert.Single(upstream.Calls);
    }

    private static async Task<bool> ReadRequestAsync(Socket connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[8_192];
        while (true)
        {
            var read = await connection.ReceiveAsync(buffer);
            if (read == 0)
            {
                return false;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                // Refit says how long the body is.
                var length = int.Parse(request.Split('\n').Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
                if (Encoding.UTF8.GetByteCount(request.AsSpan(end + 4)) >= length)
                {
                    return true;
                }
            }
        }
    }

    /// <summary>A body that says the same again and again.</summary>
    private sealed class RepeatingStream(byte[] part) : MemoryStream
    {
        private int _at;

        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(buffer.Length, part.Length - _at);
            part.AsMemory(_at, count).CopyTo(buffer);
            _at = (_at + count) % part.Length;
            BytesRead += count;
            return ValueTask.FromResult(count);
        }
    }

    /// <summary>A body that begins only when it may.</summary>
    private sealed class HeldStream(Stream inner, Task mayBegin) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await mayBegin;
            return await inner.ReadAsync(buffer, cancellationToken);
        }
    }
}
