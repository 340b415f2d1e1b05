using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

/// <summary>What a browser keeps until it is saved, seen from the server: taken once, into its own section, and told when it became something else.</summary>
public sealed class UnsavedTypingTests : IAsyncLifetime
{
    private const string Page = "page";

    private readonly FakeTimeProvider _time = new();
    private readonly FakeDrafts _drafts = new();
    private readonly OpenDrafts _open;
    private ComposeSession _session = null!;
    private ComposeSession _other = null!;
    private UnsavedTyping _typing = null!;

    public UnsavedTypingTests()
    {
        _open = new OpenDrafts(_drafts, new FakeNews(), _time, NullLogger<ComposeSession>.Instance);
        _drafts.Kept["abcdefghijkl"] = Samples.Draft(Samples.Plan);
    }

    private string Verse => _session.Plan.SectionIds[1];

    public async ValueTask InitializeAsync()
    {
        (_session, _other) = (await OpenAsync(), await OpenAsync());
        _typing = new UnsavedTyping(_session);
    }

    public async ValueTask DisposeAsync()
    {
        _drafts.OnSave = _ => Task.CompletedTask;
        _typing.Dispose();
        await _session.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData("title", "Typed")]
    [InlineData("prompt", "Typed")]
    [InlineData("description", "Typed")]
    [InlineData("story", "Typed")]
    [InlineData("seed", "12")]
    [InlineData("sections[{0}].section_name", "Typed")]
    [InlineData("sections[{0}].duration_ms", "22.5")]
    [InlineData("sections[{0}].lines", "Typed\n\nlines")]
    [InlineData("sections[{0}].positive_local_styles", "dream pop")]
    [InlineData("sections[{0}].negative_local_styles", "dream pop, drums")]
    [InlineData("positive_global_styles", "dream pop")]
    [InlineData("negative_global_styles", "dream pop")]
    [InlineData("json", """{"sections":[]}""")]
    public void Take_TextThatNeverArrived_PutsItInOnce(string name, string text)
    {
        var (field, before) = (string.Format(null, name, Verse), _session.Draft);

        Assert.True(_typing.Take(field, text, Page, 1));
        var taken = _session.Draft;
        Assert.True(_typing.Take(field, text, Page, 2));

        Assert.NotEqual(before, taken);
        Assert.Same(taken, _session.Draft);
    }

    [Theory]
    [InlineData("sections[nothing].lines", "no such section")]
    [InlineData("sections[{0}].unknown", "no such field")]
    [InlineData("sections[{0}].duration_ms", "long")]
    [InlineData("seed", "not a number")]
    [InlineData("nothing", "at all")]
    public void Take_TextWithoutAPlace_IsRefusedAndCanBeShown(string name, string text)
    {
        var (field, before) = (string.Format(null, name, Verse), _session.Draft);

        Assert.False(_typing.Take(field, text, Page, 1));
        _typing.Show(field, text);
        _typing.Show(field, text);

        Assert.Same(before, _session.Draft);
        var stray = Assert.Single(_typing.Strays);
        Assert.Equal(text, stray.Text);
        _typing.Drop(stray);
        Assert.Empty(_typing.Strays);
    }

    [Fact]
    public void Take_TextOfASectionThatWasMoved_FindsIt()
    {
        var verse = Verse;
        _other.Plan.Move(1, 0);

        Assert.True(_typing.Take(TypedFields.LinesOf(verse), "Typed in the dark", Page, 1));

        Assert.Equal(["Verse: Typed in the dark", "Intro: ", "Chorus: "], Lines());
    }

    [Fact]
    public void Take_TextOfASectionThatIsGone_IsShownWithItsName()
    {
        var verse = Verse;
        _other.Plan.Remove(1);

        Assert.False(_typing.Take(TypedFields.LinesOf(verse), "Typed in the dark", Page, 1));
        _typing.Show(TypedFields.LinesOf(verse), "Typed in the dark");

        Assert.Equal(["Intro: ", "Chorus: "], Lines());
        Assert.Equal(("Lyric lines", "Verse", "Typed in the dark"), _typing.Strays.Select(stray => (stray.Label, stray.Section, stray.Text)).Single());
    }

    [Theory]
    [InlineData("title")]
    [InlineData("sections[{0}].lines")]
    [InlineData("positive_global_styles")]
    public void Take_WhileTheJsonIsNoPlan_IsRefused(string name)
    {
        var field = string.Format(null, name, Verse);
        _other.Plan.SetJson("{ half");

        Assert.False(_typing.Take(field, "Typed in the dark", Page, 1));

        Assert.Equal("{ half", _session.Plan.Json);
    }

