using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>Whatever happens between a person and the disk, nothing that was typed is lost.</summary>
public sealed class BadConditionJourneys(Studio studio) : Journey(studio)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SlowNetwork = TimeSpan.FromMilliseconds(250);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrender-e2e-");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Connection_LostForHalfAMinute_KeepsWhatWasTypedMeanwhile()
    {
        await using var wire = new Wire(Studio.Address);
        var visit = await VisitAsync(wire.Address);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Before", 10_000, "Intro", "Verse", "Outro"));
        await plan.ExpectSectionsAsync("Intro", "Verse", "Outro");
        visit.IsServerAway = true;
        wire.Cut();
        var since = Stopwatch.StartNew();
        await Assertions.Expect(visit.Page.GetByText("Connection lost; trying again.")).ToBeVisibleAsync();
        await plan.Title.FillAsync("Typed in the dark");
        await plan.Section.Lines.FillAsync("Nobody hears this\nyet");
        await Task.Delay(Outage - since.Elapsed);
        await new WizardRail(visit.Page).SaveAsync(() =>
        {
            wire.Mend();
            return Task.CompletedTask;
        });
        await Assertions.Expect(visit.Page.GetByText("Connection lost; trying again.")).ToBeHiddenAsync();
        visit.IsServerAway = false;

        var other = await VisitAsync(visit.Page.Url);
        var there = new PlanPage(other.Page);
        await Assertions.Expect(there.Title).ToHaveValueAsync("Typed in the dark");
        await Assertions.Expect(there.Section.Lines).ToHaveValueAsync("Nobody hears this\nyet");
        await plan.AddSection.ClickAsync();
        await Assertions.Expect(there.Sections).ToHaveCountAsync(4);
        await other.LeaveAsync();
        await visit.LeaveAsync();
    }

    [Fact]
    public async Task Server_StartedAgain_ReloadsThePageWithWhatWasTypedMeanwhile()
    {
        var program = await MusicRenderProcess.StartAsync(_folder.FullName);
        try
        {
            var visit = await VisitAsync(program.Address);
            var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Before", 10_000, "Intro", "Verse"));
            await plan.JsonTab.ClickAsync();
            await Assertions.Expect(plan.Json).ToBeVisibleAsync();
            visit.IsServerAway = true;
            await program.KillAsync();
            await Assertions.Expect(visit.Page.GetByText("Connection lost; trying again.")).ToBeVisibleAsync();
            await plan.Json.FillAsync(Plans.Text("While it was away", 9_000, "Alone"));
            await program.DisposeAsync();
            program = await MusicRenderProcess.StartAsync(_folder.FullName, program.Address.Port);

            await Assertions.Expect(plan.Title).ToHaveValueAsync("While it was away");
            await plan.ExpectSectionsAsync("Alone");
            visit.IsServerAway = false;
            await visit.Page.UntilAsync("sessionStorage.length === 0");
            await visit.LeaveAsync();
        }
        finally
        {
            await program.DisposeAsync();
        }
    }

    [Fact]
    public async Task Network_Slow_ChangesNothingOfWhatIsTyped()
    {
        await using var wire = new Wire(Studio.Address);
        var visit = await VisitAsync(wire.Address);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Before", 10_000, "Intro", "Verse"));
        await plan.ExpectSectionsAsync("Intro", "Verse");
        wire.Delay = SlowNetwork;
        var keys = new LocatorPressSequentiallyOptions { Delay = 30 };
        await plan.Title.FillAsync("");
        await plan.Title.PressSequentiallyAsync("Half a second there and back", keys);
        await plan.Section.Lines.PressSequentiallyAsync("One line\nand another\n\nand a last", keys);
        await plan.JsonTab.ClickAsync();
        await plan.Json.PressAsync("Control+End");
        await plan.Json.PressSequentiallyAsync("   \n\n ", keys);
        await visit.Page.UntilAsync("sessionStorage.length === 0");
        Assert.EndsWith("}   \n\n ", await plan.JsonTextAsync(), StringComparison.Ordinal);
        var json = JsonNode.Parse(await plan.JsonTextAsync())!;
        Assert.Equal("Half a second there and back", (string)json["title"]!);
        Assert.Equal("One line|and another|and a last", string.Join('|', json["sections"]![0]!["lines"]!.AsArray()));
        await visit.LeaveAsync();
    }

    [Fact]
    public async Task Disk_FullWhileADraftSaves_SaysSoAndSavesLaterButNothingThatWasTakenBack()
    {
        await using var disk = await SmallDisk.MountAsync(Path.Combine(_folder.FullName, "disk"), "24m");
        await using var program = await MusicRenderProcess.StartAsync(disk.Folder);
        var visit = await VisitAsync(program.Address);
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Before", 10_000, "Intro", "Verse"));
        await visit.Page.UntilAsync("sessionStorage.length === 0");
        var filler = Path.Combine(disk.Folder, "filler");
        disk.Fill("filler");

        // Until the database has used up the room that it had left for itself.
        var notSaved = visit.Page.GetByText("Not saved; trying again. Keep this page open.");
        for (var page = 1; !await notSaved.IsVisibleAsync() && page <= 60; page++)
        {
            await plan.Section.Lines.FillAsync(string.Join('\n', Enumerable.Range(0, 30).Select(line => $"{page} {line} {new string('x', 150)}")));
            await visit.Page.UntilAsync("document.querySelector('.saved.pending') === null");
        }

        await Assertions.Expect(notSaved).ToBeVisibleAsync();
        await plan.Title.FillAsync("Typed on a full disk");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Typed on a full disk");

        // What is taken back does not come back with the connection, nor with the server.
        await plan.Title.FillAsync("Taken back");
        await plan.Undo.ClickAsync();
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Typed on a full disk");
        await visit.Page.UntilAsync("!Object.values(sessionStorage).some(text => text.includes('Taken back'))");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Typed on a full disk");
        visit.IsServerAway = true;
        await program.KillAsync();
        File.Delete(filler);
        await using var again = await MusicRenderProcess.StartAsync(disk.Folder, program.Address.Port);
        await visit.Page.UntilAsync("sessionStorage.length === 0");
        await Assertions.Expect(plan.Title).ToHaveValueAsync("Typed on a full disk");
        visit.IsServerAway = false;
        await visit.LeaveAsync();
    }

    [Fact]
    public async Task Json_OfFiveMegabytes_IsRefusedKindlyAndThePageGoesOn()
    {
        var visit = await VisitAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Before", 10_000, "Intro", "Verse"));
        const string Paste =
            """
            (field) => {
              const data = new DataTransfer();
              data.setData("text/plain", `{"title":"${"x".repeat(5_000_000)}"}`);
              field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """;
        await plan.AddSection.EvaluateAsync(Paste);
        await Assertions.Expect(visit.Page.GetByText("too long for a plan")).ToBeVisibleAsync();
        await plan.JsonTab.ClickAsync();
        var before = await plan.JsonTextAsync();
        await plan.Json.EvaluateAsync(Paste);
        await Assertions.Expect(visit.Page.Named(AriaRole.Tabpanel, "JSON").GetByText("too long for a plan")).ToBeVisibleAsync();
        Assert.Equal(before, await plan.JsonTextAsync());
        await plan.Json.FillAsync(Plans.Text("After", 9_000, "Alone"));
        await plan.TimelineTab.ClickAsync();
        await plan.ExpectSectionsAsync("Alone");
    }

    [Fact]
    public async Task Plan_AtItsLimitsInEveryScript_IsEditedAndKept()
    {
        const string Odd = "אור בחלון 🎸🔥 ‏متن‎ 𝄞 e\u0301";
        var visit = await VisitAsync();
        var plan = await PlanPage.WithPlanAsync(visit.Page, Plans.Text("Before", 10_000, "Intro"));
        var sections = Enumerable.Range(1, 30).Select(number => $"{Odd} {number}").ToArray();
        var source = Plans.Of(Odd, 3_000, sections);
        foreach (var section in source["sections"]!.AsArray())
        {
            section!["lines"] = new JsonArray([.. Enumerable.Range(1, 30).Select(line => (JsonNode)$"{line} {string.Concat(Enumerable.Repeat(Odd, 6))}")]);
        }

        await plan.WriteJsonAsync(source.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true }));
        await plan.TimelineTab.ClickAsync();
        await Assertions.Expect(plan.Sections).ToHaveCountAsync(30);
        await plan.SelectAsync(sections[29]);
        await plan.Section.Lines.FillAsync($"{Odd}\n🎸\n{Odd}");
        await plan.Section.Wanted.FillAsync(Odd);
        await plan.Section.Wanted.PressAsync("Enter");
        await plan.WholeTrack.Named(AriaRole.Textbox, "Description").FillAsync(Odd);
        await visit.Page.Locator("summary").Filter(new LocatorFilterOptions { HasText = "Prompt" }).ClickAsync();
        await plan.Prompt.FillAsync(Odd);
        await new WizardRail(visit.Page).SaveAsync(() => plan.Title.FillAsync($"{Odd}!"));
        await Layout.CheckNarrowAsync(visit.Page);

        await visit.Page.ReloadAsync();
        await Assertions.Expect(plan.Title).ToHaveValueAsync($"{Odd}!");
        await Assertions.Expect(plan.Render).ToBeEnabledAsync();
        var kept = await plan.ReadJsonAsync();
        Assert.Equal(sections, kept["sections"]!.AsArray().Select(section => (string)section!["section_name"]!));
        Assert.Equal([Odd, "🎸", Odd], kept["sections"]![29]!["lines"]!.AsArray().Select(line => (string)line!));
        Assert.Equal(Odd, (string)kept["sections"]![29]!["positive_local_styles"]![0]!);
        Assert.Equal(30, kept["sections"]![0]!["lines"]!.AsArray().Count);
        await visit.Page.Locator("summary").Filter(new LocatorFilterOptions { HasText = "Prompt" }).ClickAsync();
        await Assertions.Expect(plan.Prompt).ToHaveValueAsync(Odd);
        await Assertions.Expect(plan.WholeTrack.Named(AriaRole.Textbox, "Description")).ToHaveValueAsync(Odd);
    }
}
