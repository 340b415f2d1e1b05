using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

/// <summary>Sections are known again whatever becomes of them.</summary>
public sealed class SectionIdsTests : IDisposable
{
    private readonly PlanEditor _editor = new(Samples.Plan, null, new FakeTimeProvider());

    private string Ids => string.Join(' ', _editor.SectionIds.Select(id => Known.GetValueOrDefault(id, "new")));

    private Dictionary<string, string> Known { get; }

    public SectionIdsTests() => Known = _editor.SectionIds.Zip(Samples.Plan.Sections).ToDictionary(pair => pair.First, pair => pair.Second.SectionName);

    public void Dispose() => _editor.Dispose();

    [Fact]
    public void Edits_OfEveryKind_KeepEachSectionsId()
    {
        _editor.Move(0, 2);
        Assert.Equal("Verse Chorus Intro", Ids);
        _editor.Rename(0, "Other");
        _editor.SetLines(0, ["One"]);
        _editor.SetLength(0, 30_000);
        Assert.Equal("Verse Chorus Intro", Ids);
        _editor.Add();
        Assert.Equal("Verse Chorus Intro new", Ids);
        _editor.Remove(1);
        Assert.Equal("Verse Intro new", Ids);
        _editor.Undo();
        _editor.Undo();
        _editor.Undo();
        Assert.Equal("Verse Chorus Intro", Ids);
        _editor.Redo();
        Assert.Equal("Verse Chorus Intro", Ids);
    }

    [Fact]
    public void DuplicateSplitAndMerge_GiveTheNewPartANewId()
    {
        _editor.EditAt(1, (plan, at, _) => (SectionEdits.Duplicate(plan, at), at));
        Assert.Equal("Intro Verse new Chorus", Ids);
        _editor.EditAt(1, (plan, at, _) => (SectionEdits.Split(plan, at, new SplitPoint(10_000, 1)), at));
        Assert.Equal("Intro Verse new new Chorus", Ids);
        _editor.EditAt(3, (plan, at, _) => (SectionEdits.Merge(plan, at), at));
        Assert.Equal("Intro Verse new new", Ids);
        Assert.Equal(4, _editor.SectionIds.Distinct().Count());
    }

    [Fact]
    public void RetypedJson_KeepsTheIdsOfWhatIsStillThere()
    {
        _editor.SetJson(_editor.Json.Replace("\"Verse\"", "\"Vers\"", StringComparison.Ordinal));
        Assert.Equal("Intro Verse Chorus", Ids);
        _editor.SetJson("{ broken");
        Assert.Equal("Intro Verse Chorus", Ids);
        _editor.SetJson("""{"sections":[{"section_name":"Chorus","duration_ms":9000},{"section_name":"Intro","duration_ms":9000}]}""");
        Assert.Equal("Chorus Intro", Ids);
    }

    [Fact]
    public void JsonOfEqualNames_IsKnownByWhatIsInIt()
    {
        _editor.Rename(2, "Verse");
        var json = _editor.Json;
        _editor.Remove(1);
        var withoutFirst = _editor.Json;
        _editor.Undo();
        _editor.SetJson($"{json} ");

        _editor.SetJson(withoutFirst);

        Assert.Equal("Intro Chorus", Ids);
    }

    [Fact]
    public void AnotherPlan_HasNoneOfTheIds()
    {
        _editor.Import(_editor.Json + " ");
        Assert.Equal("new new new", Ids);
        _editor.Undo();
        Assert.Equal("Intro Verse Chorus", Ids);
        _editor.Replace(Samples.Plan);
        Assert.Equal("new new new", Ids);
    }

    [Fact]
    public void Exports_HoldNoIds()
    {
        _editor.Move(0, 2);
        string[] texts = [_editor.Json, _editor.Export(asChunks: false)!, _editor.Export(asChunks: true)!];

        Assert.All(texts, text => Assert.All(_editor.SectionIds, id => Assert.DoesNotContain($"\"{id}\"", text, StringComparison.Ordinal)));
        Assert.All(texts, text => Assert.DoesNotContain("section_ids", text, StringComparison.Ordinal));
    }

    [Fact]
    public void AnyEdits_GiveEverySectionOneIdOfItsOwn_AndUndoGivesTheOldOnes() =>
        Gen.Int[0, 6].Select(Gen.Int[0, 5]).Array[1, 30].Sample(
            edits =>
            {
                var editor = new PlanEditor(Samples.Plan, null, new FakeTimeProvider());
                var (first, count) = (string.Join(' ', editor.SectionIds), 0);
                foreach (var (kind, at) in edits)
                {
                    Edit(editor, kind, at);
                    Assert.Equal(editor.Plan!.Sections.Count, editor.SectionIds.Distinct().Count());
                    count++;
                }

                while (editor.CanUndo)
                {
                    editor.Undo();
                }

                Assert.Equal(first, string.Join(' ', editor.SectionIds));
                Assert.Equal(edits.Length, count);
            },
            iter: 200);

    private static void Edit(PlanEditor editor, int kind, int at)
    {
        switch (kind)
        {
            case 0:
                editor.Move(at, (at + 2) % 4);
                break;
            case 1:
                editor.Remove(at);
                break;
            case 2:
                editor.Add();
                break;
            case 3:
                editor.Rename(at, $"Name {at}");
                break;
            case 4 when at < editor.Plan!.Sections.Count:
                editor.EditAt(at, (plan, place, _) => (SectionEdits.Duplicate(plan, place), place));
                break;
            case 5:
                editor.SetJson(editor.Json + " ");
                break;
            default:
                editor.SetTitle($"Title {at}");
                break;
        }
    }
}
