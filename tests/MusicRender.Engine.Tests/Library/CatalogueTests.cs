using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>Tracks, drafts and the writer on a real database; nothing else of the engine runs.</summary>
public abstract class CatalogueTests(EngineHost engine) : IAsyncLifetime
{
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    private CatalogueWriter Writer => engine.Service<CatalogueWriter>();

    private ITrackLibrary Tracks => engine.Service<ITrackLibrary>();

    private IDrafts Drafts => engine.Service<IDrafts>();

    public async ValueTask InitializeAsync() => await engine.PrepareLibraryAsync();

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Writes_FiveHundredAtOnce_AllLand()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(number => Task.Run(() => AddDraftAsync($"draft-{number}"))));
        Assert.Equal(500, await engine.ReadAsync(catalogue => catalogue.Drafts.CountAsync()));
    }

    [Fact]
    public async Task Write_ThatIsBad_HurtsNoOther()
    {
        await AddDraftAsync("taken");
        var writes = Enumerable.Range(0, 50).Select(number => number % 10 == 0 ? AddDraftAsync("taken") : number % 10 == 5 ? FailAsync() : AddDraftAsync($"draft-{number}")).ToList();
        for (var number = 0; number < writes.Count; number++)
        {
            if (number % 10 == 0)
            {
                await Assert.ThrowsAsync<DbUpdateException>(() => writes[number]);
            }
            else if (number % 10 == 5)
            {
                await Assert.ThrowsAsync<InvalidTimeZoneException>(() => writes[number]);
            }
            else
            {
                await writes[number];
            }
        }

        Assert.Equal(41, await engine.ReadAsync(catalogue => catalogue.Drafts.CountAsync()));

        Task FailAsync() => Writer.WriteAsync((_, _) => throw new InvalidTimeZoneException(), CancellationToken.None);
    }

    [Fact]
    public async Task Writes_OfOneMoment_SeeWhatThoseBeforeThemDid()
    {
        await AddTrackAsync("a", "Song");
        var blocking = new TaskCompletionSource();
        var first = Writer.WriteAsync((_, _) => blocking.Task, CancellationToken.None);
        // These wait together.
        var removed = Tracks.DeleteAsync("a", CancellationToken.None);
        var removedAgain = Tracks.DeleteAsync("a", CancellationToken.None);
        var edited = Tracks.EditAsync("a", new TrackEdit("New"), CancellationToken.None);
        var deleted = Drafts.DeleteAsync("d", CancellationToken.None);
        var saved = Drafts.SaveAsync(new Draft { Id = "d", Story = "one" }, CancellationToken.None);
        var deletedAgain = Drafts.DeleteAsync("d", CancellationToken.None);
        var savedAgain = Drafts.SaveAsync(new Draft { Id = "d", Story = "two" }, CancellationToken.None);
        blocking.SetResult();
        await Task.WhenAll(first, removed, removedAgain, edited, deleted, saved, deletedAgain, savedAgain);
        Assert.True(await removed);
        Assert.False(await removedAgain);
        Assert.Null(await edited);
        Assert.Equal(1, (await saved).Version);
        Assert.Equal(("two", 1L), ((await Drafts.FindAsync("d", CancellationToken.None))!.Story, (await savedAgain).Version));
    }

    [Fact]
    public async Task Search_FindsWordsInTitleDescriptionGenresMoodsAndTags()
    {
        await AddTrackAsync("a", "Night Drive", song: new SongMetadata { Description = "A slow ride", Genres = ["Synthwave"], Moods = ["calm"] });
        await AddTrackAsync("b", "Été à Paris", tags: ["Voyage"]);
        await AddTrackAsync("c", "100% Cotton_Wool \\ end");
        await AddTrackAsync("d", "ПРИВЕТ Straße");
        Assert.Equal("a", await FoundAsync("night"));
        Assert.Equal("a", await FoundAsync("  DRIVE\tcalm synthWAVE ride "));
        Assert.Equal("", await FoundAsync("night paris"));
        Assert.Equal("b", await FoundAsync("ÉTÉ"));
        Assert.Equal("b", await FoundAsync("voyage"));
        Assert.Equal("c", await FoundAsync("100%"));
        Assert.Equal("c", await FoundAsync("%"));
        Assert.Equal("c", await FoundAsync("_"));
        Assert.Equal("c", await FoundAsync("n_w"));
        Assert.Equal("c", await FoundAsync("\\"));
        Assert.Equal("d", await FoundAsync("привет STRAße"));
        Assert.Equal("", await FoundAsync("'; DROP TABLE tracks; --"));
        Assert.Equal("dcba", await FoundAsync(""));
        Assert.Equal("dcba", await FoundAsync(null));
    }

    [Fact]
    public async Task Search_InPages_GivesEachTrackOnceNewestFirst()
    {
        foreach (var number in Enumerable.Range(1, 7))
        {
            await AddTrackAsync($"{number}", "Song");
        }

        var pages = new List<string>();
        for (var page = 1; page <= 4; page++)
        {
            var found = await Tracks.SearchAsync(new TrackQuery(null, page, 3), CancellationToken.None);
            Assert.Equal(7, found.Total);
            pages.Add(string.Concat(found.Tracks.Select(track => track.Id)));
        }

        Assert.Equal(["765", "432", "1", ""], pages);
        Assert.Empty((await Tracks.SearchAsync(new TrackQuery(null, int.MaxValue, 100), CancellationToken.None)).Tracks);
    }

    [Fact]
    public async Task Edit_ChangesWhatIsNamedAndIsFound()
    {
        await AddTrackAsync("a", "Old", tags: ["one"]);
        Assert.Equal(("New", "one"), Shown(await Tracks.EditAsync("a", new TrackEdit(Title: "New"), CancellationToken.None)));
        Assert.Equal(("New", "two,three"), Shown(await Tracks.EditAsync("a", new TrackEdit(Tags: ["two", "three"]), CancellationToken.None)));
        Assert.Equal(("New", "two,three"), Shown(await Tracks.FindAsync("a.mp3", CancellationToken.None)));
        Assert.Equal("a", await FoundAsync("new three"));
        Assert.Equal("", await FoundAsync("old"));
        Assert.Null(await Tracks.EditAsync("nobody", new TrackEdit("x"), CancellationToken.None));

        static (string, string) Shown(Track? track) => (track!.Title, string.Join(',', track.Tags));
    }

    [Fact]
    public async Task Delete_RemovesTrackAndFile()
    {
        await AddTrackAsync("a", "Song");
        var path = Path.Combine(engine.Root, "audio", "a.mp3");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "x");
        Assert.True(await Tracks.DeleteAsync("a", CancellationToken.None));
        Assert.False(File.Exists(path));
        Assert.Null(await Tracks.FindAsync("a", CancellationToken.None));
        Assert.Null(await Tracks.PeaksAsync("a", CancellationToken.None));
        Assert.False(await Tracks.DeleteAsync("a", CancellationToken.None));
    }

    [Fact]
    public async Task Track_IsReadBackAsItWas()
    {
        var track = TrackOf("a", "Tïtle 😀") with
        {
            Words = [new WordTiming("one", 0, 10)],
            DraftId = "d",
            Composition = Tests.Plan.PlanGen.Largest() with { Extra = ExtraFields.Of([KeyValuePair.Create("mood", System.Text.Json.JsonElement.Parse("1.0"))]) },
        };
        await Writer.WriteAsync((catalogue, _) => { catalogue.Tracks.Add(TrackLibrary.RowOf(track, [0, 0.5f, 1, 2])); return Task.CompletedTask; }, CancellationToken.None);
        var found = (await Tracks.FindAsync("a", CancellationToken.None))!;
        Assert.Equal(PlanJson.ToCompactText(track.Composition), PlanJson.ToCompactText(found.Composition));
        Assert.Equal((track.Title, track.CreatedAt, track.Words[0], "d"), (found.Title, found.CreatedAt, found.Words![0], found.DraftId));
        Assert.Equal([0, 0.502f, 1, 1], await Tracks.PeaksAsync("a", CancellationToken.None));
    }

    [Fact]
    public async Task Draft_LaterEditWinsAndVersionsCount()
    {
        var draft = await Drafts.CreateAsync(new Draft { Id = "", Story = "one" }, CancellationToken.None);
        Assert.Matches("^[a-z2-7]{12}$", draft.Id);
        Assert.Equal(1, draft.Version);
        var here = await Drafts.SaveAsync(draft with { Story = "here" }, CancellationToken.None);
        var there = await Drafts.SaveAsync(draft with { Story = "there", Plan = Plans.Short, PlanText = "{", Seed = 3 }, CancellationToken.None);
        Assert.Equal((2, 3), (here.Version, there.Version));
        var found = (await Drafts.FindAsync(draft.Id, CancellationToken.None))!;
        Assert.Equal(("there", 3L, "{", 3), (found.Story, found.Version, found.PlanText, found.Seed));
        Assert.Equal(PlanJson.ToCompactText(Plans.Short), PlanJson.ToCompactText(found.Plan!));
    }

    [Fact]
    public async Task Drafts_Recent_AreNewestFirstAndGoWhenDeleted()
    {
        var one = await Drafts.CreateAsync(new Draft { Id = "", Story = "1" }, CancellationToken.None);
        await Until.TrueAsync(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > one.UpdatedAt.ToUnixTimeMilliseconds(), "the clock moves on");
        var two = await Drafts.CreateAsync(new Draft { Id = "", Story = "2" }, CancellationToken.None);
        Assert.Equal(["2", "1"], (await Drafts.RecentAsync(10, CancellationToken.None)).Select(draft => draft.Story));
        Assert.Equal("2", Assert.Single(await Drafts.RecentAsync(1, CancellationToken.None)).Story);
        await Drafts.DeleteAsync(two.Id, CancellationToken.None);
        await Drafts.DeleteAsync("nobody", CancellationToken.None);
        Assert.Null(await Drafts.FindAsync(two.Id, CancellationToken.None));
        // A page that is still open saves on: the draft is there again.
        Assert.Equal(1, (await Drafts.SaveAsync(two, CancellationToken.None)).Version);
    }

    [Fact]
    public async Task Draft_WithAnUnfinishedPlan_IsKept()
    {
        var plan = new CompositionPlan { Sections = [new PlanSection()] };
        var draft = await Drafts.CreateAsync(new Draft { Id = "", Plan = plan }, CancellationToken.None);
        Assert.Equal(PlanJson.ToCompactText(plan), PlanJson.ToCompactText((await Drafts.FindAsync(draft.Id, CancellationToken.None))!.Plan!));
    }

    private Task AddDraftAsync(string id) => Writer.WriteAsync(
        (catalogue, _) =>
        {
            catalogue.Drafts.Add(new DraftRow { Id = id, Document = "{}" });
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private Task AddTrackAsync(string id, string title, SongMetadata? song = null, string[]? tags = null)
    {
        var track = TrackOf(id, title) with { Song = song ?? new SongMetadata(), Tags = tags ?? [] };
        return Writer.WriteAsync((catalogue, _) => { catalogue.Tracks.Add(TrackLibrary.RowOf(track, [])); return Task.CompletedTask; }, CancellationToken.None);
    }

    private Track TrackOf(string id, string title) => new()
    {
        Id = id,
        FileName = id + ".mp3",
        FilePath = $"audio/{id}.mp3",
        ContentType = "audio/mpeg",
        FileSizeBytes = 1,
        DurationMs = 3_000,
        Title = title,
        Song = new SongMetadata(),
        Composition = Plans.Short,
        Generator = "scripted",
        Seed = 1,
        CreatedAt = _now = _now.AddSeconds(1),
    };

    private async Task<string> FoundAsync(string? text) =>
        string.Concat((await Tracks.SearchAsync(new TrackQuery(text), CancellationToken.None)).Tracks.Select(track => track.Id));

    [Fact]
    public async Task Texts_WithNulAndHalfCharacters_AreWrittenAndFound()
    {
        await AddTrackAsync("a", "Half nothing \ud83c and \0", tags: ["\udfb5"]);
        Assert.Equal("a", await FoundAsync("nothing"));
        Assert.Equal("a", (await Tracks.FindAsync("a", CancellationToken.None))!.Id);
        Assert.Null(await Tracks.FindAsync("a\0", CancellationToken.None));
        Assert.Null(await Drafts.FindAsync("\ud800", CancellationToken.None));
        var draft = await Drafts.SaveAsync(new Draft { Id = "d", Story = "\0 \udc00" }, CancellationToken.None);
        Assert.Equal(draft.Version, (await Drafts.FindAsync("d", CancellationToken.None))!.Version);
        // What every render writes goes another way.
        var row = new RenderRow { Id = "r", State = "Queued", Generator = "g", Request = "{}", Title = "\0\ud800", CreatedAt = 1 };
        await Writer.WriteAsync(commands => commands.InsertRender(row), CancellationToken.None);
        Assert.Equal(1, await engine.ReadAsync(catalogue => catalogue.Renders.CountAsync(render => render.Id == "r")));
    }
}

public sealed class CatalogueOnSqliteTests : CatalogueTests
{
    private readonly EngineHost _engine;

    public CatalogueOnSqliteTests()
        : this(new EngineHost())
    {
    }

    private CatalogueOnSqliteTests(EngineHost engine)
        : base(engine) => _engine = engine;

    [Fact]
    public async Task Connection_ThatCannotBeClosed_DoesNotEndTheWriting()
    {
        var unwilling = new UnwillingToClose();
        var options = new DbContextOptionsBuilder<Catalogue>().UseSqlite(CatalogueSetup.ConnectionString(_engine.Root)).AddInterceptors(unwilling).Options;
        await using var writer = new CatalogueWriter(new Factory(options));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => writer.WriteAsync((_, _) => throw new InvalidTimeZoneException(), CancellationToken.None).WaitAsync(Until.Limit));
        Assert.True(unwilling.Times > 0);
        await writer.WriteAsync((catalogue, _) => { catalogue.Drafts.Add(new DraftRow { Id = "after", Document = "{}" }); return Task.CompletedTask; }, CancellationToken.None).WaitAsync(Until.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(1, await _engine.ReadAsync(catalogue => catalogue.Drafts.CountAsync(row => row.Id == "after")));
    }

    private sealed class Factory(DbContextOptions<Catalogue> options) : IDbContextFactory<Catalogue>
    {
        public Catalogue CreateDbContext() => new(options);
    }

    /// <summary>A disk that is gone may show itself even when a connection is closed.</summary>
    private sealed class UnwillingToClose : DbConnectionInterceptor
    {
        public int Times { get; private set; }

        public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            Times++;
            throw new IOException("gone");
        }

        public override ValueTask<InterceptionResult> ConnectionDisposingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            Times++;
            throw new IOException("gone");
        }
    }
}

public sealed class CatalogueOnPostgresTests(PostgresServer server) : CatalogueTests(new PostgresEngine(server));
