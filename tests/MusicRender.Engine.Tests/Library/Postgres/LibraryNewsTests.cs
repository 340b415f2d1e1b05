using System.Collections.Concurrent;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Postgres;
using MusicRender.Engine.Rendering;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library.Postgres;

/// <summary>Two nodes on one catalogue: what is changed on one is known on the other.</summary>
public sealed class LibraryNewsTests(PostgresServer server) : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly ConcurrentQueue<LibraryChange> _heard = [];
    private EngineHost _one = null!;
    private EngineHost _two = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await server.NewDatabaseAsync();
        _one = await EngineHost.StartAsync(_folder.Path, ("ConnectionStrings:MusicRender", database));
        _two = await EngineHost.StartAsync(_folder.Path, ("ConnectionStrings:MusicRender", database));
        _two.Service<ILibraryNews>().Changed += _heard.Enqueue;
        // What listens in the background does so by now when it hears the first.
        var tries = 0;
        await Until.TrueAsync(
            async () =>
            {
                // Another one each time: what stays as it is, is no news.
                await _one.Service<IStudioSettings>().KeepAsync([$"https://first-{++tries}.example"], Ct);
                return !_heard.IsEmpty;
            },
            "the other node listens");
        _heard.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Changes_OfOneNode_AreHeardOnTheOther()
    {
        var draft = await _one.Service<IDrafts>().CreateAsync(new Draft { Id = "" }, Ct);
        await HeardAsync(new LibraryChange(LibraryPart.Draft, draft.Id, 1));
        await _one.Service<IDrafts>().SaveAsync(draft, Ct);
        await HeardAsync(new LibraryChange(LibraryPart.Draft, draft.Id, 2));
        await _one.Service<IStudioSettings>().KeepAsync(new CompositionDefaults(), Ct);
        await HeardAsync(new LibraryChange(LibraryPart.Setting, "defaults", 0));
        await _one.Service<SecretStore>().RemoveAsync("nothing", Ct);
        await _one.Service<SecretStore>().KeepAsync("something", "secret", Ct);
        await HeardAsync(new LibraryChange(LibraryPart.Secret, "something", 0));
        await _one.Service<SecretStore>().RemoveAsync("something", Ct);
        await HeardAsync(new LibraryChange(LibraryPart.Secret, "something", 0));
    }

    [Fact]
    public async Task Track_MadeOnOneNode_CanBeRemovedOnTheOther()
    {
        var gone = new TaskCompletionSource<string>();
        _one.Service<TrackLibrary>().Deleted += id => gone.TrySetResult(id);
        var log = await _one.RenderAsync(Plans.Short);
        var id = Assert.IsType<ResultEvent>(log[^1]).Result.Id;
        Assert.Equal(log.Count, (await _two.LogAsync(id)).Count);

        Assert.True(await _two.Service<ITrackLibrary>().DeleteAsync(id.Value, Ct));

        Assert.Equal(id.Value, await gone.Task.WaitAsync(Until.Limit, Ct));
        Assert.Null(await _one.Service<ITrackLibrary>().FindAsync(id.Value, Ct));
    }

    [Fact]
    public async Task Key_KeptOnOneNode_IsUsedOnTheOther()
    {
        var key = _two.Service<ElevenLabsKey>();
        await _one.Service<SecretStore>().KeepAsync("elevenlabs_api_key", "sk_of_the_other_node", Ct);
        await Until.TrueAsync(() => key.Reveal() == "sk_of_the_other_node", "the key is there");
        await _one.Service<SecretStore>().RemoveAsync("elevenlabs_api_key", Ct);
        await Until.TrueAsync(() => !key.IsThere, "the key is gone");
    }

    [Theory]
    [InlineData("")]
    [InlineData("drafts:abc")]
    [InlineData("drafts:abc:x")]
    [InlineData("nonsense:abc")]
    public void News_ThatAreNone_AreNoNews(string payload) => Assert.Null(PostgresNews.Read(payload));

    private Task HeardAsync(LibraryChange change) =>
        Until.TrueAsync(() => _heard.TryDequeue(out var heard) && heard == change, $"{change} is heard");
}
