using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>An answer that breaks is paid for once, never asked for again, and what arrived of it is kept.</summary>
public sealed class BrokenAnswerOutcomeTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    /// <summary>Credits of 13 s.</summary>
    private const int Price = 195;

    public static MatrixTheoryData<FaultKind, int> Breaks => new(
        [FaultKind.Reset, FaultKind.Close, FaultKind.Truncate],
        [0, 1, 40, 30_000, 64_123, 150_000, 300_000]);

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task BrokenStream_KeepsWhatArrived_AndIsNotAskedForAgain(FaultKind kind, int at)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = kind, At = at });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause(ReasonOf(kind, at, readable: 40), "render_again");
        // All that was sent but the words around the base64, and the last letters of it.
        Assert.InRange(song.Audio.Length, Math.Max(0, (at * 3 / 4) - 4_000), at * 3 / 4);
        Assert.True((await fixture.AudioAsync()).AsSpan().StartsWith(song.Audio));
        Assert.Equal(at >= 30_000, song.Failure!.Message.Contains(" had arrived. ", StringComparison.Ordinal));
        Assert.Contains("may be charged again", song.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(Price, (await client.OnlyCallAsync()).Credits);
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task BrokenMultipart_KeepsWhatArrived_AndIsNotAskedForAgain(FaultKind kind, int at)
    {
        await using var client = fixture.Client();
        // The whole body has some 315 000 bytes; less than 3 s short is whole enough.
        at = Math.Min(at, 200_000);
        await client.FailNextAsync(
            new Fault { Kind = FaultKind.FeatureNotAvailable, Endpoint = Endpoints.Stream },
            new Fault { Kind = kind, At = at, Endpoint = Endpoints.Detailed });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause(ReasonOf(kind, at, readable: 100), "render_again");
        Assert.InRange(song.Audio.Length, Math.Max(0, at - 4_000), at);
        Assert.True((await fixture.AudioAsync()).AsSpan().StartsWith(song.Audio));
        Assert.Equal([0, Price], (await client.CallsAsync()).Select(call => call.Credits));
    }

    /// <summary>A few bytes and then an end in good form may have been anything.</summary>
    private static string ReasonOf(FaultKind kind, int at, int readable) => kind is FaultKind.Truncate && at > 0 && at < readable ? "bad_answer" : "interrupted";

    [Theory]
    [InlineData(FaultKind.Reset, false)]
    [InlineData(FaultKind.Reset, true)]
    [InlineData(FaultKind.Close, false)]
    [InlineData(FaultKind.Close, true)]
    public async Task ConnectionLostBeforeTheHeaders_IsNotAskedForAgain_NewOrUsedBefore(FaultKind kind, bool isUsed)
    {
        await using var client = fixture.Client();
        if (isUsed)
        {
            // A connection that is used again may have been closed meanwhile: no HTTP client may take this for that.
            (await client.RenderAsync(ContractFixture.Song)).Succeeded();
        }

        await client.FailNextAsync(new Fault { Kind = kind });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause("interrupted", "render_again");
        Assert.Empty(song.Audio);
        Assert.Equal(isUsed ? 2 : 1, (await client.CallsAsync()).Count);
        Assert.All(await client.CallsAsync(), call => Assert.Equal(Price, call.Credits));
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.Close)]
    [InlineData(FaultKind.Stall)]
    public async Task WhatGoesWrongBehindTheLastEvent_DoesNotMatter(FaultKind kind)
    {
        await using var client = fixture.PatientClient();
        await client.FailNextAsync(new Fault { Kind = kind, At = long.MaxValue });

        var song = await client.RenderAsync(ContractClient.RequestOf(ContractFixture.Song), known => known.SongId is not null && known.Places.Count == 3);

        song.Succeeded();
        Assert.Equal(await fixture.AudioAsync(), song.Audio);
        await client.OnlyCallAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60_000)]
    [InlineData(200_000)]
    public async Task SilentAnswer_IsGivenUp_AndWhatArrivedKept(int at)
    {
        await using var client = fixture.PatientClient(("IdleTimeout", "00:05:00"));
        await client.FailNextAsync(new Fault { Kind = FaultKind.Stall, At = at });

        // The clock turns when everything that was sent has arrived.
        var song = await client.RenderAsync(ContractClient.RequestOf(ContractFixture.Song), known => known.SongId is not null && known.Audio.Length >= (at * 3 / 4) - 4_000);

        song.FailedBecause("interrupted", "render_again");
        Assert.Contains("sent nothing for 5 minutes", song.Failure!.Message, StringComparison.Ordinal);
        Assert.InRange(song.Audio.Length, Math.Max(0, (at * 3 / 4) - 4_000), at * 3 / 4);
        var call = await client.OnlyCallAsync();
        Assert.Equal((Price, CallOutcome.ClientClosed), (call.Credits, call.Outcome));
    }

    [Fact]
    public async Task SilenceBeforeTheHeaders_IsGivenUp_AndSaysThatItWaits()
    {
        await using var client = fixture.PatientClient(("IdleTimeout", "00:05:00"));
        await client.FailNextAsync(new Fault { LatencyMs = 3_600_000 });

        var came = client.CallCameAsync();
        var song = await client.RenderAsync(ContractClient.RequestOf(ContractFixture.Song), _ => came.IsCompletedSuccessfully);

        song.FailedBecause("interrupted", "render_again");
        Assert.Contains("Waiting for ElevenLabs, 2 s", song.Messages);
        Assert.Equal(CallOutcome.ClientClosed, (await client.OnlyCallAsync()).Outcome);
    }

    [Theory]
    [InlineData(FaultKind.BrokenBase64, 0, 20_000, 40_000)]
    [InlineData(FaultKind.BrokenBase64, 1, 110_000, 130_000)]
    [InlineData(FaultKind.BrokenBase64, 2, 240_000, 260_000)]
    public async Task BrokenMusic_IsKeptUpToWhereItBreaks(FaultKind kind, int part, int least, int most)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = kind, Part = part });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause("bad_answer", "render_again");
        Assert.InRange(song.Audio.Length, least, most);
        Assert.True((await fixture.AudioAsync()).AsSpan().StartsWith(song.Audio));
        Assert.Contains("may have been charged", song.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(Price, (await client.OnlyCallAsync()).Credits);
    }

    [Fact]
    public async Task BrokenEvent_DoesNotLoseTheMusicOfTheOthers()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.BrokenJson, Part = 1 });

        var song = await client.RenderAsync(ContractFixture.Song);

        Assert.Equal("bad_answer", song.Failure?.Reason);
        var whole = await fixture.AudioAsync();
        // The parts of 2 s and of 5 s are there, to a frame.
        Assert.True(whole.AsSpan().StartsWith(song.Audio.AsSpan(0, 47_000)));
        Assert.True(whole.AsSpan().EndsWith(song.Audio.AsSpan()[^119_000..]));
        Assert.Equal(Price, (await client.OnlyCallAsync()).Credits);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public async Task ErrorInTheMiddle_IsTold_WithWhatArrived(int part, bool hasMusic)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.ErrorEvent, Part = part, Message = "The model fell over." });

        var song = await client.RenderAsync(ContractFixture.Song);

        Assert.Contains("The model fell over.", song.Failure!.Message, StringComparison.Ordinal);
        song.FailedBecause("upstream_failed", "render_again");
        Assert.Equal(hasMusic, song.Failure.Message.Contains(" had arrived. ", StringComparison.Ordinal));
        Assert.Equal(part, song.Places.Count);
        Assert.Equal(hasMusic, song.Audio.Length > 0);
        await client.OnlyCallAsync();
    }

    public static MatrixTheoryData<string, Fault> Nonsense => new(
        [Endpoints.Stream, Endpoints.Detailed],
        [
            new Fault { Kind = FaultKind.Garbage },
            new Fault { Omit = ["audio"] },
            new Fault { ContentType = "text/html" },
            new Fault { ContentType = "application/json" },
            new Fault { ContentType = "multipart/mixed" },
            new Fault { ContentType = "application/octet-stream" },
        ]);

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public async Task AnswersThatAreNoMusic_AreSaidToBeNone_AndNotAskedForAgain(string endpoint, Fault fault)
    {
        await using var client = fixture.Client();
        if (endpoint == Endpoints.Detailed)
        {
            await client.FailNextAsync(new Fault { Kind = FaultKind.FeatureNotAvailable, Endpoint = Endpoints.Stream });
        }

        await client.FailNextAsync(fault with { Endpoint = endpoint });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.FailedBecause("bad_answer", "render_again");
        Assert.Empty(song.Audio);
        Assert.Equal(Price, (await client.CallsAsync()).Sum(call => call.Credits));
    }

    [Fact]
    public async Task MultipartWithoutItsJson_IsStillTheSong()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(
            new Fault { Kind = FaultKind.FeatureNotAvailable, Endpoint = Endpoints.Stream },
            new Fault { Endpoint = Endpoints.Detailed, Omit = ["json"] });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.Succeeded();
        Assert.Equal(await fixture.AudioAsync(), song.Audio);
    }

    [Fact]
    public async Task MultipartWithBrokenJson_KeepsItsMusic()
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(
            new Fault { Kind = FaultKind.FeatureNotAvailable, Endpoint = Endpoints.Stream },
            new Fault { Endpoint = Endpoints.Detailed, Kind = FaultKind.BrokenJson });

        var song = await client.RenderAsync(ContractFixture.Song);

        Assert.Equal(await fixture.AudioAsync(), song.Audio);
        Assert.Equal(Price, (await client.CallsAsync()).Sum(call => call.Credits));
    }
}
