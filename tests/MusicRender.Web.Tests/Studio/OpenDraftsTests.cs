using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Library;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

/// <summary>Several pages, one after the other or at once, on one draft.</summary>
public sealed class OpenDraftsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeDrafts _drafts = new();
    private readonly FakeNews _news = new();
    private readonly OpenDrafts _open;

    public OpenDraftsTests()
    {
        _open = new OpenDrafts(_drafts, _news, _time, NullLogger<ComposeSession>.Instance);
        _drafts.Kept["abcdefghijkl"] = Samples.Draft(Samples.Plan);
    }

    public void Dispose() => _open.Dispose();

    [Fact]
    public async Task Open_UnknownDraft_IsNull()
    {
        Assert.Null(await _open.OpenAsync("nothing"));
        _drafts.Kept["nothing"] = Samples.Draft() with { Id = "nothing" };
        Assert.NotNull(await _open.OpenAsync("nothing"));
    }

    [Fact]
    public async Task Edit_InOnePage_IsInTheOtherWhichIsTold()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var told = 0;
        other.Changed += () => told++;

        one.Plan.Rename(1, "Bridge");

        Assert.Equal("Bridge", other.Plan.Plan!.Sections[1].SectionName);
        Assert.True(other.IsChangedElsewhere);
        Assert.False(one.IsChangedElsewhere);
        Assert.True(told > 0);
        other.Update(draft => draft with { Story = "told there" });
        Assert.False(other.IsChangedElsewhere);
        Assert.True(one.IsChangedElsewhere);
        Assert.Equal("told there", one.Draft.Story);
    }

    [Fact]
    public async Task Edits_InBothPages_AreBothKeptAndTheLaterWins()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        one.Plan.Rename(0, "First");
        other.Plan.Rename(1, "Second");
        one.Update(draft => draft with { Prompt = "earlier" });
        other.Update(draft => draft with { Prompt = "later" });

        await one.FlushAsync();

        var saved = _drafts.Kept["abcdefghijkl"];
        Assert.Equal(["First", "Second", "Chorus"], saved.Plan!.Sections.Select(section => section.SectionName));
        Assert.Equal("later", saved.Prompt);
    }

    [Fact]
    public async Task Edits_InBothPagesAtTheSameMoment_AreAllKept()
    {
        const int Edits = 300;
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var editing = new[]
        {
            EditAsync(at => one.Plan.SetWanted(0, [$"style {at}"])),
            EditAsync(at => other.Plan.SetUnwanted(0, [$"style {at}"])),
            EditAsync(at => one.Update(draft => draft with { Prompt = $"prompt {at}" })),
            EditAsync(at => other.Update(draft => draft with { Description = $"description {at}" })),
            EditAsync(at => other.Plan.Rename(1, $"name {at}")),
        };

        start.SetResult();
        await Task.WhenAll(editing);

        var section = one.Draft.Plan!.Sections[0];
        Assert.Equal(("style 300", "style 300", "name 300"), (section.PositiveLocalStyles[0], section.NegativeLocalStyles[0], one.Draft.Plan.Sections[1].SectionName));
        Assert.Equal(("prompt 300", "description 300"), (other.Draft.Prompt, other.Draft.Description));
        Assert.Same(one.Draft.Plan, one.Plan.Plan);
        Assert.Same(one.Draft.Plan, other.Plan.Plan);

        Task EditAsync(Action<int> edit) => Task.Run(async () =>
        {
            await start.Task;
            for (var at = 1; at <= Edits; at++)
            {
                edit(at);
            }
        });
    }

    [Fact]
    public async Task Undo_InTheOtherPage_TakesTheLastEditBackWhoeverMadeIt()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        one.Plan.Rename(0, "First");

        other.Plan.Undo();

        Assert.Equal(Samples.Plan, one.Draft.Plan);
    }

    [Fact]
    public async Task Edit_BeforeTheSectionThatIsLookedAtElsewhere_KeepsItInSight()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        other.Plan.Select(2);

        one.Plan.Remove(0);

        Assert.Equal("Chorus", other.Plan.Section!.SectionName);
        Assert.Equal(0, one.Plan.Selected);
    }

    [Fact]
    public async Task Reload_AfterEdits_UndoesAndRedoesThem()
    {
        await using (var session = await OpenAsync())
        {
            session.Plan.Rename(0, "One");
            session.Update(draft => draft with { Prompt = "Two" });
            session.Plan.SetJson("""{ "sections": [ {"section_name":"Three","duration_ms":9000, "mood":"blue"} ] }""");
            session.Plan.SetLength(0, 12_000);
            session.Plan.Undo();
        }

        await using var again = await OpenAsync();
        Assert.Equal("""{ "sections": [ {"section_name":"Three","duration_ms":9000, "mood":"blue"} ] }""", again.Plan.Json);
        again.Plan.Redo();
        Assert.Equal(12_000, again.Draft.Plan!.Sections[0].DurationMs);
        Assert.False(again.Plan.CanRedo);
        again.Plan.Undo();
        again.Plan.Undo();
        Assert.Equal(("Two", "One"), (again.Draft.Prompt, again.Draft.Plan!.Sections[0].SectionName));
        again.Plan.Undo();
        Assert.Equal("A song about a night train.", again.Draft.Prompt);
        again.Plan.Undo();
        Assert.Equal("Intro", again.Draft.Plan!.Sections[0].SectionName);
        Assert.False(again.Plan.CanUndo);
    }

    [Fact]
    public async Task Reload_AfterMoreEditsThanAreKept_UndoesAHundred()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var session = await OpenAsync();
            for (var edit = 0; edit < 60; edit++)
            {
                session.Plan.SetWanted(0, [$"style {round * 60 + edit}"]);
                await session.FlushAsync();
            }
        }

        await using var again = await OpenAsync();
        var steps = 0;
        for (; again.Plan.CanUndo; steps++)
        {
            again.Plan.Undo();
        }

        Assert.Equal(EditHistory<PlanSnapshot>.Depth, steps);
        Assert.Equal(["style 79"], again.Draft.Plan!.Sections[0].PositiveLocalStyles);
        Assert.Equal(EditHistory<PlanSnapshot>.Depth, _drafts.Steps.Count);
    }

    [Fact]
    public async Task Reload_AfterEditsOfEnormousTexts_UndoesAsFarAsThereIsRoomFor()
    {
        const int Edits = 30;
        await using (var session = await OpenAsync())
        {
            for (var edit = 1; edit <= Edits; edit++)
            {
                session.Plan.Import($$"""{ "sections": [ {"section_name":"{{edit}}","duration_ms":9000, "mine":"{{new string('x', 390_000)}}"} ] }""");
            }

            session.Plan.Undo();
        }

        Assert.InRange(_drafts.Steps.Values.Sum(step => (long)step.PlanText!.Length), 1, DraftTrail.MostKept);
        await using var again = await OpenAsync();
        Assert.False(again.Plan.CanRedo);
        var steps = 0;
        for (; again.Plan.CanUndo; steps++)
        {
            again.Plan.Undo();
        }

        Assert.Equal($"{Edits - 1 - steps}", again.Plan.Section!.SectionName);
        Assert.InRange(steps, 5, Edits - 2);
    }

    [Fact]
    public async Task Edit_AfterUndo_ForgetsWhatCouldBeRedoneInTheDatabaseToo()
    {
        await using (var session = await OpenAsync())
        {
            session.Plan.SetLength(0, 11_000);
            session.Plan.SetLength(1, 12_000);
            session.Plan.Undo();
            await session.FlushAsync();
            session.Plan.Rename(0, "New");
        }

        await using var again = await OpenAsync();
        Assert.False(again.Plan.CanRedo);
        again.Plan.Undo();
        Assert.Equal(11_000, again.Draft.Plan!.Sections[0].DurationMs);
    }

    [Fact]
    public async Task Leave_WhileTheDiskIsFull_KeepsWhatWasTypedUntilItCanBeSaved()
    {
        var session = await OpenAsync();
        _drafts.OnSave = _ => throw new IOException("disk full");
        session.Update(draft => draft with { Story = "typed" });
        await session.DisposeAsync();

        await using (var again = await OpenAsync())
        {
            Assert.Equal("typed", again.Draft.Story);
        }

        _drafts.OnSave = _ => Task.CompletedTask;
        _time.Advance(DraftDocument.RetryAfter);
        Assert.Equal("typed", _drafts.Kept["abcdefghijkl"].Story);
    }

    [Fact]
    public async Task WhenSaved_CompletesOnlyWhenTheLastChangeIsSaved()
    {
        await using var session = await OpenAsync();
        Assert.True(session.WhenSavedAsync().IsCompleted);
        session.Update(draft => draft with { Story = "a" });
        var saved = session.WhenSavedAsync();
        Assert.False(saved.IsCompleted);

        await session.FlushAsync();

        Assert.True(saved.IsCompletedSuccessfully);
        Assert.Equal("a", _drafts.Kept["abcdefghijkl"].Story);
    }

    [Fact]
    public async Task Keep_AfterThePageWasLeft_DoesNotOverwriteTheOtherPage()
    {
        var left = await OpenAsync();
        await using var other = await OpenAsync();
        await left.DisposeAsync();
        other.Update(draft => draft with { Story = "meanwhile" });

        await left.KeepAsync(draft => draft with { RenderId = "r1" });

        var saved = _drafts.Kept["abcdefghijkl"];
        Assert.Equal(("meanwhile", "r1"), (saved.Story, saved.RenderId));
    }

    [Fact]
    public async Task Draft_SavedOnAnotherNode_IsTakenUpHereAndThePageIsTold()
    {
        await using var here = await OpenAsync();
        await using var there = await OpenElsewhereAsync();
        there.Plan.Rename(1, "Bridge");
        there.Update(draft => draft with { Story = "told there" });
        await there.FlushAsync();
        var told = 0;
        here.Changed += () => told++;

        _news.Tell(LibraryPart.Draft, "abcdefghijkl", _drafts.Kept["abcdefghijkl"].Version);

        Assert.Equal(("Bridge", "told there"), (here.Plan.Plan!.Sections[1].SectionName, here.Draft.Story));
        Assert.True(here.IsChangedElsewhere);
        Assert.True(told > 0);
        Assert.Equal(SaveState.Saved, here.State);
        // What was done there can be undone here, and is then the later edit.
        Assert.True(here.Plan.CanUndo);
        here.Plan.Undo();
        await here.FlushAsync();
        Assert.NotEqual("Bridge", _drafts.Kept["abcdefghijkl"].Plan!.Sections[1].SectionName);
        Assert.Equal("told there", _drafts.Kept["abcdefghijkl"].Story);
    }

    [Fact]
    public async Task Draft_EditedOnTwoNodesAtOnce_KeepsBothAndTheLaterWins()
    {
        await using var here = await OpenAsync();
        await using var there = await OpenElsewhereAsync();
        there.Plan.Rename(0, "First");
        there.Update(draft => draft with { Prompt = "earlier", Story = "theirs" });
        here.Update(draft => draft with { Prompt = "later", RenderId = "r1" });

        // Nobody has told this node of the other's save: it finds out when it saves.
        await there.FlushAsync();
        await here.FlushAsync();

        var saved = _drafts.Kept["abcdefghijkl"];
        Assert.Equal(("later", "theirs", "r1", "First"), (saved.Prompt, saved.Story, saved.RenderId, saved.Plan!.Sections[0].SectionName));
        Assert.Equal(SaveState.Saved, here.State);
        Assert.Equal(("later", "First"), (here.Draft.Prompt, here.Plan.Plan!.Sections[0].SectionName));
        // Taken back one by one: first what was typed here, then what was done there.
        here.Plan.Undo();
        Assert.Equal("earlier", here.Draft.Prompt);
    }

    [Fact]
    public async Task News_OfOwnSavesAndOfOtherDrafts_ChangeNothing()
    {
        await using var here = await OpenAsync();
        here.Update(draft => draft with { Story = "mine" });
        await here.FlushAsync();
        var told = 0;
        here.Changed += () => told++;

        _news.Tell(LibraryPart.Draft, "abcdefghijkl", _drafts.Kept["abcdefghijkl"].Version);
        _news.Tell(LibraryPart.Draft, "somebody-else", 100);
        _news.Tell(LibraryPart.Everything);

        Assert.Equal(0, told);
        Assert.False(here.IsChangedElsewhere);
    }

    [Fact]
    public async Task News_ThatSomethingWasMissed_HaveEveryOpenDraftReadAgain()
    {
        await using var here = await OpenAsync();
        _drafts.Kept["abcdefghijkl"] = _drafts.Kept["abcdefghijkl"] with { Story = "meanwhile", Version = 9 };

        _news.Tell(LibraryPart.Everything);

        Assert.Equal("meanwhile", here.Draft.Story);
    }

    private async Task<ComposeSession> OpenAsync() => (await _open.OpenAsync("abcdefghijkl"))!;

    /// <summary>As another node opens it.</summary>
    private async Task<ComposeSession> OpenElsewhereAsync() =>
        (await new OpenDrafts(_drafts, new FakeNews(), _time, NullLogger<ComposeSession>.Instance).OpenAsync("abcdefghijkl"))!;
}
