using System.Net;
using System.Text;
using ElevenLabs.Simulator;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>Each key is an account of its own.</summary>
public sealed class AccountTests(SimulatorFixture simulator) : IClassFixture<SimulatorFixture>
{
    private readonly string _key = SimulatorHost.NewKey();

    [Fact]
    public async Task FaultsOfOneKey_DoNotTouchAnother()
    {
        var other = SimulatorHost.NewKey();
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.ServiceUnavailable, Times = 2 });

        await simulator.ComposeAsync(other);
        await AnswersAsync(_key, 503, 503, 200);
        Assert.Equal([200], (await simulator.Host.CallsAsync(other)).Select(call => call.Status));
        Assert.Equal(3, (await simulator.Host.CallsAsync(_key)).Count);
    }

    [Fact]
    public async Task Faults_AreMetInTheirOrder_EachByTheCallItIsFor()
    {
        await simulator.Host.FailNextAsync(
            _key,
            new Fault { Kind = FaultKind.SystemBusy, Endpoint = Endpoints.Stream },
            new Fault { Kind = FaultKind.InternalServerError, Endpoint = Endpoints.Subscription },
            new Fault { Kind = FaultKind.RateLimitExceeded, Endpoint = Endpoints.Stream });

        using (var subscription = await simulator.GetAsync(SimulatorFixture.Subscription, _key))
        {
            Assert.Equal(500, (int)subscription.StatusCode);
        }

        await AnswersAsync(_key, 429, 429, 200);
        Assert.Equal([FaultKind.InternalServerError, FaultKind.SystemBusy, FaultKind.RateLimitExceeded, null], (await simulator.Host.CallsAsync(_key)).Select(call => call.Fault));
    }

    [Fact]
    public async Task Faults_CanBeTakenBack_AndCallsForgotten()
    {
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.SystemBusy, Times = 0 });
        await AnswersAsync(_key, 429, 429);
        await simulator.Host.Client.ClearFaultsAsync(_key);
        await simulator.Host.Client.ForgetCallsAsync(_key);
        await AnswersAsync(_key, 200);
        Assert.Single(await simulator.Host.CallsAsync(_key));
    }

    [Theory]
    [InlineData("bad-key", 401)]
    [InlineData("no-credits", 402)]
    [InlineData("quota", 401)]
    [InlineData("free-tier", 403)]
    [InlineData("no-stream", 403)]
    [InlineData("harmful", 400)]
    [InlineData("busy", 429, 429, 200)]
    [InlineData("rate-limit", 429, 429, 200)]
    [InlineData("down", 503)]
    [InlineData("download", 200)]
    public async Task WordInTheKey_ChoosesWhatGoesWrong(string word, params int[] statuses) =>
        await AnswersAsync($"{SimulatorHost.NewKey()}-{word}", statuses);

    [Theory]
    [InlineData("breaks", CallOutcome.Cut)]
    [InlineData("stalls", CallOutcome.ClientClosed)]
    public async Task WordInTheKey_EndsTheMusicInTheMiddle(string word, CallOutcome outcome)
    {
        var key = $"{SimulatorHost.NewKey()}-{word}";
        using (var response = await simulator.PostAsync(SimulatorFixture.Stream, key, SimulatorFixture.Song))
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[300_000]);
        }

        await Until.TrueAsync(async () => (await simulator.LastCallAsync(key)).Outcome == outcome, $"the call ends as {outcome}");
        Assert.Equal(300_000, (await simulator.LastCallAsync(key)).BytesSent);
    }

    [Fact]
    public async Task WordInTheKey_WrapsTheEvents()
    {
        using var response = await simulator.PostAsync(SimulatorFixture.Stream, $"{SimulatorHost.NewKey()}-wrapped", SimulatorFixture.Song);
        Assert.StartsWith("data: {\"event\":\"audio_chunk\",\"data\":", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallsBeyondTheConcurrency_AreRefused_UntilOneEnds()
    {
        await simulator.Host.SetAccountAsync(_key, new AccountSettings { Concurrency = 1 });
        await simulator.Host.FailNextAsync(_key, new Fault { Kind = FaultKind.Stall, At = 0 });
        using (await simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song))
        {
            var (status, body) = await SimulatorFixture.RefusalAsync(simulator.PostAsync(SimulatorFixture.Stream, _key, SimulatorFixture.Song));
            Assert.Equal((429, "concurrent_limit_exceeded"), (status, (string)body!["detail"]!["code"]!));
        }

        await Until.TrueAsync(async () => (await StatusesAsync(_key, 1))[0] == 200, "the place is free again");
        // The refused ones cost nothing.
        Assert.Equal([195, 195], (await simulator.Host.CallsAsync(_key)).Where(call => call.Credits > 0).Select(call => call.Credits));
    }

    [Fact]
    public async Task AccountWithoutCredits_IsToldSo()
    {
        await simulator.Host.SetAccountAsync(_key, new AccountSettings { CharacterCount = 800, CharacterLimit = 1_000 });
        await AnswersAsync(_key, 200, 402);
    }

    [Fact]
    public async Task KeysThatAreNotSimulated_AreRefused_AndNowhereToBeSeen()
    {
        const string real = "sk_0123456789abcdef";
        using var wrong = await simulator.PostAsync(SimulatorFixture.Stream, real, SimulatorFixture.Song);
        using var none = await simulator.Http.PostAsync(SimulatorFixture.Stream, new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [wrong.StatusCode, none.StatusCode]);
        Assert.Contains("invalid_api_key", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("missing_api_key", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(real, await simulator.Http.GetStringAsync("/simulator/calls"), StringComparison.Ordinal);
        Assert.Equal(401, Assert.Single(await simulator.Host.CallsAsync(real)).Status);
    }

    [Fact]
    public async Task Call_IsRememberedWithoutItsKey()
    {
        await simulator.ComposeAsync(_key, query: "?output_format=mp3_44100_128");
        var call = await simulator.LastCallAsync(_key);

        Assert.Equal(("POST", SimulatorFixture.Stream, 200, CallOutcome.Answered), (call.Method, call.Path, call.Status, call.Outcome));
        Assert.Equal("mp3_44100_128", call.Query["output_format"]);
        Assert.Equal("application/json; charset=utf-8", call.Headers["content-type"]);
        Assert.DoesNotContain("xi-api-key", call.Headers.Keys);
        Assert.Equal(SimulatorFixture.Song.ToJsonString(), call.Body);
        Assert.True(call.BytesSent > 270_000);
        Assert.DoesNotContain(_key, await simulator.Http.GetStringAsync("/simulator/calls"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"kind":"no_such_kind"}]""")]
    [InlineData("""[{"knd":"reset"}]""")]
    [InlineData("""{"kind":"reset"}""")]
    public async Task FaultThatNobodyKnows_IsRefused(string faults)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/simulator/faults") { Content = new StringContent(faults) };
        request.Headers.Add("xi-api-key", _key);
        using var response = await simulator.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    /// <summary>So many songs in a row get these statuses.</summary>
    private async Task AnswersAsync(string key, params int[] statuses) => Assert.Equal(statuses, await StatusesAsync(key, statuses.Length));

    private async Task<int[]> StatusesAsync(string key, int calls)
    {
        var statuses = new List<int>();
        for (var call = 0; call < calls; call++)
        {
            using var response = await simulator.PostAsync(SimulatorFixture.Stream, key, SimulatorFixture.Song);
            await response.Content.ReadAsByteArrayAsync();
            statuses.Add((int)response.StatusCode);
        }

        return [.. statuses];
    }
}
