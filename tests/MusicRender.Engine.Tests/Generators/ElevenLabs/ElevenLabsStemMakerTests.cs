using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Generators.ElevenLabs.Stems;
using MusicRender.Engine.Plan;
using Refit;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

public sealed class ElevenLabsStemMakerTests : IDisposable
{
    private static readonly byte[] Vocals = Random(200_000);
    private static readonly byte[] Drums = [1, 2, 3];

    private readonly TestFolder _folder = new();
    private readonly StemUpstream _upstream = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ElevenLabsOptions _options = new();
    private string Paid => Path.Combine(_folder.Path, "paid.zip");

    private readonly byte[] _track = [.. Enumerable.Range(0, 300_000).Select(at => (byte)at)];

    public void Dispose()
    {
        _upstream.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(StemSet.Two, "two_stems_v1")]
    [InlineData(StemSet.Six, "six_stems_v1")]
    public async Task Separation_IsAskedForAsTheContractHasIt(StemSet set, string variation)
    {
        _upstream.AnswerZip(("vocals.mp3", Vocals), ("drums.mp3", Drums));

        var stems = StemsOf(await SeparateAsync(set));

        Assert.Equal([("vocals", Vocals.Length), ("drums", Drums.Length)], stems.Select(stem => (stem.Key, stem.Value.Length)));
        Assert.Equal(Vocals, stems["vocals"]);
        var (address, contentType, body) = Assert.Single(_upstream.Requests);
        Assert.Equal("/v1/music/stem-separation?output_format=mp3_44100_128", address);
        var parts = await PartsOf(contentType, body);
        Assert.Equal(["file", "stem_variation_id"], parts.Select(part => part.Disposition.Name!.Trim('"')));
        Assert.Equal("n_chte_1.mp3", parts[0].Disposition.FileName!.Trim('"'));
        Assert.Equal("audio/mpeg", parts[0].Type);
        Assert.Equal(_track, parts[0].Bytes);
        Assert.Equal(variation, Encoding.UTF8.GetString(parts[1].Bytes));
    }

