using System.Diagnostics;
using System.Text.Json;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

/// <summary>What goes wrong while rendering: told plainly, nothing left behind, and the next render works.</summary>
public sealed class RenderFailuresTests(EngineHost engine) : IClassFixture<EngineHost>, IDisposable
{
    public void Dispose() => engine.Generator.Reset();

    [Fact]
    public async Task Generator_ThatFails_HasItsFailureToldAsItIs()
    {
        var failure = new RenderFailure(FailureCode.ServerError, "Out of credits.") { Details = JsonSerializer.SerializeToElement(new { reason = "credits", left = 3 }) };
        engine.Generator.OnGenerate = (_, _) => Outputs(new GeneratorOutput.Pcm(ScriptedGenerator.Second), new GeneratorOutput.Failed(failure));
        var told = await FailureAsync();
        Assert.Equal((FailureCode.ServerError, "Out of credits."), (told.Code, told.Message));
        Assert.Equal(3, told.Details!.Value.GetProperty("left").GetInt32());
    }

    [Fact]
    public async Task Generator_ThatThrows_IsABugToldWithoutItsInsides()
    {
        engine.Generator.OnGenerate = (_, _) => throw new InvalidOperationException("secret at /home/somebody");
        var told = await FailureAsync();
        Assert.Equal("internal", Reason(told));
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generator_ThatThrowsLate_IsABugToo()
    {
        engine.Generator.OnGenerate = (_, _) => Throwing();
        Assert.Equal("internal", Reason(await FailureAsync()));

        static async IAsyncEnumerable<GeneratorOutput> Throwing()
        {
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
            await Task.Yield();
            throw new OperationCanceledException("its own clock");
        }
    }

    [Fact]
    public async Task Generator_ThatGivesNothing_MadeNoAudio()
    {
        engine.Generator.OnGenerate = (_, _) => Outputs(new GeneratorOutput.Progress(0, 0, "thinking"));
        Assert.Equal("no_audio", Reason(await FailureAsync()));
    }

    [Fact]
    public async Task Generator_ThatGivesEncodedRubbish_FailsWithoutATrack()
    {
        engine.Generator.OnGenerate = (_, _) => Outputs(new GeneratorOutput.Encoded(new byte[10_000]));
        Assert.Equal("encoder", Reason(await FailureAsync()));
    }

    [Fact]
    public async Task Generator_ThatGivesEncodedAudio_HasItKeptByteForByte()
    {
        var made = Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]).Result;
        var bytes = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", Path.Combine(engine.Root, made.FilePath), "-map_metadata", "-1", "-write_xing", "0", "-id3v2_version", "0", "-c", "copy", "-f", "mp3", "-");
        engine.Generator.OnGenerate = (_, _) => Outputs(new GeneratorOutput.Encoded(bytes.AsMemory(0, 1_000)), new GeneratorOutput.Encoded(bytes.AsMemory(1_000)));
        var result = Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]).Result;
        var file = await File.ReadAllBytesAsync(Path.Combine(engine.Root, result.FilePath));
        Assert.Equal(bytes, file[^bytes.Length..]);
        Assert.InRange(result.DurationMs, 3_000, 3_100);
        var peaks = await engine.Service<Library.ITrackLibrary>().PeaksAsync(result.Id.Value, CancellationToken.None);
        Assert.InRange(peaks![1_000], 0.2f, 0.3f);
    }

    [Fact]
    public async Task Encoder_ThatIsKilled_FailsTheRender()
    {
        var isEncoding = new TaskCompletionSource();
        var isKilled = new TaskCompletionSource();
        engine.Generator.OnGenerate = (_, _) => Script();
        var render = engine.RenderAsync(Plans.Short);
        await isEncoding.Task.WaitAsync(Until.Limit);
        using (var ffmpeg = Process.GetProcessById(Assert.Single(Processes.Children(engine.Encoder))))
        {
            ffmpeg.Kill();
        }

        isKilled.SetResult();
        var told = Assert.IsType<ErrorEvent>((await render)[^1]).Failure;
        Assert.Equal(FailureCode.ServerError, told.Code);
        Assert.Equal("encoder", Reason(told));
        Assert.Contains("ffmpeg", told.Message, StringComparison.Ordinal);
        await NothingIsLeftAsync();

        async IAsyncEnumerable<GeneratorOutput> Script()
        {
            yield return new GeneratorOutput.Pcm(ScriptedGenerator.Second);
            isEncoding.SetResult();
            await isKilled.Task;
            await foreach (var output in ScriptedGenerator.Tone(60_000))
            {
                yield return output;
            }
        }
    }

    [Fact]
    public async Task Encoder_ThatIsNotThere_FailsTheRenderInPlainWords()
    {
        using var folder = new TestFolder();
        await using var other = await EngineHost.StartAsync(folder.Path, ("MusicRender:Ffmpeg:Path", "/nonexistent/ffmpeg"));
        var told = Assert.IsType<ErrorEvent>((await other.RenderAsync(Plans.Short))[^1]).Failure;
        Assert.Equal((FailureCode.ServerError, "encoder"), (told.Code, Reason(told)));
        Assert.Contains("MusicRender:Ffmpeg:Path", told.Message, StringComparison.Ordinal);
        Assert.Empty(other.FilesIn("partial"));
        Assert.Empty(other.FilesIn("audio"));
        var health = await other.Service<EngineHealth>().CheckAsync(CancellationToken.None);
        Assert.Equal(EngineHealth.Ok, health["library"]);
        Assert.Equal(EngineHealth.Ok, health["catalogue"]);
        Assert.Contains("ffmpeg", health["encoder"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfAWorkingEngine_IsOk() =>
        Assert.All((await engine.Service<EngineHealth>().CheckAsync(CancellationToken.None)).Values, said => Assert.Equal(EngineHealth.Ok, said));

    private async Task<RenderFailure> FailureAsync()
    {
        var files = engine.FilesIn("audio");
        var id = await engine.StartAsync(Plans.Short);
        var failure = Assert.IsType<ErrorEvent>((await engine.LogAsync(id))[^1]).Failure;
        Assert.Equal(files, engine.FilesIn("audio"));
        await NothingIsLeftAsync();
        var status = (await engine.Jobs.FindAsync(id, CancellationToken.None))!;
        Assert.Equal((RenderState.Failed, failure.Message), (status.State, status.Failure!.Message));
        engine.Generator.Reset();
        Assert.IsType<ResultEvent>((await engine.RenderAsync(Plans.Short))[^1]);
        return failure;
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.Empty(engine.FilesIn("partial"));
        await Until.TrueAsync(() => Processes.Children(engine.Encoder).Count == 0, "no encoder runs");
    }

    private static string? Reason(RenderFailure failure) => failure.Details!.Value.GetProperty("reason").GetString();

    private static async IAsyncEnumerable<GeneratorOutput> Outputs(params GeneratorOutput[] outputs)
    {
        foreach (var output in outputs)
        {
            await Task.Yield();
            yield return output;
        }
    }
}
