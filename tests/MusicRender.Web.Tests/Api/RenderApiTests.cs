using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedApp))]
public sealed class RenderApiTests(MusicRenderApp app)
{
    [Fact]
    public async Task Render_Plan_AnswersLikeTheSocket()
    {
        using var response = await app.PostAsync("/render", Plans.Wrapped("Like the socket", "scripted"));
        await using var client = await SocketClient.RunAsync(app, Plans.Message("Like the socket"));

        var answer = await response.JsonAsync();
        var data = client.Terminal().GetProperty("data");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(data.Names(), answer.Names());
        Assert.Equal(data.GetProperty("composition_plan").GetRawText(), answer.GetProperty("composition_plan").GetRawText());
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), answer.Text("request_id"));
    }

    [Fact]
    public async Task Render_PlanOfTheSeedAlone_IsRenderedBySketch()
    {
        using var response = await app.PostAsync("/render", Plans.Seed("Plain body").ToJsonString());

        var answer = await response.JsonAsync();
        Assert.Equal("sketch", answer.Text("generator"));
        Assert.True(JsonElement.DeepEquals(Plans.Seed("Plain body").Element(), answer.GetProperty("composition_plan")));
    }

    [Fact]
    public async Task Render_SamePlanAndSeed_GivesTheSameSound()
    {
        var plan = Plans.Seed("Same again");
        plan["seed"] = 42;
        var sounds = new List<byte[]>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await app.PostAsync("/render", plan.ToJsonString());
            sounds.Add(await app.Http.GetByteArrayAsync(new Uri((await response.JsonAsync()).Text("stream_url"), UriKind.Relative)));
        }

        Assert.Equal(sounds[0], sounds[1]);
    }

    [Fact]
    public async Task Render_WrappedForm_KeepsItsMetadata()
    {
        using var response = await app.PostAsync("/render", $$"""{"composition_plan":{{Plans.Seed(null)}},"song_metadata":{"description":"Of rain.","genres":["lo-fi"],"moods":null,"is_explicit":false},"title":"Wrapped","generator":"scripted"}""");

        var answer = await response.JsonAsync();
        Assert.Equal("Wrapped", answer.GetProperty("composition_plan").Text("title"));
        Assert.Equal("Of rain.", answer.GetProperty("song_metadata").Text("description"));
        Assert.Equal("lo-fi", answer.GetProperty("song_metadata").GetProperty("genres")[0].GetString());
    }

    [Fact]
    public async Task Render_Chunks_ComeBackAsChunks()
    {
        const string Plan = """{"title":"Chunks","chunks":[{"text":"[Verse]\nLa la","positive_styles":["lo-fi"],"negative_styles":[],"duration_ms":3000,"context_adherence":"high","of_a_newer_model":{"a":1}}]}""";
        using var response = await app.PostAsync("/render", $$"""{"composition_plan":{{Plan}},"generator":"scripted"}""");

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Plan), (await response.JsonAsync()).GetProperty("composition_plan")));
    }

    [Fact]
    public async Task Render_Prompt_WritesThePlanItself()
    {
        using var response = await app.PostAsync("/render", """{"prompt":"a calm piano piece","music_length_ms":3000,"force_instrumental":true,"generator":"scripted"}""");

        var answer = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3000, answer.GetProperty("composition_plan").GetProperty("sections").EnumerateArray().Sum(section => section.Number("duration_ms")));
        Assert.NotEmpty(answer.GetProperty("song_metadata").Text("title"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("nonsense", "")]
    [InlineData("[]", "")]
    [InlineData("{}", "sections")]
    [InlineData("""{"composition_plan":7}""", "composition_plan")]
    [InlineData("""{"composition_plan":{}}""", "composition_plan.sections")]
    [InlineData("""{"prompt":"a","composition_plan":{"sections":[{"section_name":"A","duration_ms":3000}]}}""", "prompt")]
    [InlineData("""{"generator":"kazoo","sections":[{"section_name":"A","duration_ms":3000}]}""", "generator")]
    [InlineData("""{"output_format":"wav","sections":[{"section_name":"A","duration_ms":3000}]}""", "output_format")]
    [InlineData("""{"sections":[{"section_name":"A","duration_ms":1}]}""", "sections[0].duration_ms")]
    [InlineData("""{"sections":[{"section_name":"","duration_ms":1},{"section_name":"B","duration_ms":"x"}]}""", "sections[0].section_name", "sections[0].duration_ms", "sections[1].duration_ms")]
    public async Task Render_BadBody_IsToldWhere(string body, params string[] paths)
    {
        foreach (var path in new[] { "/render", "/renders" })
        {
            using var response = await app.PostAsync(path, body);

            var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app);
            Assert.Equal("VALIDATION_ERROR", problem.Text("error_code"));
            Assert.Equal(paths.Order(), problem.GetProperty("errors").Paths().Order());
        }
    }

    [Theory]
    [InlineData(300_000, false)]
    [InlineData(300_000, true)]
    [InlineData(10_000_000, false)]
    public async Task Render_TooLarge_IsRefused(int length, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, "/render")) { Content = new StringContent(new string(' ', length), Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.ExpectContinue = true;
        using var response = await app.Http.SendAsync(request, MusicRenderApp.Patience);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, app);
    }

    [Fact]
    public async Task Render_GeneratorFails_IsAServerErrorWithItsReason()
    {
        app.Scripted.On("Fails over REST", Scripts.Failing("It broke.", "broken"));
        using var response = await app.PostAsync("/render", Plans.Wrapped("Fails over REST", "scripted"));

        var problem = await response.ProblemAsync(HttpStatusCode.InternalServerError, app);
        Assert.Equal("It broke.", problem.Text("detail"));
        Assert.Equal("SERVER_ERROR", problem.Text("error_code"));
        Assert.Equal("broken", problem.GetProperty("details").Text("reason"));
    }

    [Fact]
    public async Task Render_GeneratorHasABug_TellsNothingOfItsInside()
    {
        app.Scripted.On("Throws over REST", Scripts.Throwing(TroubledApp.Secret));
        using var response = await app.PostAsync("/render", Plans.Wrapped("Throws over REST", "scripted"));

        await response.ProblemAsync(HttpStatusCode.InternalServerError, app);
    }

    [Fact]
    public async Task Render_CancelledByAnother_IsAConflict()
    {
        var paused = new PausedScript();
        app.Scripted.On("Cancelled over REST", paused.Play);
        var rendering = app.PostAsync("/render", Plans.Wrapped("Cancelled over REST", "scripted"));
        await paused.Reached;
        var id = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(Path.Combine(app.LibraryRoot, "partial")).Single()).Split('-')[0];

        using var cancelled = await app.Api.CancelRenderAsync(id);
        using var response = await rendering;

        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Equal("cancelled", (await response.ProblemAsync(HttpStatusCode.Conflict, app)).GetProperty("details").Text("reason"));
    }

    [Fact]
    public async Task Render_CallerGoesAway_TheRenderGoesOn()
    {
        var paused = new PausedScript();
        app.Scripted.On("Caller gone", paused.Play);
        using var leaving = new CancellationTokenSource();
        using var content = new StringContent(Plans.Wrapped("Caller gone", "scripted"), Encoding.UTF8, "application/json");
        var rendering = app.Http.PostAsync(new Uri("/render", UriKind.Relative), content, leaving.Token);
        await paused.Reached;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rendering);
        paused.GoOn();

        var patience = MusicRenderApp.Patience;
        while ((await app.Api.SearchTracksAsync("caller gone")).Total == 0)
        {
            await Task.Delay(20, patience);
        }
    }

    [Fact]
    public async Task Renders_Start_AnswersAtOnceWithWhereToLook()
    {
        var paused = new PausedScript();
        app.Scripted.On("Started", paused.Play);
        using var response = await app.PostAsync("/renders", Plans.Wrapped("Started", "scripted"));

        var answer = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(answer.Text("status_url"), response.Headers.Location!.ToString());
        Assert.Equal($"/renders/{answer.Text("id")}", answer.Text("status_url"));
        Assert.Equal($"/renders/{answer.Text("id")}/events", answer.Text("events_url"));
        Assert.Equal($"/render/live/{answer.Text("id")}", answer.Text("live_url"));
        paused.GoOn();
        await app.UntilAsync(answer.Text("id"), status => status.State == "succeeded");
    }

    [Fact]
    public async Task Renders_Status_FollowsTheRender()
    {
        var first = new PausedScript();
        var second = new PausedScript();
        var holder = await app.StartAsync("Status of the first", "one-slot", first.Play);
        await first.Reached;
        var waiting = await app.StartAsync("Status of the second", "one-slot", second.Play);

        var running = await app.UntilAsync(holder, status => status.LiveUrl is not null);
        Assert.Equal(("running", "generating", 15), (running.State, running.Stage, running.ProgressPercent));
        Assert.NotNull(running.StartedAt);
        Assert.Null(running.FinishedAt);
        Assert.Null(running.Result);
        var queued = await app.UntilAsync(waiting, status => status.Stage == "queued");
        Assert.Equal(("queued", 10, 1), (queued.State, queued.ProgressPercent, queued.QueuePosition));
        Assert.Null(queued.StartedAt);
        Assert.Null(queued.LiveUrl);
        Assert.Equal("Status of the second", queued.Title);

        first.GoOn();
        await second.Reached;
        second.GoOn();
        var ended = await app.UntilAsync(waiting, status => status.FinishedAt is not null);
        Assert.Equal(("succeeded", "complete", 100), (ended.State, ended.Stage, ended.ProgressPercent));
        Assert.Null(ended.QueuePosition);
        Assert.Equal(waiting, ended.Result!.Id);
        Assert.Null(ended.Error);
        Assert.True(ended.CreatedAt <= ended.StartedAt && ended.StartedAt <= ended.FinishedAt);
    }

    [Fact]
    public async Task Renders_StatusOfAFailedRender_HasItsError()
    {
        var id = await app.StartAsync("Fails in the background", "scripted", Scripts.Failing("It broke.", "broken"));

        var status = await app.UntilAsync(id, status => status.FinishedAt is not null);

        Assert.Equal("failed", status.State);
        using var response = await app.GetAsync($"/renders/{id}");
        var error = (await response.JsonAsync()).GetProperty("error");
        Assert.Equal("SERVER_ERROR", error.Text("error_code"));
        Assert.Equal("It broke.", error.Text("message"));
    }

    [Fact]
    public async Task Renders_Cancel_WhileGenerating_EndsItAndAgainChangesNothing()
    {
        var paused = new PausedScript();
        var id = await app.StartAsync("To be cancelled", "scripted", paused.Play);
        await paused.Reached;

        using var first = await app.Api.CancelRenderAsync(id);
        var status = await app.UntilAsync(id, status => status.FinishedAt is not null);
        using var second = await app.Api.CancelRenderAsync(id);

        Assert.Equal("cancelled", status.State);
        Assert.Equal("cancelled", second.Content!.State);
    }

    [Fact]
    public async Task Renders_CancelOfAFinishedRender_LeavesItFinished()
    {
        var id = (await app.RenderAsync("Too late to cancel")).Text("id");

        using var cancelled = await app.Api.CancelRenderAsync(id);

        Assert.Equal("succeeded", cancelled.Content!.State);
        Assert.Equal("Too late to cancel", (await app.Api.FindTrackAsync(id)).Title);
    }

    [Theory]
    [InlineData("GET", "/renders/0123456789abcdef0123456789abcdef")]
    [InlineData("GET", "/renders/nonsense")]
    [InlineData("GET", "/renders/0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("GET", "/renders/%F0%9F%8E%B5")]
    [InlineData("GET", "/renders/0123456789abcdef0123456789abcdef/events")]
    [InlineData("POST", "/renders/0123456789abcdef0123456789abcdef/cancel")]
    [InlineData("POST", "/renders/nonsense/cancel")]
    public async Task Renders_UnknownId_IsNotFound(string method, string path)
    {
        using var response = await app.SendAsync(new HttpMethod(method), path);

        await response.ProblemAsync(HttpStatusCode.NotFound, app);
    }

    [Fact]
    public async Task Events_LiveAndReplayed_AreTheSocketsMessages()
    {
        var paused = new PausedScript();
        app.Scripted.On("Streamed", paused.Play);
        await using var client = await SocketClient.ConnectAsync(app);
        await client.SendAsync(Plans.Message("Streamed"));
        var id = (await client.ReceiveStageAsync("generating")).Text("render_id");
        using var live = await app.GetAsync($"/renders/{id}/events");
        Assert.Equal("text/event-stream", live.Content.Headers.ContentType?.MediaType);
        var reading = EventsAsync(live);
        await paused.Reached;
        paused.GoOn();
        await client.ReceiveToEndAsync();
        var heard = await reading;

        client.Terminal();
        Assert.Equal(client.Received.Skip(1).Select(message => message.GetRawText()), heard.Select(item => item.Data));
        Assert.Equal(client.Received.Skip(1).Select(message => message.Type()), heard.Select(item => item.EventType));
        Assert.Equal(Enumerable.Range(1, heard.Count).Select(number => $"{number}"), heard.Select(item => item.EventId));
        using var replayed = await app.GetAsync($"/renders/{id}/events?after=0");
        Assert.Equal(heard.Select(item => item.Data), (await EventsAsync(replayed)).Select(item => item.Data));
    }

    [Theory]
    [InlineData("?after=3", null, 4)]
    [InlineData("", "2", 3)]
    [InlineData("?after=1", "4", 5)]
    public async Task Events_AfterANumber_GoOnThere(string query, string? lastEventId, long first)
    {
        var id = (await app.RenderAsync("Streamed from there")).Text("id");
        using var response = await app.SendAsync(HttpMethod.Get, $"/renders/{id}/events{query}", lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]);

        var events = await EventsAsync(response);
        Assert.Equal($"{first}", events[0].EventId);
        Assert.Equal("result", events[^1].EventType);
    }

    [Fact]
    public async Task Events_AfterTheEnd_TellTheBrowserNotToComeBack()
    {
        var id = (await app.RenderAsync("Streamed to the end")).Text("id");
        var last = (await app.Api.FindRenderAsync(id)).Sequence;
        using var response = await app.SendAsync(HttpMethod.Get, $"/renders/{id}/events", ("Last-Event-ID", $"{last}"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task Events_AfterNoNumber_IsRefused(string after)
    {
        var id = (await app.RenderAsync("Streamed from nowhere")).Text("id");
        using var response = await app.GetAsync($"/renders/{id}/events?after={after}");

        Assert.Equal(["after"], (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    private static async Task<List<SseItem<string>>> EventsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(MusicRenderApp.Patience)).EnumerateAsync(MusicRenderApp.Patience))
        {
            events.Add(item);
        }

        return events;
    }
}