    [Fact]
    public async Task Names_OfTheArchive_BecomePlainAndStayInTheirPlace()
    {
        _upstream.AnswerZip(
            ("../../Vocals (Main).MP3", Drums), ("/etc/passwd", Drums), ("stems\\vocals main.mp3", Drums), ("readme.txt", Drums), ("a/", []),
            ("...mp3", Drums), ("夜.mp3", Drums), ("empty.mp3", []));

        var stems = StemsOf(await SeparateAsync());

        Assert.Equal(["vocals-main", "stems-vocals-main", "stem", "stem-2"], stems.Keys);
        Assert.Equal(["paid.zip", "track.mp3"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(401, """{"detail":{"status":"invalid_api_key","message":"Invalid API key"}}""", "invalid_key", "settings", "does not accept the API key")]
    [InlineData(401, """{"detail":{"status":"quota_exceeded","message":"x"}}""", "insufficient_credits", "settings", "enough credits")]
    [InlineData(402, """{"detail":{"code":"insufficient_credits","message":"x"}}""", "insufficient_credits", "settings", "Nothing was charged")]
    [InlineData(403, """{"detail":{"code":"subscription_required","message":"Upgrade"}}""", "subscription_required", "settings", "Upgrade")]
    [InlineData(400, """{"detail":{"code":"odd","message":"Too short"}}""", "refused", "retry", "Too short")]
    [InlineData(422, """{"detail":[{"loc":["body","file"],"msg":"is no audio","type":"x"}]}""", "bad_request", "retry", "file: is no audio.")]
    [InlineData(502, "<html>lost</html>", "interrupted", "make_stems_again", "may have been charged")]
    [InlineData(504, "{}", "interrupted", "make_stems_again", "may have been charged")]
    public async Task Refusal_ForGood_IsToldAndNotSentAgain(int status, string body, string reason, string action, string words)
    {
        _upstream.Answer((HttpStatusCode)status, body);

        var failure = FailureOf(await SeparateAsync());

        Assert.Equal((reason, action), (ReasonOf(failure), ActionOf(failure)));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Sketch", failure.Message, StringComparison.Ordinal);
        Assert.Single(_upstream.Requests);
    }

    [Theory]
    [InlineData(429, """{"detail":{"code":"concurrent_limit_exceeded","message":"x"}}""", "All slots of the ElevenLabs account are taken")]
    [InlineData(429, """{"detail":{"code":"system_busy","message":"x"}}""", "ElevenLabs is busy")]
    [InlineData(500, "oops", "ElevenLabs has a problem of its own")]
    [InlineData(503, "{}", "ElevenLabs has a problem of its own")]
    public async Task Refusal_ThatCostsNothing_IsTriedAgainVisibly(int status, string body, string words)
    {
        _upstream.Answer((HttpStatusCode)status, body);
        _upstream.AnswerZip(("vocals.mp3", Vocals));

        var outputs = await SeparateAsync();

        Assert.Equal(Vocals, StemsOf(outputs)["vocals"]);
        Assert.Equal(2, _upstream.Requests.Count);
        Assert.Equal(_upstream.Requests[0].Body.Length, _upstream.Requests[1].Body.Length);
        Assert.Contains(outputs.OfType<StemOutput.Progress>(), progress => progress.Message.StartsWith(words, StringComparison.Ordinal) && progress.Message.Contains("(attempt 2)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(429, "busy")]
    [InlineData(500, "unavailable")]
    public async Task Refusals_WithoutEnd_EndWithThePatience(int status, string reason)
    {
        _options.RetryTimeout = TimeSpan.FromSeconds(5);
        _upstream.Answer((HttpStatusCode)status, "{}");

        var failure = FailureOf(await SeparateAsync());

        Assert.Equal(reason, ReasonOf(failure));
        Assert.InRange(_upstream.Requests.Count, 2, 5);
    }

    [Fact]
    public async Task Connection_Refused_IsTriedAgainAndThenToldAsFree()
    {
        _options.RetryTimeout = TimeSpan.FromSeconds(5);
        _upstream.Answer(() => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException()));

        var failure = FailureOf(await SeparateAsync());

        Assert.Equal("unreachable", ReasonOf(failure));
        Assert.Contains("nothing charged", failure.Message, StringComparison.Ordinal);
        Assert.InRange(_upstream.Requests.Count, 2, 5);
    }

    [Fact]
    public async Task Connection_BrokenAfterTheTrackWasSent_IsNeverSentAgain()
    {
        _upstream.Answer(() => throw new HttpRequestException(HttpRequestError.ResponseEnded, "ended"));

        IsInterrupted(FailureOf(await SeparateAsync()));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(100_000, false)]
    [InlineData(100_000, true)]
    public async Task Archive_ThatBreaksOffOrStalls_IsInterruptedAndNotSentAgain(int bytes, bool stalls)
    {
        _upstream.AnswerStream(new BrokenStream(StemUpstream.Zip(("vocals.mp3", Vocals))[..bytes], stalls));

        IsInterrupted(FailureOf(await SeparateAsync()));
    }

    [Fact]
    public async Task Upstream_ThatSaysNothing_IsGivenUp()
    {
        _upstream.OnReceive = () => new TaskCompletionSource().Task;

        var failure = FailureOf(await SeparateAsync());

        Assert.Equal("interrupted", ReasonOf(failure));
        Assert.Empty(_upstream.Requests);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("text")]
    [InlineData("half an archive")]
    [InlineData("no stems")]
    [InlineData("an empty archive")]
    [InlineData("too many")]
    [InlineData("a bomb")]
    public async Task Answer_ThatIsNoArchiveOfStems_HasFailedAndMayBeCharged(string what)
    {
        _upstream.AnswerBytes(what switch
        {
            "nothing" => [],
            "text" => "{\"no\":\"archive\"}"u8.ToArray(),
            "half an archive" => StemUpstream.Zip(("vocals.mp3", Vocals))[..5_000],
            "no stems" => StemUpstream.Zip(("readme.txt", Drums)),
            "an empty archive" => StemUpstream.Zip(),
            "too many" => StemUpstream.Zip([.. Enumerable.Range(0, 9).Select(at => ($"{at}.mp3", Drums))]),
            _ => StemUpstream.Zip(("vocals.mp3", new byte[StemArchive.MaxStemBytes + 1])),
        });

        var outputs = await SeparateAsync();

        var failure = FailureOf(outputs);
        Assert.Equal(("bad_answer", "make_stems_again", true), (ReasonOf(failure), ActionOf(failure), failure.Details!.Value.GetProperty("may_be_billed").GetBoolean()));
        // What nobody can read does not stand in the way of another try.
        Assert.False(File.Exists(Paid));
        Assert.InRange(outputs.OfType<StemOutput.Encoded>().Sum(encoded => encoded.Bytes.Length), 0, StemArchive.MaxStemBytes);
        Assert.Contains("may have been charged", failure.Message, StringComparison.Ordinal);
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Archive_ThatWasPaidFor_IsReadWithoutAskingAgain()
    {
        _upstream.AnswerZip(("vocals.mp3", Vocals));
        var first = StemsOf(await SeparateAsync());
        Assert.True(File.Exists(Paid));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "stems.zip")));

        // Nobody needs the track any more, nor a key, nor the upstream.
        var again = RequestOf(StemSet.Six) with { AudioPath = "/nowhere" };
        var outputs = new List<StemOutput>();
        await foreach (var output in Maker().SeparateAsync(again, TestContext.Current.CancellationToken))
        {
            outputs.Add(output is StemOutput.Encoded encoded ? new StemOutput.Encoded(encoded.Bytes.ToArray()) : output);
        }

        Assert.Equal(first["vocals"], StemsOf(outputs)["vocals"]);
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Progress_TellsBytesSentThenWaitsThenBytesReceived()
    {
        // A second passes with each block that the upstream takes.
        var blocks = 0;
        _upstream.OnReceive = async () =>
        {
            if (++blocks > 4)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.5), _time);
            }
        };
        _upstream.AnswerZip([.. Enumerable.Range(0, 6).Select(at => ($"stem{at}.mp3", Random(400_000)))]);

        var progress = (await SeparateAsync()).OfType<StemOutput.Progress>().ToList();

        Assert.Contains(progress, step => step.Message.StartsWith("Sending the track, 0.", StringComparison.Ordinal) && step.Message.EndsWith(" of 0.3 MB", StringComparison.Ordinal) && step.Done is > 0 and < 15);
        Assert.Contains(progress, step => step.Message == "Receiving the stems, 2.4 of 2.4 MB" && step.Done == 85);
        Assert.Equal(progress.Select(step => step.Done).Order(), progress.Select(step => step.Done));
        Assert.All(progress, step => Assert.Equal(100, step.Total));
    }