    [Fact]
    public void Take_TextThatArrivedAndWasTakenBackSince_StaysTakenBack()
    {
        _session.Plan.SetTitle("Typed");
        _typing.Hear(Page, 1, ["title"]);
        _session.Plan.Undo();

        Assert.True(_typing.Take("title", "Typed", Page, 1));

        Assert.Equal("Night Train", _session.Draft.Title);
        Assert.True(_typing.Take("title", "Typed later", Page, 2));
        Assert.Equal("Typed later", _session.Draft.Title);
    }

    [Fact]
    public async Task Take_InAPageThatWasLoadedAgain_KnowsWhatArrivedInTheOneBefore()
    {
        _drafts.OnSave = _ => throw new IOException("disk full");
        _session.Plan.SetTitle("Typed");
        _typing.Hear(Page, 1, ["title"]);
        _session.Plan.Undo();
        await _session.DisposeAsync();
        _session = await OpenAsync();
        using var again = new UnsavedTyping(_session);

        Assert.True(again.Take("title", "Typed", Page, 1));

        Assert.Equal("Night Train", _session.Draft.Title);
    }

    [Fact]
    public async Task Take_AfterARestart_KnowsWhatArrivedBefore()
    {
        const string Typed = """{"title":"As text","sections":[{"section_name":"One","duration_ms":9000},{"section_name":"Two","duration_ms":9000}]}""";
        Assert.True(_typing.Take("json", Typed, Page, 1));
        _session.Plan.Move(0, 1);
        _session.Plan.SetTitle("Typed");
        _typing.Hear(Page, 2, ["json", "title"]);
        _session.Plan.Undo();
        await _session.FlushAsync();
        var restarted = (await new OpenDrafts(_drafts, new FakeNews(), _time, NullLogger<ComposeSession>.Instance).OpenAsync("abcdefghijkl"))!;
        using var again = new UnsavedTyping(restarted);

        Assert.True(again.Take("json", Typed, Page, 1));
        Assert.True(again.Take("title", "Typed", Page, 2));

        Assert.Equal("As text", restarted.Draft.Title);
        Assert.Equal(["Two", "One"], restarted.Plan.Plan!.Sections.Select(section => section.SectionName));
        Assert.True(again.Take("title", "Never arrived", Page, 3));
        Assert.Equal("Never arrived", restarted.Draft.Title);
    }

    [Fact]
    public async Task Take_OfWhatArrivedOnAnotherNode_ChangesNothing()
    {
        _session.Plan.SetTitle("Typed");
        _typing.Hear(Page, 1, ["title"]);
        await _session.FlushAsync();
        _session.Plan.Undo();
        await _session.FlushAsync();
        var news = new FakeNews();
        var node = (await new OpenDrafts(_drafts, news, _time, NullLogger<ComposeSession>.Instance).OpenAsync("abcdefghijkl"))!;
        using var there = new UnsavedTyping(node);

        Assert.True(there.Take("title", "Typed", Page, 1));

        Assert.Equal("Night Train", node.Draft.Title);
    }

    [Fact]
    public void Take_ThatIsRefused_IsRefusedAgain()
    {
        Assert.False(_typing.Take("seed", "not a number", Page, 1));
        Assert.False(_typing.Take("seed", "not a number", Page, 1));
    }

    [Fact]
    public void Pages_OfAnotherNode_DoNotPushOutThoseHeardHere()
    {
        var (here, there) = (new HeardTexts(), new HeardTexts());
        foreach (var number in Enumerable.Range(2, HeardTexts.MaxPages - 1))
        {
            here.Hear($"common {number}", 5);
            there.Hear($"common {number}", number == 3 ? 9 : 5);
        }

        here.Hear("mine", 7);
        here.Hear("nothing typed", 0);
        there.Hear("theirs", 8);
        here.Merge(there.Pages);

        Assert.True(here.Has("mine", 7));
        Assert.True(here.Has("common 3", 9));
        Assert.Equal(HeardTexts.MaxPages, here.Pages.Count);
        Assert.Equal("mine", here.Pages[^1].Page);
    }

    [Fact]
    public async Task Pages_HeardLast_AreRemembered_AndNotAllThatEverWere()
    {
        foreach (var number in Enumerable.Range(1, HeardTexts.MaxPages + 1))
        {
            _typing.Hear($"page {number}", number, []);
            _typing.Hear("page 1", number, []);
        }

        _session.Plan.SetTitle("Saved with them");
        await _session.FlushAsync();

        var heard = _drafts.Kept["abcdefghijkl"].Heard;
        Assert.Equal(HeardTexts.MaxPages, heard.Count);
        Assert.Contains(new MusicRender.Engine.Library.HeardPage("page 1", HeardTexts.MaxPages + 1), heard);
        Assert.DoesNotContain(heard, page => page.Page == "page 2");
    }

