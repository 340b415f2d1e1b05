using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Rendering.Accounts;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering.Accounts;

public sealed class FinetuneListTests : IAsyncDisposable
{
    private const string Models = """
        {"finetunes":[
          {"id":"f1","name":"Night","model_id":"music_v2","primary_genre":"synthwave","tags":["dark","80s"],"visibility":"private","created_by":"self","status":"completed","created_at":"2026-08-01T10:00:00+02:00","training_progress":1.0},
          {"id":"f2","name":"Brass","model_id":"music_v1","primary_genre":null,"tags":[],"visibility":"public","created_by":"elevenlabs","status":"completed","created_at":"2026-08-02T10:00:00Z"},
          {"id":"f3","name":"Ours","model_id":"music_v2","tags":[],"visibility":"workspace","created_by":"workspace","status":"in_progress","created_at":"2026-08-03T10:00:00Z"}
        ],"next_cursor":null,"has_more":false}
        """;

    private readonly FakeAccountApi _api = new();
    private readonly ElevenLabsKey _key = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly FinetuneList _list;

    public FinetuneListTests()
    {
        _key.Use("sk_of_a_test");
        _api.OnFinetunes = (_, _) => FakeAccountApi.Answer(Models);
        _list = new FinetuneList(_api, _key, _time);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _list.DisposeAsync();

    [Fact]
    public async Task Models_AreReadAsTheyAre()
    {
        var answer = await _list.FindAsync(new FinetuneQuery(), Ct);

        Assert.Null(answer.Failure);
        Assert.Equal((3, _time.GetUtcNow()), (answer.Total, answer.AskedAt));
        var first = answer.Finetunes[0];
        Assert.Equal(["dark", "80s"], first.Tags);
        Assert.Equal(new Finetune("f1", "Night", "music_v2", "synthwave", first.Tags, "private", "self", "completed", new DateTimeOffset(2026, 8, 1, 8, 0, 0, TimeSpan.Zero)), first);
        Assert.Null(answer.Finetunes[1].PrimaryGenre);
    }

    [Theory]
    [InlineData("music_v2", null, null, "f1", "f3")]
    [InlineData("music_v3", null, null)]
    [InlineData(null, "public", null, "f2")]
    [InlineData(null, null, "workspace", "f3")]
    [InlineData("music_v2", "private", "self", "f1")]
    [InlineData("music_v1", "private", null)]
    public async Task Filters_LeaveWhatMatchesAllOfThem(string? model, string? visibility, string? maker, params string[] ids)
    {
        var answer = await _list.FindAsync(new FinetuneQuery(model, visibility, maker), Ct);

        Assert.Equal(ids, answer.Finetunes.Select(finetune => finetune.Id));
        Assert.Equal(ids.Length, answer.Total);
    }

    [Fact]
    public async Task Pages_AreCutFromWhatMatches()
    {
        var first = await _list.FindAsync(new FinetuneQuery(Page: 1, PageSize: 2), Ct);
        var second = await _list.FindAsync(new FinetuneQuery(Page: 2, PageSize: 2), Ct);
        var far = await _list.FindAsync(new FinetuneQuery(Page: 1_000_000, PageSize: 100), Ct);

        Assert.Equal(["f1", "f2"], first.Finetunes.Select(finetune => finetune.Id));
        Assert.Equal(["f3"], second.Finetunes.Select(finetune => finetune.Id));
        Assert.Empty(far.Finetunes);
        Assert.Equal([3, 3, 3], new[] { first, second, far }.Select(answer => answer.Total));
        Assert.Single(_api.Cursors);
    }

    [Fact]
    public async Task UpstreamPages_AreAllRead()
    {
        _api.OnFinetunes = (cursor, _) => FakeAccountApi.Answer(cursor switch
        {
            null => Page("a", "one"),
            "one" => Page("b", "two"),
            _ => """{"finetunes":[{"id":"c"},{"id":"a"}],"next_cursor":null,"has_more":false}""",
        });

        var answer = await _list.FindAsync(new FinetuneQuery(), Ct);

        Assert.Equal(["a", "b", "c"], answer.Finetunes.Select(finetune => finetune.Id));
        Assert.Equal([null, "one", "two"], _api.Cursors);
    }

    [Fact]
    public async Task UpstreamPages_WithoutEnd_EndSomewhere()
    {
        _api.OnFinetunes = (_, _) => FakeAccountApi.Answer(Page(_api.Cursors.Count.ToString(CultureInfo.InvariantCulture), $"after-{_api.Cursors.Count}"));

        Assert.Equal(FinetuneList.MaxUpstreamPages, (await _list.FindAsync(new FinetuneQuery(), Ct)).Total);
        Assert.Equal(FinetuneList.MaxUpstreamPages, _api.Cursors.Count);
    }

    [Fact]
    public async Task UpstreamPages_ThatGoInCircles_AreReadOnce()
    {
        _api.OnFinetunes = (_, _) => FakeAccountApi.Answer(Page("a", "same"));

        Assert.Equal(1, (await _list.FindAsync(new FinetuneQuery(), Ct)).Total);
        Assert.Equal([null, "same"], _api.Cursors);
    }

    [Fact]
    public async Task List_IsKeptForFiveMinutes()
    {
        await _list.FindAsync(new FinetuneQuery(), Ct);
        _time.Advance(FinetuneList.FreshFor - TimeSpan.FromSeconds(1));
        var fresh = await _list.FindAsync(new FinetuneQuery(ModelId: "music_v2"), Ct);
        Assert.Single(_api.Cursors);
        Assert.Equal(_time.GetUtcNow() - FinetuneList.FreshFor + TimeSpan.FromSeconds(1), fresh.AskedAt);

        _time.Advance(TimeSpan.FromSeconds(1));
        var anew = await _list.FindAsync(new FinetuneQuery(), Ct);
        Assert.Equal(2, _api.Cursors.Count);
        Assert.Equal(_time.GetUtcNow(), anew.AskedAt);
    }

    [Fact]
    public async Task Refresh_AsksEvenWhenTheListIsFresh()
    {
        await _list.FindAsync(new FinetuneQuery(), Ct);
        await _list.FindAsync(new FinetuneQuery(Refresh: true), Ct);

        Assert.Equal(2, _api.Cursors.Count);
    }

    [Fact]
    public async Task Many_WhoAskAtTheSameTime_AreOneCall()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _api.OnFinetunes = (_, _) => answer.Task;
        var asking = Enumerable.Range(0, 10).Select(_ => _list.FindAsync(new FinetuneQuery(), Ct)).ToArray();
        answer.SetResult(await FakeAccountApi.Answer(Models));

        Assert.All(await Task.WhenAll(asking), found => Assert.Equal(3, found.Total));
        Assert.Single(_api.Cursors);
    }

