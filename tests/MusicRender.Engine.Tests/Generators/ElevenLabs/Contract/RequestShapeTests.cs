using System.Text.Json;
using CsCheck;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Contract;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Tests.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>Whatever is asked for, the call keeps to the contract.</summary>
public sealed class RequestShapeTests(ContractFixture fixture) : IClassFixture<ContractFixture>
{
    private const long Iterations = 60;

    private static readonly string[] Small = ["mp3_22050_32", "mp3_24000_48", "mp3_44100_32"];
    private static readonly string[] Models = ["music_v1", "music_v2", "music_v2_5"];

    /// <summary>Fields that only the upstream knows go along as the person wrote them: what is in them is the person's.</summary>
    private static readonly string[] UpstreamFields = ["source_from", "conditioning_ref", "condition_strength"];

    private static readonly Gen<RenderOptions> Options = Gen.Select(
        Gen.Int[-1, Models.Length - 1], Gen.Bool.Nullable(), Gen.Bool.Nullable(), Gen.Bool.Nullable(), Gen.Int[0, 3], Gen.Double[0.01, 2].Nullable()).Select(
        (model, inpainting, timestamps, sign, finetune, strength) => new RenderOptions
        {
            ModelId = model < 0 ? null : Models[model],
            StoreForInpainting = inpainting,
            WithTimestamps = timestamps,
            SignWithC2pa = sign,
            FinetuneId = finetune switch { 0 => "ft_0002", 1 => "", _ => null },
            FinetuneStrength = strength,
        });

    [Fact]
    public async Task AnyPlanAndOptions_KeepToTheContract_InOneCall()
    {
        await using var client = fixture.Client();
        await Gen.Select(PlanGen.Any, Options, Gen.Int[0, int.MaxValue], Gen.Int[0, Small.Length - 1].Select(at => Small[at])).SampleAsync(
            async (composition, options, seed, format) =>
            {
                await fixture.Simulator.Client.ForgetCallsAsync(client.Key);
                await client.SetAccountAsync(new AccountSettings { CharacterCount = 0 });
                var request = ContractClient.RequestOf(WithKnownFields(composition), options, format, seed);

                var song = await client.RenderAsync(request);

                song.Succeeded();
                var call = await client.OnlyCallAsync();
                Assert.Equal(options.SignWithC2pa is true ? Endpoints.Detailed : Endpoints.Stream, call.Path["/v1/music/".Length..]);
                Assert.Equal((format, options.ModelId ?? "music_v2"), (call.Query["output_format"], JsonElement.Parse(call.Body!).GetProperty("model_id").GetString()));
                if (composition is not PromptComposition { MusicLengthMs: null })
                {
                    Assert.InRange(song.Last<Engine.Generators.GeneratorOutput.Progress>()!.DoneMs, composition.DurationMs!.Value - 1_000, composition.DurationMs.Value + 100);
                }
            },
            iter: Iterations,
            threads: 1);
    }

    [Theory]
    [InlineData("music_v1")]
    [InlineData("music_v2")]
    public async Task LargestPlan_KeepsToTheContract(string model)
    {
        await using var client = fixture.Client();
        var song = await client.RenderAsync(PlanGen.Largest(), new RenderOptions { ModelId = model }, "mp3_22050_32");
        song.Succeeded();
        await client.OnlyCallAsync();
    }

    [Fact]
    public async Task EveryFormatThatIsOffered_IsOfTheContract_AndComes()
    {
        await using var client = fixture.Client();
        foreach (var format in client.Generator.Capabilities.OutputFormats)
        {
            var song = await client.RenderAsync(ContractFixture.Song, format: format);
            song.Succeeded();
            Assert.Equal(await fixture.AudioAsync(format), song.Audio);
        }

        Assert.Equal(client.Generator.Capabilities.OutputFormats.Count, (await client.CallsAsync()).Count);
    }

    [Fact]
    public async Task SectionsBecomeChunks_GlobalStylesForemost_InstrumentalOnesSaySo()
    {
        await using var client = fixture.Client();
        (await client.RenderAsync(ContractFixture.Song)).Succeeded();

        var body = JsonElement.Parse((await client.OnlyCallAsync()).Body!);
        var chunks = body.GetProperty("composition_plan").GetProperty("chunks").EnumerateArray().ToList();
        Assert.Equal(["[Intro]\n{instrumental}", "[Verse]\nRain on the roof\nAgain and again", "[Outro]\n{instrumental}"], chunks.Select(chunk => chunk.GetProperty("text").GetString()));
        Assert.Equal(["jazz", "trio", "sparse"], chunks[0].GetProperty("positive_styles").EnumerateArray().Select(style => style.GetString()));
        Assert.All(chunks, chunk => Assert.Equal("high", chunk.GetProperty("context_adherence").GetString()));
        Assert.Equal(7, body.GetProperty("seed").GetInt32());
        Assert.False(body.TryGetProperty("music_length_ms", out _));
    }

    [Fact]
    public async Task SectionsStaySections_ForTheFirstModel()
    {
        await using var client = fixture.Client(("ModelId", "music_v1"));
        var song = await client.RenderAsync(ContractFixture.Song);

        song.Succeeded();
        var body = JsonElement.Parse((await client.OnlyCallAsync()).Body!);
        Assert.Equal(3, body.GetProperty("composition_plan").GetProperty("sections").GetArrayLength());
        Assert.Equal(await fixture.AudioAsync(model: "music_v1"), song.Audio);
    }

    [Fact]
    public async Task Prompt_GoesWithItsLength_WithoutASeed()
    {
        await using var client = fixture.Client();
        var song = await client.RenderAsync(new PromptComposition { Prompt = "slow piano", MusicLengthMs = 25_000, ForceInstrumental = true });

        song.Succeeded();
        var body = JsonElement.Parse((await client.OnlyCallAsync()).Body!);
        Assert.Equal(("slow piano", 25_000, true), (body.GetProperty("prompt").GetString(), body.GetProperty("music_length_ms").GetInt32(), body.GetProperty("force_instrumental").GetBoolean()));
        Assert.False(body.TryGetProperty("seed", out _));
        Assert.Equal(25_000, song.Followed!.DurationMs);
    }

    [Theory]
    [InlineData("ft_0002", 0.5, true)]
    [InlineData(null, 0.5, false)]
    public async Task FinetuneGoesAlong_ItsStrengthOnlyWithIt(string? id, double strength, bool isSent)
    {
        await using var client = fixture.Client();
        (await client.RenderAsync(ContractFixture.Song, new RenderOptions { FinetuneId = id, FinetuneStrength = strength })).Succeeded();

        var body = JsonElement.Parse((await client.OnlyCallAsync()).Body!);
        Assert.Equal(isSent, body.TryGetProperty("finetune_id", out _));
        Assert.Equal(isSent, body.TryGetProperty("finetune_strength", out _));
    }

    private static Composition WithKnownFields(Composition composition) => composition switch
    {
        CompositionPlan plan => plan with { Sections = [.. plan.Sections.Select(section => section with { Extra = Without(section.Extra) })] },
        ChunkPlan plan => plan with
        {
            Chunks = [.. plan.Chunks.Select(chunk => chunk with { ContextAdherence = chunk.ContextAdherence is { Length: > 0 } ? "low" : chunk.ContextAdherence is null ? null : "medium", Extra = Without(chunk.Extra) })],
        },
        _ => composition,
    };

    private static ExtraFields Without(ExtraFields extra) => ExtraFields.Of(extra.Where(field => !UpstreamFields.Contains(field.Key) && field.Key != "context_adherence"));
}