    [Fact]
    public async Task Undo_WhileNothingCanBeSaved_IsToldWithTheTextAsItStands()
    {
        _drafts.OnSave = _ => throw new IOException("disk full");
        _session.Plan.SetTitle("First");
        _time.Advance(TimeSpan.FromSeconds(5));
        _session.Plan.SetTitle("Second");
        _typing.Hear(Page, 2, ["title", "story"]);
        var told = _typing.WhenSavedAsync();
        Assert.False(told.IsCompleted);

        _session.Plan.Undo();

        var news = await told;
        Assert.Equal((2L, "First"), (news!.Number, news.Texts["title"]));
        Assert.Empty(news.Gone);
        _session.Plan.Redo();
        Assert.Equal("Second", (await _typing.WhenSavedAsync())!.Texts["title"]);
        var saved = _typing.WhenSavedAsync();
        Assert.False(saved.IsCompleted);
        _drafts.OnSave = _ => Task.CompletedTask;
        await _session.FlushAsync();
        Assert.Null(await saved);
    }

    [Fact]
    public async Task Typing_HereAlone_IsNoNews()
    {
        _session.Plan.SetTitle("Typed");
        _typing.Hear(Page, 1, ["title"]);
        var saved = _typing.WhenSavedAsync();
        _session.Plan.SetTitle("Typed more");

        await _session.FlushAsync();

        Assert.Null(await saved);
    }

    [Fact]
    public async Task Overwritten_InAnotherPage_IsToldAndTheLaterStays()
    {
        _drafts.OnSave = _ => throw new IOException("disk full");
        _session.Plan.Rename(1, "Mine");
        _typing.Hear(Page, 1, [TypedFields.NameOf(Verse)]);
        var told = _typing.WhenSavedAsync();

        _other.Plan.Rename(1, "Theirs");

        Assert.Equal("Theirs", (await told)!.Texts[TypedFields.NameOf(Verse)]);
    }

    [Fact]
    public async Task Removed_InAnotherPage_IsToldAsGone_AndHereIsNot()
    {
        var (verse, chorus) = (Verse, _session.Plan.SectionIds[2]);
        _session.Plan.SetLines(1, ["Mine"]);
        _session.Plan.SetLines(2, ["Mine too"]);
        _typing.Hear(Page, 2, [TypedFields.LinesOf(verse), TypedFields.LinesOf(chorus)]);
        _session.Plan.Remove(2);
        _other.Plan.Remove(1);

        var news = await _typing.WhenSavedAsync();

        Assert.Equal([TypedFields.LinesOf(verse)], news!.Gone);
        Assert.Empty(news.Texts);
    }

    [Fact]
    public async Task Typed_IntoASectionThatWasJustRemovedElsewhere_IsToldAsGone()
    {
        var verse = Verse;
        _other.Plan.Remove(1);
        _typing.Hear(Page, 1, [TypedFields.LinesOf(verse)]);

        Assert.Equal([TypedFields.LinesOf(verse)], (await _typing.WhenSavedAsync())!.Gone);
    }

    [Fact]
    public void HalfAStyle_WhoseSectionGoesElsewhere_IsCalledFor()
    {
        var called = 0;
        _typing.LeftBehind += () => called++;
        _typing.Hear(Page, 1, [TypedFields.WantedIn(Verse)]);

        _other.Plan.Rename(0, "Opening");
        Assert.Equal(0, called);
        _other.Plan.Remove(1);

        Assert.Equal(1, called);
        Assert.True(_typing.Take(TypedFields.WantedIn(_session.Plan.SectionIds[1]), "full drums, dream pop", Page, 1));
        Assert.Equal(["full drums", "dream pop"], _session.Plan.Plan!.Sections[1].PositiveLocalStyles);
    }

    [Fact]
    public async Task Sections_AfterARestart_AreTheSame()
    {
        var ids = _session.Plan.SectionIds;
        _session.Plan.Move(0, 2);
        var moved = _session.Plan.SectionIds;
        await _session.FlushAsync();

        var restarted = (await new OpenDrafts(_drafts, new FakeNews(), _time, NullLogger<ComposeSession>.Instance).OpenAsync("abcdefghijkl"))!;

        Assert.Equal(moved, restarted.Plan.SectionIds);
        restarted.Plan.Undo();
        Assert.Equal(ids, restarted.Plan.SectionIds);
        Assert.Equal(ids.Order(), moved.Order());
    }

    private IEnumerable<string> Lines() => _session.Plan.Plan!.Sections.Select(section => $"{section.SectionName}: {string.Join('|', section.Lines)}");

    private async Task<ComposeSession> OpenAsync() => (await _open.OpenAsync("abcdefghijkl"))!;
}