    [Fact]
    public async Task Failure_OnAnyPage_IsToldAndNotKept()
    {
        _api.OnFinetunes = (cursor, _) => cursor is null ? FakeAccountApi.Answer(Page("a", "one")) : FakeAccountApi.Refuse(HttpStatusCode.Unauthorized, "invalid_api_key");
        var failed = await _list.FindAsync(new FinetuneQuery(), Ct);
        _api.OnFinetunes = (_, _) => FakeAccountApi.Answer(Models);
        var next = await _list.FindAsync(new FinetuneQuery(), Ct);

        Assert.Equal(("invalid_key", 0), (failed.Failure!.Reason, failed.Total));
        Assert.Empty(failed.Finetunes);
        Assert.Equal(3, next.Total);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"finetunes":{}}""")]
    [InlineData("nonsense")]
    public async Task Answer_WithoutAList_IsAFailure(string json)
    {
        _api.OnFinetunes = (_, _) => FakeAccountApi.Answer(json);

        Assert.Equal("bad_answer", (await _list.FindAsync(new FinetuneQuery(), Ct)).Failure!.Reason);
    }

    [Fact]
    public async Task Models_WithOddFields_AreReadAsFarAsTheyGo()
    {
        _api.OnFinetunes = (_, _) => FakeAccountApi.Answer("""{"finetunes":[null,7,{"name":"no id"},{"id":""},{"id":"x","name":null,"tags":[1,"ok",null,""],"created_at":"soon","visibility":3}]}""");

        var only = Assert.Single((await _list.FindAsync(new FinetuneQuery(), Ct)).Finetunes);
        Assert.Equal(("x", "x", "", null), (only.Id, only.Name, only.Visibility, only.CreatedAt));
        Assert.Equal(["ok"], only.Tags);
    }

    [Fact]
    public async Task WithoutAKey_NobodyIsAsked()
    {
        _key.Use(null);

        Assert.Equal("no_key", (await _list.FindAsync(new FinetuneQuery(), Ct)).Failure!.Reason);
        Assert.Empty(_api.Cursors);
    }

    [Fact]
    public async Task Answer_AboutTheAccountOfAnotherKey_IsNotGiven()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _api.OnFinetunes = (_, _) => _api.Cursors.Count == 1 ? late.Task : FakeAccountApi.Answer(Page("of-the-new-key", null));
        var asking = _list.FindAsync(new FinetuneQuery(), Ct);
        await Until.TrueAsync(() => !_api.Cursors.IsEmpty, "the list is asked for");

        _key.Use("sk_of_another_test");
        _list.Forget();
        late.SetResult(await FakeAccountApi.Answer(Models));

        Assert.Equal(["of-the-new-key"], (await asking).Finetunes.Select(finetune => finetune.Id));
        Assert.Equal(["of-the-new-key"], (await _list.FindAsync(new FinetuneQuery(), Ct)).Finetunes.Select(finetune => finetune.Id));
        Assert.Equal(2, _api.Cursors.Count);
    }

    private static string Page(string id, string? next) =>
        $$"""{"finetunes":[{"id":"{{id}}"}],"next_cursor":{{(next is null ? "null" : $"\"{next}\"")}},"has_more":{{(next is null ? "false" : "true")}}}""";
}
