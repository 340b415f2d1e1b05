using System.Globalization;
using Bunit;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Components.Wizard;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class FinetunePickerTests : StudioContext
{
    private IRenderedComponent<FinetunePicker> Picker(ComposeSession session)
    {
        var picker = Render<FinetunePicker>(it => it.Add(one => one.Session, session));
        session.Changed += () => picker.InvokeAsync(() => picker.Render(it => it.Add(one => one.Session, session)));
        return picker;
    }

    private static Task OpenAsync(IRenderedComponent<FinetunePicker> picker) => picker.Find(".finetune-button").ClickAsync(new());

    private static string[] Names(IRenderedComponent<FinetunePicker> picker) => [.. picker.FindAll(".finetune-name").Select(name => name.TextContent)];

    [Fact]
    public async Task List_IsAskedForOnlyWhenItIsOpened()
    {
        Account.OnFinetunes = FakeAccount.Listing(FakeAccount.Finetune("a", "Attic"), FakeAccount.Finetune("b", "Raw", status: "training"));
        await using var session = Session(Samples.Draft(Samples.Plan));
        var picker = Picker(session);
        var button = picker.Find(".finetune-button");
        Assert.Equal(("false", "finetune-label finetune-value"), (button.GetAttribute("aria-expanded"), button.GetAttribute("aria-labelledby")));
        Assert.Empty(Account.Queries);

        await OpenAsync(picker);

        Assert.Equal("true", picker.Find(".finetune-button").GetAttribute("aria-expanded"));
        Assert.Equal(["None", "Attic"], Names(picker));
        Assert.Empty(picker.FindAll("#finetune-strength"));
        Assert.Empty(picker.FindAll("input[aria-label='Search models']"));
    }

    [Fact]
    public async Task Model_Chosen_IsInTheDraftWithItsMusicModelAndFullStrength()
    {
        Account.OnFinetunes = FakeAccount.Listing(FakeAccount.Finetune("a", "Attic") with { ModelId = "music_v2_5" });
        await using var session = Session(Samples.Draft(Samples.Plan));
        var picker = Picker(session);
        await OpenAsync(picker);

        await picker.FindAll("input[type=radio]")[1].ChangeAsync(new() { Value = "on" });

        Assert.Equal(("a", "music_v2_5", 1.0), (session.Draft.FinetuneId, session.Draft.ModelId, session.Draft.FinetuneStrength));
        Assert.Equal("Attic", picker.Find("#finetune-value").TextContent);
        var slider = picker.Find("#finetune-strength");
        Assert.Equal(("0.1", "2.0", "1.0", "Strength"), (slider.GetAttribute("min"), slider.GetAttribute("max"), slider.GetAttribute("aria-valuetext"), picker.Find("label[for=finetune-strength]").TextContent));

        await slider.InputAsync(new() { Value = "0.4" });
        Assert.Equal(0.4, session.Draft.FinetuneStrength);
        await picker.FindAll("input[type=radio]")[0].ChangeAsync(new() { Value = "on" });

        Assert.Equal((null, null, null), (session.Draft.FinetuneId, session.Draft.ModelId, session.Draft.FinetuneStrength));
        Assert.Equal("None", picker.Find("#finetune-value").TextContent);
    }

    [Fact]
    public async Task Model_OfTheDraft_IsNamedAtOnce()
    {
        Account.OnFinetunes = FakeAccount.Listing(FakeAccount.Finetune("a", "Attic"));
        await using var session = Session(Samples.Draft(Samples.Plan) with { FinetuneId = "a", ModelId = "music_v2", FinetuneStrength = 1.7 });

        var picker = Picker(session);

        picker.WaitForAssertion(() => Assert.Equal("Attic", picker.Find("#finetune-value").TextContent));
        Assert.Equal("1.7", picker.Find("#finetune-strength").GetAttribute("aria-valuetext"));
    }

    [Fact]
    public async Task Strength_IsReadAsTheReaderWritesNumbers_AndKeptAsTheSliderDoes()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        await using var session = Session(Samples.Draft(Samples.Plan) with { FinetuneId = "a", FinetuneStrength = 1.7 });

        var picker = Picker(session);

        var slider = picker.Find("#finetune-strength");
        Assert.Equal(("1,7", "1,7", "1.7", "0.1"), (picker.Find(".counter").TextContent, slider.GetAttribute("aria-valuetext"), slider.GetAttribute("value"), slider.GetAttribute("min")));
    }

    [Fact]
    public async Task List_WhileItIsAskedFor_SaysSo()
    {
        var answer = new TaskCompletionSource<FinetuneAnswer>();
        Account.OnFinetunes = _ => answer.Task;
        await using var session = Session(Samples.Draft(Samples.Plan));
        var picker = Picker(session);

        var opening = OpenAsync(picker);
        picker.WaitForAssertion(() => Assert.Equal("Asking ElevenLabs for your models.", picker.Find(".finetune-choice [role=status]").TextContent));
        answer.SetResult(new FinetuneAnswer([], 0, default, null));
        await opening;

        Assert.Contains("no custom style model that can be used", picker.Find(".finetune-choice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NotToBeHad_SaysWhyAndAsksAgain()
    {
        Account.OnFinetunes = _ => Task.FromResult(new FinetuneAnswer([], 0, default, RenderFailure.Server("ElevenLabs does not answer.", "unreachable")));
        await using var session = Session(Samples.Draft(Samples.Plan));
        var picker = Picker(session);
        await OpenAsync(picker);
        Assert.Contains("ElevenLabs does not answer.", picker.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Account.OnFinetunes = FakeAccount.Listing(FakeAccount.Finetune("a", "Attic"));
        await picker.FindAll("button").Single(button => button.TextContent == "Ask again").ClickAsync(new());

        Assert.Equal(["None", "Attic"], Names(picker));
        Assert.Equal([false, true], Account.Queries.Select(query => query.Refresh));
    }

    [Fact]
    public async Task Many_CanBeSearched_AndTheChosenOneStays()
    {
        Account.OnFinetunes = FakeAccount.Listing([.. Enumerable.Range(0, 12).Select(at => FakeAccount.Finetune($"{at}", $"Model {at:00}", tags: at % 2 == 0 ? "warm" : "cold"))]);
        await using var session = Session(Samples.Draft(Samples.Plan) with { FinetuneId = "3" });
        var picker = Picker(session);
        await OpenAsync(picker);

        await picker.Find("input[aria-label='Search models']").InputAsync(new() { Value = "warm 0" });

        Assert.Equal(["None", "Model 00", "Model 02", "Model 03", "Model 04", "Model 06", "Model 08", "Model 10"], Names(picker));
    }
}
