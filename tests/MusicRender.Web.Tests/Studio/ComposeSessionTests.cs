using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class ComposeSessionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDrafts _drafts = new();

    private ComposeSession Session(Draft? draft = null) =>
        new(draft ?? Samples.Draft(Samples.Plan), _drafts, _time, NullLogger<ComposeSession>.Instance);

    [Fact]
    public async Task Update_ManyTimesInAMoment_SavesOnceWithTheLast()
    {
        await using var session = Session();
        foreach (var story in new[] { "a", "ab", "abc" })
        {
            session.Update(draft => draft with { Story = story });
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Empty(_drafts.Saves);
        Assert.Equal(SaveState.Pending, session.State);

        _time.Advance(DraftDocument.Debounce);

        Assert.Equal("abc", Assert.Single(_drafts.Saves).Story);
        Assert.Equal(SaveState.Saved, session.State);
    }

    [Fact]
    public async Task Update_WithoutAPause_IsSavedEveryOtherSecond()
    {
        await using var session = Session();
        for (var letters = 1; letters <= 50; letters++)
        {
            session.Update(draft => draft with { Story = new string('a', letters) });
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal([20, 40], _drafts.Saves.Select(draft => draft.Story.Length));
    }

    [Fact]
    public async Task Update_WhileASaveLasts_MakesOneMore()
    {
        await using var session = Session();
        var gate = new TaskCompletionSource();
        var begun = 0;
        _drafts.OnSave = _ =>
        {
            begun++;
            return gate.Task;
        };
        for (var letters = 1; letters <= 100; letters++)
        {
            session.Update(draft => draft with { Story = new string('a', letters) });
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(1, begun);
        gate.SetResult();
        _time.Advance(DraftDocument.Debounce);
        await session.FlushAsync();
        Assert.Equal(2, begun);
        Assert.Equal(100, _drafts.Saves[^1].Story.Length);
    }

    [Fact]
    public async Task Flush_WithPendingChange_SavesAtOnceAndOnlyOnce()
    {
        await using var session = Session();
        session.Update(draft => draft with { Story = "now" });

        await session.FlushAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("now", Assert.Single(_drafts.Saves).Story);
    }

    [Fact]
    public async Task Dispose_WithPendingChange_SavesIt()
    {
        var session = Session();
        session.Update(draft => draft with { Story = "last words" });

        await session.DisposeAsync();

        Assert.Equal("last words", _drafts.Kept["abcdefghijkl"].Story);
    }

    [Fact]
    public async Task Update_ToTheSame_SavesNothing()
    {
        await using var session = Session();

        session.Update(draft => draft with { Story = draft.Story });
        await session.FlushAsync();

        Assert.Empty(_drafts.Saves);
    }

    [Fact]
    public async Task Save_ThatFails_IsTriedAgainAndSaysSo()
    {
        await using var session = Session();
        _drafts.OnSave = _ => throw new IOException("disk full");
        session.Update(draft => draft with { Story = "kept" });
        _time.Advance(DraftDocument.Debounce);
        Assert.Equal(SaveState.Failed, session.State);

        _drafts.OnSave = _ => Task.CompletedTask;
        _time.Advance(DraftDocument.RetryAfter);

        Assert.Equal("kept", Assert.Single(_drafts.Saves).Story);
        Assert.Equal(SaveState.Saved, session.State);
    }

    [Fact]
    public async Task Update_WhileSaving_IsSavedNextOnTheNewVersion()
    {
        await using var session = Session();
        var gate = new TaskCompletionSource();
        _drafts.OnSave = _ => gate.Task;
        session.Update(draft => draft with { Story = "first" });
        var saving = session.FlushAsync();
        session.Update(draft => draft with { Story = "second" });

        gate.SetResult();
        await saving;
        Assert.Equal(SaveState.Pending, session.State);
        await session.FlushAsync();

        Assert.Equal(["first", "second"], _drafts.Saves.Select(draft => draft.Story));
        Assert.Equal(2, _drafts.Saves[1].Version);
    }

    [Fact]
    public async Task PlanEdit_IsSavedWithItsTitle()
    {
        await using var session = Session();

        session.Plan.SetTitle("Day Train");
        await session.FlushAsync();

        var saved = Assert.Single(_drafts.Saves);
        Assert.Equal("Day Train", saved.Title);
        Assert.Equal("Day Train", saved.Plan!.Title);
    }

    [Fact]
    public async Task UnreadableJson_IsSavedBesideTheLastPlan()
    {
        await using var session = Session();

        session.Plan.SetJson("{ half");
        await session.FlushAsync();

        var saved = Assert.Single(_drafts.Saves);
        Assert.Equal("{ half", saved.PlanText);
        Assert.Same(Samples.Plan, saved.Plan);
        await using var reopened = Session(saved);
        Assert.Equal("{ half", reopened.Plan.Json);
    }

    [Fact]
    public async Task JsonWithSeed_SetsTheSeedOnceAndLeavesLaterChoicesAlone()
    {
        await using var session = Session();
        session.Plan.SetJson("""{"sections":[{"section_name":"A","duration_ms":9000}],"seed":7}""");
        Assert.Equal(7, session.Draft.Seed);

        session.Update(draft => draft with { Seed = 8 });
        session.Plan.Rename(0, "B");

        Assert.Equal(8, session.Draft.Seed);
    }

    [Fact]
    public async Task Json_ShowsSeedAndGeneratorAndTakesThemAway()
    {
        await using var session = Session(Samples.Draft(Samples.Plan) with { Seed = 7, Generator = "sketch" });
        var shown = PlanReader.Read(session.Plan.Json);
        Assert.Equal((7, "sketch"), (shown.Options.Seed, shown.Options.Generator));

        session.Plan.SetJson("""{"sections":[{"section_name":"A","duration_ms":9000}]}""");

        Assert.Equal((null, null), (session.Draft.Seed, session.Draft.Generator));
        Assert.DoesNotContain("seed", session.Plan.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_SeedSetBesideTypedText_ShowsTheNewSeed()
    {
        await using var session = Session();
        session.Plan.SetJson("""{"sections":[{"section_name":"A","duration_ms":9000}],"seed":7}""");

        session.Update(draft => draft with { Seed = 8 });

        Assert.Equal(8, PlanReader.Read(session.Plan.Json).Options.Seed);
    }

    [Fact]
    public async Task Json_ThatIsNoPlan_LeavesTheSeedAlone()
    {
        await using var session = Session(Samples.Draft(Samples.Plan) with { Seed = 7 });

        session.Plan.SetJson("{ half");

        Assert.Equal(7, session.Draft.Seed);
    }

    [Fact]
    public async Task Select_AnotherSection_IsToldButNotSaved()
    {
        await using var session = Session();
        var told = 0;
        session.Changed += () => told++;

        session.Plan.Select(2);
        await session.FlushAsync();

        Assert.Equal(1, told);
        Assert.Empty(_drafts.Saves);
    }

    public static TheoryData<string, Func<Draft, Draft>> Fields => new()
    {
        { "title", draft => draft with { Title = "Other" } },
        { "prompt", draft => draft with { Prompt = "Other" } },
        { "description", draft => draft with { Description = "Other" } },
        { "seed", draft => draft with { Seed = 9 } },
        { "generator", draft => draft with { Generator = "other" } },
        { "model", draft => draft with { FinetuneId = "mine", ModelId = "music_v2", FinetuneStrength = 0.5 } },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Update_OfAField_IsUndoneAndRedoneWithThePlan(string field, Func<Draft, Draft> change)
    {
        await using var session = Session();
        var before = session.Draft;
        session.Update(change);
        var after = session.Draft;
        Assert.NotEqual(before with { Step = after.Step }, after);
        if (field == "title")
        {
            Assert.Equal("Other", session.Plan.Plan!.Title);
        }

        session.Plan.Undo();
        Assert.Equal(before, session.Draft);
        session.Plan.Redo();
        Assert.Equal(after, session.Draft);
    }

    [Fact]
    public async Task Update_OfChoicesAndStory_IsNoStep()
    {
        await using var session = Session();

        session.Update(draft => draft with { Story = "told", InstrumentalOnly = true });

        Assert.False(session.Plan.CanUndo);
    }

    [Fact]
    public async Task Prompt_TypedInOneGo_IsOneStep()
    {
        await using var session = Session();
        foreach (var prompt in new[] { "A", "A w", "A waltz" })
        {
            session.Update(draft => draft with { Prompt = prompt });
            _time.Advance(TimeSpan.FromMilliseconds(400));
        }

        session.Plan.Undo();

        Assert.Equal("A song about a night train.", session.Draft.Prompt);
        Assert.False(session.Plan.CanUndo);
    }

    [Fact]
    public async Task JsonWithASeed_Undone_TakesTheSeedAlong()
    {
        await using var session = Session(Samples.Draft(Samples.Plan) with { Seed = 5 });
        session.Plan.SetJson("""{"sections":[{"section_name":"A","duration_ms":9000}],"seed":7}""");

        session.Plan.Undo();

        Assert.Equal((5, Samples.Plan), (session.Draft.Seed, session.Draft.Plan));
    }
}
