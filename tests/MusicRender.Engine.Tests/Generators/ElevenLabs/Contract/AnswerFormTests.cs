using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>Every form in which music may come gives the same song.</summary>
public sealed class AnswerFormTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    public static TheoryData<string, Fault> Forms => new()
    {
        { "as recorded", new Fault() },
        { "crlf", new Fault { LineEnd = LineEnd.Crlf } },
        { "name after data", new Fault { Events = EventForm.EventLineAfterData } },
        { "name after data, crlf", new Fault { Events = EventForm.EventLineAfterData, LineEnd = LineEnd.Crlf } },
        { "wrapped", new Fault { Events = EventForm.Wrapped } },
        { "wrapped, crlf, audio last", new Fault { Events = EventForm.Wrapped, LineEnd = LineEnd.Crlf, AudioLast = true } },
        { "escapes", new Fault { EscapedBase64 = true } },
        { "escapes, audio last, comments", new Fault { EscapedBase64 = true, AudioLast = true, Pings = true } },
        { "plan first", new Fault { Order = EventOrder.PlanFirst } },
        { "plan last", new Fault { Order = EventOrder.PlanLast } },
        { "parts reversed", new Fault { Order = EventOrder.PartsReversed } },
        { "without song id in the headers", new Fault { Omit = ["song-id", "x-trace-id"] } },
        { "with a type in capitals", new Fault { ContentType = "Text/Event-Stream" } },
    };

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public async Task Stream_GivesTheWholeSong(string form, Fault fault)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(fault);

        var song = await client.RenderAsync(ContractFixture.Song);

        song.Succeeded();
        Assert.True((await fixture.AudioAsync()).AsSpan().SequenceEqual(song.Audio), $"The audio is another when it comes {form}.");
        Assert.Equal(fault.Order is EventOrder.PartsReversed ? [2, 1, 0] : [0, 1, 2], song.Places);
        Assert.Equal("Rain on the roof", song.Metadata!.Title);
        Assert.Equal(["jazz", "trio"], song.Metadata.Genres);
        Assert.Equal(["[Intro]\n{instrumental}", "[Verse]\nRain on the roof\nAgain and again", "[Outro]\n{instrumental}"], Assert.IsType<ChunkPlan>(song.Followed).Chunks.Select(chunk => chunk.Text));
        Assert.Equal("Rain on the roof Again and again", string.Join(' ', song.Words.Select(word => word.Word)));
        Assert.InRange(song.Last<GeneratorOutput.Waveform>()!.Values.Count, 52, 56);
        Assert.Equal((await client.OnlyCallAsync()).SongId, song.SongId);
    }

    [Theory]
    [InlineData("song_metadata")]
    [InlineData("composition_plan")]
    [InlineData("done")]
    public async Task EventThatIsMissing_IsNotMissed(string what)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Omit = [what] });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.Succeeded();
        Assert.Equal(await fixture.AudioAsync(), song.Audio);
        Assert.Equal(what == "song_metadata", song.Metadata is null);
        Assert.Equal(what == "composition_plan", song.Followed is null);
        await client.OnlyCallAsync();
    }

    public static TheoryData<string, Fault> MultipartForms => new()
    {
        { "as documented", new Fault() },
        { "lf", new Fault { LineEnd = LineEnd.Lf } },
        { "quoted boundary", new Fault { QuotedBoundary = true } },
        { "lf, quoted boundary", new Fault { LineEnd = LineEnd.Lf, QuotedBoundary = true } },
        { "no song id", new Fault { Omit = ["song-id"] } },
    };

    [Theory]
    [MemberData(nameof(MultipartForms), DisableDiscoveryEnumeration = true)]
    public async Task Multipart_GivesTheWholeSong_WhenTheStreamIsRefused(string form, Fault fault)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = FaultKind.FeatureNotAvailable, Endpoint = Endpoints.Stream }, fault with { Endpoint = Endpoints.Detailed });

        var song = await client.RenderAsync(ContractFixture.Song);

        song.Succeeded();
        Assert.True((await fixture.AudioAsync()).AsSpan().SequenceEqual(song.Audio), $"The audio is another when it comes {form}.");
        Assert.Equal("Rain on the roof", song.Metadata!.Title);
        Assert.Equal(3, Assert.IsType<ChunkPlan>(song.Followed).Chunks.Count);
        Assert.Equal("Rain on the roof Again and again", string.Join(' ', song.Words.Select(word => word.Word)));
        var calls = await client.CallsAsync();
        Assert.Equal(["/v1/music/detailed/stream", "/v1/music/detailed"], calls.Select(call => call.Path));
        Assert.Equal([0, 195], calls.Select(call => call.Credits));
        Assert.Equal(fault.Omit.Count == 0 ? calls[1].SongId : null, song.SongId);
    }

    [Theory]
    [InlineData(FaultKind.SubscriptionRequired, null, null)]
    [InlineData(FaultKind.Refusal, 404, """{"detail":"Not Found"}""")]
    [InlineData(FaultKind.Refusal, 405, """{"detail":"Method Not Allowed"}""")]
    [InlineData(FaultKind.Refusal, 400, """{"detail":{"status":"invalid_output_format","message":"output_format is not available for streaming."}}""")]
    public async Task OtherRefusalsOfTheStream_LeadToTheMultipartCallToo(FaultKind kind, int? status, string? body)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = kind, Status = status, Message = body, ContentType = "application/json", Endpoint = Endpoints.Stream });
        (await client.RenderAsync(ContractFixture.Song)).Succeeded();
        Assert.Equal(2, (await client.CallsAsync()).Count);
    }

    [Fact]
    public async Task SignedFile_ComesFromTheMultipartCallAlone()
    {
        await using var client = fixture.Client();
        (await client.RenderAsync(ContractFixture.Song, new RenderOptions { SignWithC2pa = true })).Succeeded();
        Assert.Equal("/v1/music/detailed", (await client.OnlyCallAsync()).Path);
    }

    [Fact]
    public async Task Progress_TellsWhatHasArrived()
    {
        await using var client = fixture.Client();
        var song = await client.RenderAsync(ContractFixture.Song);

        var told = song.Outputs.OfType<GeneratorOutput.Progress>().Where(progress => progress.Message.EndsWith("generated", StringComparison.Ordinal)).ToList();
        Assert.Equal("Section 1 of 3, 1 s of 13 s generated", told[0].Message);
        Assert.Equal("Section 3 of 3, 13 s of 13 s generated", told[^1].Message);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.DoneMs <= pair.Second.DoneMs));
    }
}
