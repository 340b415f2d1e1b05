using System.Net;
using System.Text.Json;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>What arrived of a paid render that failed: heard at its live address, kept as a track.</summary>
public sealed class PartialTakeApiTests(MusicRenderApp app) : IClassFixture<MusicRenderApp>
{
    private static readonly byte[] Audio = SilentMp3.OfSeconds(2);

    [Fact]
    public async Task Live_OfAFailedPaidRender_IsWhatArrivedInRanges()
    {
        var id = await FailAsync("Heard in part");
        using var whole = await app.GetAsync($"/render/live/{id}");
        var bytes = await whole.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal("audio/mpeg", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal(bytes.Length, whole.Content.Headers.ContentLength);
        Assert.Equal(["bytes"], whole.Headers.AcceptRanges);
        Assert.Equal("ID3"u8.ToArray(), bytes[..3]);
        Assert.Equal(Audio, bytes[^Audio.Length..]);

        using var part = await app.SendAsync(HttpMethod.Get, $"/render/live/{id}", ("Range", "bytes=-100"), ("If-Range", whole.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[^100..], await part.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));
        using var head = await app.SendAsync(HttpMethod.Head, $"/render/live/{id}");
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Status_OfAFailedPaidRender_ShowsWhatArrivedUntilItIsKept()
    {
        var id = await FailAsync("Shown in part");
        var before = await app.Api.FindRenderAsync(id);
        Assert.Equal(("failed", $"/render/live/{id}", null), (before.State, before.LiveUrl, before.Result));
        Assert.Equal((Audio.Length, $"/render/live/{id}", $"/renders/{id}/keep"), (before.PartialTake!.FileSizeBytes, before.PartialTake.LiveUrl, before.PartialTake.KeepUrl));
        Assert.InRange(before.PartialTake.DurationMs, 1_900, 2_100);
        Assert.True(JsonElement.DeepEquals(TakeJson(id, before.PartialTake.DurationMs), before.Error!.Details!.Value.GetProperty("partial_take")));

        using var response = await app.PostAsync($"/renders/{id}/keep", "");
        var kept = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((id, true, "song-9", before.PartialTake.DurationMs), (kept.Text("id"), kept.GetProperty("is_partial").GetBoolean(), kept.Text("song_id"), kept.Number("duration_ms")));
        Assert.StartsWith("shown-in-part-partial_", kept.Text("filename"), StringComparison.Ordinal);

        var after = await app.Api.FindRenderAsync(id);
        Assert.Equal(("failed", null, kept.Text("filename")), (after.State, after.PartialTake, after.Result!.Filename));
        Assert.NotNull(after.Error);
        var track = await app.Api.FindTrackAsync(id);
        Assert.Equal(("Shown in part (partial)", true, "song-9", kept.Text("stream_url")), (track.Title, track.IsPartial, track.SongId, track.StreamUrl));
        Assert.Equal("[Verse]\nfollowed", ((ChunkPlan)track.UpstreamPlan!).Chunks[0].Text);
        Assert.NotEmpty((await app.Api.PeaksAsync(id)).Peaks);
        using var live = await app.GetAsync($"/render/live/{id}");
        using var stream = await app.GetAsync(track.StreamUrl);
        Assert.Equal(stream.Headers.ETag, live.Headers.ETag);

        using var again = await app.PostAsync($"/renders/{id}/keep", "");
        Assert.Equal(kept.GetRawText(), (await again.JsonAsync()).GetRawText());
        using var deleted = await app.Api.DeleteTrackAsync(id);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await app.PostAsync($"/renders/{id}/keep", "");
        Assert.Equal("no_take", (await gone.ProblemAsync(HttpStatusCode.Conflict, app)).GetProperty("details").Text("reason"));
        using var silent = await app.GetAsync($"/render/live/{id}");
        await silent.ProblemAsync(HttpStatusCode.NotFound, app);
        var end = await app.Api.FindRenderAsync(id);
        Assert.Null(end.Result);
        Assert.False(end.Error!.Details!.Value.TryGetProperty("partial_take", out _));
    }

    [Fact]
    public async Task Error_OnSocketEventsAndRest_TellsWhatArrivedAndWhere()
    {
        app.Upstream.On("Told in part", Broken);
        await using var client = await SocketClient.RunAsync(app, Plans.Message("Told in part", "upstream"));
        var error = client.Error("SERVER_ERROR");
        var id = error.Text("render_id");
        var take = error.GetProperty("details").GetProperty("partial_take");
        Assert.Equal("interrupted", error.GetProperty("details").Text("reason"));
        Assert.Equal((Audio.Length, $"/render/live/{id}", $"/renders/{id}/keep"), (take.Number("file_size_bytes"), take.Text("live_url"), take.Text("keep_url")));

        using var events = await app.GetAsync($"/renders/{id}/events");
        Assert.Contains(take.GetRawText(), await events.Content.ReadAsStringAsync(MusicRenderApp.Patience), StringComparison.Ordinal);
        using var response = await app.PostAsync("/render", Plans.Wrapped("Told in part", "upstream"));
        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, app);
        Assert.EndsWith("/keep", problem.GetProperty("details").GetProperty("partial_take").Text("keep_url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_OfAPaidRender_SaysThatItMayBeBilled()
    {
        var paused = new PausedScript();
        app.Upstream.On("Cancelled in part", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Cancelled in part", "upstream"));
        await paused.Reached;
        await client.SendAsync("""{"type":"cancel"}""");
        await client.ReceiveToEndAsync();

        var error = client.Error("SERVER_ERROR");
        Assert.Contains("may still be billed", error.Text("message"), StringComparison.Ordinal);
        Assert.True(error.GetProperty("details").GetProperty("may_be_billed").GetBoolean());
        Assert.Equal("cancelled", error.GetProperty("details").Text("reason"));
        Assert.Equal(paused.Before.Length, error.GetProperty("details").GetProperty("partial_take").Number("file_size_bytes"));
        Assert.Equal("cancelled", (await app.Api.FindRenderAsync(error.Text("render_id"))).State);
    }

    [Fact]
    public async Task Keep_OfARenderOfNothing_IsAConflict()
    {
        var id = await app.StartAsync("Nothing in part", "upstream", Scripts.Failing("It broke.", "broken"));
        await app.UntilAsync(id, status => status.FinishedAt is not null);
        using var response = await app.PostAsync($"/renders/{id}/keep", "");
        await response.ProblemAsync(HttpStatusCode.Conflict, app);
        Assert.Null((await app.Api.FindRenderAsync(id)).PartialTake);
    }

    [Fact]
    public async Task Keep_WhileItRuns_IsAConflict()
    {
        var paused = new PausedScript();
        var id = await app.StartAsync("Running in part", "upstream", paused.Play);
        await paused.Reached;
        using var response = await app.PostAsync($"/renders/{id}/keep", "");
        Assert.Equal("under_way", (await response.ProblemAsync(HttpStatusCode.Conflict, app)).GetProperty("details").Text("reason"));
        paused.GoOn();
        await app.UntilAsync(id, status => status.State == "succeeded");
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("nonsense")]
    public async Task Keep_OfAnUnknownRender_IsNotFound(string id)
    {
        using var response = await app.PostAsync($"/renders/{id}/keep", "");
        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Fact]
    public async Task Track_OfALocalGenerator_SaysNothingOfAnUpstream()
    {
        var answer = await app.RenderAsync("Whole");
        Assert.False(answer.Has("song_id") || answer.Has("upstream_plan") || answer.Has("is_partial"));
        using var track = await app.GetAsync($"/tracks/{answer.Text("id")}");
        var body = await track.JsonAsync();
        Assert.False(body.Has("song_id") || body.Has("upstream_plan") || body.Has("is_partial"));
    }

    private static Script Broken => Scripts.Giving(
        new GeneratorOutput.Upstream("song-9", new ChunkPlan { Chunks = [new PlanChunk { Text = "[Verse]\nfollowed", DurationMs = 4_000 }] }),
        new GeneratorOutput.Encoded(Audio),
        new GeneratorOutput.Failed(RenderFailure.Server("The connection broke.", "interrupted")));

    private static JsonElement TakeJson(string id, int durationMs) => JsonSerializer.SerializeToElement(
        new { duration_ms = durationMs, file_size_bytes = Audio.Length, live_url = $"/render/live/{id}", keep_url = $"/renders/{id}/keep" });

    private async Task<string> FailAsync(string title)
    {
        var id = await app.StartAsync(title, "upstream", Broken);
        await app.UntilAsync(id, status => status.FinishedAt is not null);
        return id;
    }
}
