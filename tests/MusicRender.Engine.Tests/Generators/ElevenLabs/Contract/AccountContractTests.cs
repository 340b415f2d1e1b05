using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Engine.Rendering.Accounts;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>The calls that cost nothing: plan, custom style models, subscription.</summary>
public sealed class AccountContractTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    [Theory]
    [InlineData("music_v1", false)]
    [InlineData("music_v2", false)]
    [InlineData("music_v2", true)]
    [InlineData("music_v2_5", false)]
    public async Task Plan_IsWrittenByElevenLabs_InSections_OfTheLengthAskedFor(string model, bool isInstrumental)
    {
        await using var client = fixture.Client();
        var written = await client.Service<IPlanWriter>().WriteAsync(RequestOf("A warm jazz waltz") with { ModelId = model, ForceInstrumental = isInstrumental, Title = "Rain", Seed = 3 }, CancellationToken.None);

        Assert.Equal(("elevenlabs", null, 45_000), (written.Writer, written.Notice, written.Plan.DurationMs));
        Assert.Equal(isInstrumental, written.Plan.Sections.All(section => section.Lines.Count == 0));
        Assert.Equal("/v1/music/plan", (await client.OnlyCallAsync()).Path);
        // What it wrote can be rendered.
        (await client.RenderAsync(written.Plan, new RenderOptions { ModelId = model })).Succeeded();
        await client.CallsAsync();
    }

    [Fact]
    public async Task LongestPrompt_KeepsToTheContract()
    {
        await using var client = fixture.Client();
        var written = await client.Service<IPlanWriter>().WriteAsync(RequestOf(new string('x', PlanLimits.MaxPrompt)) with { ForceInstrumental = true, Title = "Rain", Seed = 3 }, CancellationToken.None);
        Assert.Equal("elevenlabs", written.Writer);
        await client.OnlyCallAsync();
    }

    [Theory]
    [InlineData(FaultKind.BadPrompt)]
    [InlineData(FaultKind.InvalidApiKey)]
    [InlineData(FaultKind.QuotaExceeded)]
    [InlineData(FaultKind.SubscriptionRequired)]
    [InlineData(FaultKind.Validation)]
    [InlineData(FaultKind.Garbage)]
    [InlineData(FaultKind.BrokenJson)]
    public async Task PlanThatElevenLabsCannotWrite_IsWrittenHere_AndSaysSo(FaultKind kind)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = kind, Endpoint = Endpoints.Plan });

        var written = await client.Service<IPlanWriter>().WriteAsync(RequestOf("A warm jazz waltz"), CancellationToken.None);

        Assert.Equal(("musicrender", 45_000), (written.Writer, written.Plan.DurationMs));
        Assert.Contains("MusicRender wrote it", written.Notice, StringComparison.Ordinal);
        await client.OnlyCallAsync();
    }

    [Fact]
    public async Task PromptThatNamesAnArtist_IsWrittenHere_WithTheSuggestion()
    {
        await using var client = fixture.Client();
        var written = await client.Service<IPlanWriter>().WriteAsync(RequestOf("like Bob Marley"), CancellationToken.None);
        Assert.Contains("like warm roots reggae", written.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finetunes_AreAllThere_FilteredAndInPages()
    {
        await using var client = fixture.Client();
        var account = client.Service<IElevenLabsAccount>();

        var all = await account.FinetunesAsync(new FinetuneQuery(), CancellationToken.None);
        var own = await account.FinetunesAsync(new FinetuneQuery(Visibility: "private", CreatedBy: "self", ModelId: "music_v2", Page: 2, PageSize: 20), CancellationToken.None);

        Assert.Null(all.Failure);
        Assert.Equal((340, 50), (all.Total, all.Finetunes.Count));
        Assert.Equal(20, own.Finetunes.Count);
        Assert.All(own.Finetunes, one => Assert.Equal(("private", "self", "music_v2"), (one.Visibility, one.CreatedBy, one.ModelId)));
        // Three pages, and the second question is answered from memory.
        Assert.Equal(3, (await client.CallsAsync()).Count);
    }

    [Fact]
    public async Task Balance_GoesDownWithASong()
    {
        await using var client = fixture.Client();
        await client.SetAccountAsync(new AccountSettings { CharacterCount = 1_000, CharacterLimit = 5_000 });
        var account = client.Service<IElevenLabsAccount>();

        Assert.Null(await account.RefreshAsync(CancellationToken.None));
        Assert.Equal(("creator", "active", 4_000L), (account.Balance!.Tier, account.Balance.Status, account.Balance.RemainingCredits));
        (await client.RenderAsync(ContractFixture.Song)).Succeeded();
        Assert.Null(await account.RefreshAsync(CancellationToken.None));
        Assert.Equal(3_805, account.Balance.RemainingCredits);
        await client.CallsAsync();
    }

    [Theory]
    [InlineData(FaultKind.InvalidApiKey, "invalid_key")]
    [InlineData(FaultKind.Garbage, "bad_answer")]
    [InlineData(FaultKind.BrokenJson, "bad_answer")]
    public async Task BalanceAndFinetunesThatAreNotKnown_SayWhy(FaultKind kind, string reason)
    {
        await using var client = fixture.Client();
        await client.FailNextAsync(new Fault { Kind = kind, Times = 2 });
        var account = client.Service<IElevenLabsAccount>();

        Assert.Equal(reason, (await account.RefreshAsync(CancellationToken.None))?.Reason);
        Assert.Equal(reason, (await account.FinetunesAsync(new FinetuneQuery(), CancellationToken.None)).Failure?.Reason);
        Assert.Null(account.Balance);
    }

    private static PlanRequest RequestOf(string prompt) => new() { Prompt = prompt, MusicLengthMs = 45_000, Generator = "elevenlabs" };
}
