using System.Net;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Api;

[Collection(typeof(SharedElevenLabsApp))]
public sealed class FinetuneApiTests(ElevenLabsApp app)
{
    private const string Path = "/v1/music/finetunes";

    private const string Models = """
        {"finetunes":[
          {"id":"f1","name":"Nacht 夜","model_id":"music_v2","primary_genre":"synthwave","tags":["dark"],"visibility":"private","created_by":"self","status":"completed","created_at":"2026-08-01T10:00:00Z","training_progress":1.0},
          {"id":"f2","name":"Brass","model_id":"music_v1","tags":[],"visibility":"public","created_by":"elevenlabs","status":"completed"},
          {"id":"f3","name":"Ours","model_id":"music_v2","tags":[],"visibility":"workspace","created_by":"workspace","status":"failed","created_at":"2026-08-03T10:00:00Z"}
        ],"next_cursor":null,"has_more":false}
        """;

    [Fact]
    public async Task Finetunes_HaveTheContractsShape()
    {
        app.ElevenLabs.On(Path, Models);
        using var response = await app.GetAsync("/finetunes?refresh=true");

        var page = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["finetunes", "total", "page", "page_size", "asked_at"], page.Names());
        Assert.Equal((3, 1, 50), (page.Number("total"), page.Number("page"), page.Number("page_size")));
        Assert.Matches(JsonFields.Time, page.Text("asked_at"));
        var first = page.GetProperty("finetunes")[0];
        Assert.Equal(["id", "name", "model_id", "primary_genre", "tags", "visibility", "created_by", "status", "created_at"], first.Names());
        Assert.Equal(("f1", "Nacht 夜", "2026-08-01T10:00:00.000Z"), (first.Text("id"), first.Text("name"), first.Text("created_at")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, page.GetProperty("finetunes")[1].GetProperty("created_at").ValueKind);
    }

    [Theory]
    [InlineData("model_id=music_v2", 2, "f1", "f3")]
    [InlineData("visibility=public", 1, "f2")]
    [InlineData("created_by=workspace", 1, "f3")]
    [InlineData("model_id=music_v2&visibility=private&created_by=self", 1, "f1")]
    [InlineData("model_id=music_v9", 0)]
    [InlineData("page_size=2", 3, "f1", "f2")]
    [InlineData("page=2&page_size=2&refresh=false", 3, "f3")]
    [InlineData("page=9", 3)]
    public async Task Finetunes_OfAQuery_AreThoseThatMatch(string query, int total, params string[] ids)
    {
        app.ElevenLabs.On(Path, Models);
        using var refreshed = await app.GetAsync("/finetunes?refresh=true");
        using var response = await app.GetAsync($"/finetunes?{query}");

        var page = await response.JsonAsync();
        Assert.Equal(total, page.Number("total"));
        Assert.Equal(ids, page.GetProperty("finetunes").EnumerateArray().Select(finetune => finetune.Text("id")));
    }

    [Fact]
    public async Task Finetunes_AreKept_UntilSomebodyAsksForNewOnes()
    {
        app.ElevenLabs.On(Path, Models);
        using var first = await app.GetAsync("/finetunes?refresh=true");
        var before = app.ElevenLabs.CallsOf(Path);
        using var kept = await app.GetAsync("/finetunes?model_id=music_v2");
        Assert.Equal(before, app.ElevenLabs.CallsOf(Path));

        app.ElevenLabs.On(Path, """{"finetunes":[{"id":"new"}],"next_cursor":null,"has_more":false}""");
        using var refreshed = await app.GetAsync("/finetunes?refresh=true");

        Assert.Equal(before + 1, app.ElevenLabs.CallsOf(Path));
        Assert.Equal("new", (await refreshed.JsonAsync()).GetProperty("finetunes")[0].Text("id"));
        Assert.Contains(app.ElevenLabs.Calls, call => call == ($"{Path}?page_size=150", ElevenLabsApp.ConfiguredKey));
    }

    [Theory]
    [InlineData("visibility=secret", "visibility")]
    [InlineData("visibility=", "visibility")]
    [InlineData("created_by=me&page=0", "created_by", "page")]
    [InlineData("page_size=101", "page_size")]
    [InlineData("page=one", "page")]
    [InlineData("refresh=maybe", "refresh")]
    [InlineData("model_id=", "model_id")]
    public async Task Query_ThatIsBad_IsToldWhere(string query, params string[] paths)
    {
        using var response = await app.GetAsync($"/finetunes?{query}");

        Assert.Equal(paths, (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, app)).GetProperty("errors").Paths());
    }

    [Theory]
    [InlineData(401, """{"detail":{"status":"invalid_api_key","message":"bad key {key}"}}""", HttpStatusCode.BadGateway, "invalid_key")]
    [InlineData(403, """{"detail":{"status":"feature_not_available","message":"no"}}""", HttpStatusCode.BadGateway, "subscription_required")]
    [InlineData(200, "nonsense", HttpStatusCode.BadGateway, "bad_answer")]
    public async Task Upstream_ThatRefuses_IsAProblemThatTellsWhyAndNotTheKey(int status, string body, HttpStatusCode expected, string reason)
    {
        app.ElevenLabs.On(Path, body, status);
        using var response = await app.GetAsync("/finetunes?refresh=true");

        var problem = await response.ProblemAsync(expected, app);
        Assert.Equal(reason, problem.GetProperty("details").Text("reason"));
        Assert.DoesNotContain(ElevenLabsApp.ConfiguredKey, problem.GetRawText(), StringComparison.Ordinal);
    }
}

[Collection(typeof(SharedApp))]
public sealed class FinetuneWithoutAKeyTests(MusicRenderApp app)
{
    [Fact]
    public async Task Finetunes_WithoutAKey_AreAProblemThatSaysWhatToDo()
    {
        using var response = await app.GetAsync("/finetunes");

        var problem = await response.ProblemAsync(HttpStatusCode.Conflict, app);
        Assert.Equal("no_key", problem.GetProperty("details").Text("reason"));
        Assert.Equal("settings", problem.GetProperty("details").Text("action"));
        Assert.Contains("ELEVENLABS_API_KEY", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finetunes_Posted_AreNotAllowed()
    {
        using var response = await app.PostAsync("/finetunes", "{}");

        await response.ProblemAsync(HttpStatusCode.MethodNotAllowed, app);
    }
}
