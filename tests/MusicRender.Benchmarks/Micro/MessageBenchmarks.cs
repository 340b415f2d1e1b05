using System.Text.Json;
using BenchmarkDotNet.Attributes;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Contracts;

namespace MusicRender.Benchmarks.Micro;

/// <summary>Writing messages of the socket, of which a render sends about ten.</summary>
public class MessageBenchmarks
{
    private readonly RenderMessage _progress = new ProgressMessage
    {
        Stage = "generating",
        ProgressPercent = 42,
        Message = "Section 3 of 7, 41 s of 96 s generated",
        Timestamp = DateTimeOffset.UnixEpoch,
        RenderId = "019aae5e7c1e7b0c8b1f3b8f6e2d4c5a",
        Sequence = 7,
    };

    private RenderMessage _result = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        var plan = await Sketch.BenchmarkPlans.OfAsync("Birthday song", 180);
        _result = new ResultEvent
        {
            Sequence = 12,
            Timestamp = DateTimeOffset.UnixEpoch,
            Result = new RenderResult
            {
                Id = RenderId.New(DateTimeOffset.UnixEpoch),
                FileName = "mia_turns_seven_6e2d4c5a.mp3",
                FilePath = "audio/mia_turns_seven_6e2d4c5a.mp3",
                ContentType = "audio/mpeg",
                FileSizeBytes = 4_320_000,
                DurationMs = 180_000,
                Composition = plan,
                Song = new SongMetadata { Title = plan.Title },
                Words = null,
                Generator = "sketch",
                Seed = 1,
                RequestId = "bench",
                FinishedAt = DateTimeOffset.UnixEpoch,
            },
        }.ToMessage(RenderId.New(DateTimeOffset.UnixEpoch));
    }

    [Benchmark(Description = "write a progress message")]
    public byte[] Progress() => JsonSerializer.SerializeToUtf8Bytes(_progress, WireJson.Wire.RenderMessage);

    [Benchmark(Description = "write the result of a sung plan of 180 s")]
    public byte[] Result() => JsonSerializer.SerializeToUtf8Bytes(_result, WireJson.Wire.RenderMessage);
}