    [Fact]
    public async Task Cancellation_EndsTheEnumeration()
    {
        using var cancel = new CancellationTokenSource();
        _upstream.OnReceive = () => cancel.CancelAsync();
        _upstream.AnswerZip(("vocals.mp3", Vocals));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SeparateAsync(ct: cancel.Token));
    }

    [Fact]
    public async Task Track_WhoseFileIsLost_IsNotSent()
    {
        var request = RequestOf(StemSet.Two) with { AudioPath = Path.Combine(_folder.Path, "gone.mp3") };

        var outputs = await Maker().SeparateAsync(request, CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("file_lost", ReasonOf(FailureOf(outputs)));
        Assert.Empty(_upstream.Requests);
    }

    [Fact]
    public void Maker_WithoutAKey_IsNotReady()
    {
        var key = new ElevenLabsKey();
        var maker = new ElevenLabsStemMaker(null!, key, _options, _time, new Random(1), NullLogger<ElevenLabsStemMaker>.Instance);

        Assert.Equal(("elevenlabs", false, false), (maker.Generator, maker.IsLocal, maker.IsReady));
        key.Use("sk_1");
        Assert.True(maker.IsReady);
    }

    private void IsInterrupted(RenderFailure failure)
    {
        Assert.Equal("interrupted", ReasonOf(failure));
        Assert.Contains("What had arrived of them cannot be used. It may have been charged", failure.Message, StringComparison.Ordinal);
        Assert.Single(_upstream.Requests);
    }

    /// <summary>Everything it gives, while the clock goes on by itself.</summary>
    private async Task<List<StemOutput>> SeparateAsync(StemSet set = StemSet.Six, CancellationToken ct = default)
    {
        using var limit = new CancellationTokenSource(Until.Limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var ended = new CancellationTokenSource();
        var clock = RunClockAsync(ended.Token);
        try
        {
            var outputs = new List<StemOutput>();
            await foreach (var output in Maker().SeparateAsync(RequestOf(set), either.Token))
            {
                // The memory is used again after the next step.
                outputs.Add(output is StemOutput.Encoded encoded ? new StemOutput.Encoded(encoded.Bytes.ToArray()) : output);
            }

            return outputs;
        }
        finally
        {
            await ended.CancelAsync();
            await clock;
        }
    }

    private async Task RunClockAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!ended.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    private ElevenLabsStemMaker Maker()
    {
        var http = new HttpClient(_upstream, disposeHandler: false) { BaseAddress = new Uri("https://upstream.example"), Timeout = Timeout.InfiniteTimeSpan };
        return new ElevenLabsStemMaker(RestService.For<IElevenLabsMusicApi>(http, ElevenLabsServices.Settings), new ElevenLabsKey(), _options, _time, new Random(1), NullLogger<ElevenLabsStemMaker>.Instance);
    }

    private StemRequest RequestOf(StemSet set)
    {
        var path = Path.Combine(_folder.Path, "track.mp3");
        File.WriteAllBytes(path, _track);
        return new StemRequest
        {
            Set = set,
            AudioPath = path,
            FileName = "nächte_1.mp3",
            Composition = Plans.Short,
            Seed = 1,
            DurationMs = 3_000,
            WorkFolder = _folder.Path,
            PaidPath = Paid,
        };
    }

    private static Dictionary<string, byte[]> StemsOf(List<StemOutput> outputs)
    {
        Assert.Empty(outputs.OfType<StemOutput.Failed>().Select(failed => failed.Failure.Message));
        var stems = new Dictionary<string, byte[]>();
        foreach (var output in outputs)
        {
            switch (output)
            {
                case StemOutput.Begin begin:
                    stems.Add(begin.Name, []);
                    break;
                case StemOutput.Encoded encoded:
                    var last = stems.Keys.Last();
                    stems[last] = [.. stems[last], .. encoded.Bytes.Span];
                    break;
            }
        }

        return stems;
    }

    private static RenderFailure FailureOf(List<StemOutput> outputs) => Assert.IsType<StemOutput.Failed>(outputs[^1]).Failure;

    private static string? ActionOf(RenderFailure failure) => failure.Details!.Value.GetProperty("action").GetString();

    private static string? ReasonOf(RenderFailure failure) => failure.Reason;

    private static byte[] Random(int bytes)
    {
        var random = new byte[bytes];
        new Random(bytes).NextBytes(random);
        return random;
    }

    private static async Task<List<(ContentDispositionHeaderValue Disposition, string? Type, byte[] Bytes)>> PartsOf(string contentType, byte[] body)
    {
        var boundary = MediaTypeHeaderValue.Parse(contentType).Parameters.Single(parameter => parameter.Name == "boundary").Value!.Trim('"');
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        var parts = new List<(ContentDispositionHeaderValue, string?, byte[])>();
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes);
            parts.Add((ContentDispositionHeaderValue.Parse(section.ContentDisposition!), section.ContentType, bytes.ToArray()));
        }

        return parts;
    }
}
