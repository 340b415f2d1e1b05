using Bunit;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class StemPanelTests : StudioContext
{
    private IRenderedComponent<StemPanel> Panel() => Render<StemPanel>(panel => panel.Add(it => it.Track, Samples.Track()));

    private static AngleSharp.Dom.IElement? Button(IRenderedComponent<StemPanel> panel, string name) =>
        panel.FindAll("button").SingleOrDefault(button => (button.GetAttribute("aria-label") ?? button.TextContent.Trim()) == name);

    private static AngleSharp.Dom.IElement Radio(IRenderedComponent<StemPanel> panel, StemSet set) =>
        panel.FindAll("input[type=radio]").Single(radio => radio.GetAttribute("value") == set.ToString());

    [Theory]
    [InlineData(true, "Free: Sketch plays its parts once more")]
    [InlineData(false, "Uses credits of your ElevenLabs account.")]
    public void Offer_SaysWhatItCosts(bool isFree, string words)
    {
        Stems.Offer = new StemOffer(isFree);

        var panel = Panel();

        Assert.Contains(words, panel.Markup, StringComparison.Ordinal);
        Assert.NotNull(Button(panel, "Make the stems"));
        Assert.Empty(panel.FindAll("a.stem-zip"));
    }

    [Fact]
    public void Offer_ThatNobodyMakes_SaysSo()
    {
        Stems.Offer = null;

        var panel = Panel();

        Assert.Null(Button(panel, "Make the stems"));
        Assert.Contains("would take this track apart, and is not set up", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("/settings", panel.Find(".stem-make a").GetAttribute("href"));
    }

    [Fact]
    public async Task Make_ShowsProgressThenTheMixer()
    {
        var panel = Panel();
        await Radio(panel, StemSet.Two).ChangeAsync(new() { Value = "Two" });
        await Button(panel, "Make the stems")!.ClickAsync(new());

        Assert.Equal((Samples.Track().Id, StemSet.Two), Assert.Single(Stems.Started));
        Assert.Equal("0", panel.Find("[role=progressbar][aria-label='Stem progress']").GetAttribute("aria-valuenow"));
        Stems.Live.Writer.TryWrite(FakeStemJobs.Running(StemSet.Two, 47, "Half of it"));
        panel.WaitForAssertion(() => Assert.Equal("47", panel.Find("[role=progressbar]").GetAttribute("aria-valuenow")));
        Assert.Contains("Half of it", panel.Markup, StringComparison.Ordinal);

        Stems.Live.Writer.TryWrite(FakeStemJobs.Done(StemSet.Two, "melody", "backing"));

        panel.WaitForAssertion(() => Assert.NotNull(Button(panel, "Play the stems")));
        Assert.Equal("The stems are ready.", panel.Find("[role=status]").TextContent);
        Assert.Equal(["Melody", "Backing"], panel.FindAll(".stem-name").Select(name => name.TextContent));
        Assert.Equal($"/tracks/{Samples.Track().Id}/zip", panel.Find("a.stem-zip").GetAttribute("href"));
    }

    [Fact]
    public void Mixer_HasMuteSoloAndSoundOfEachStem()
    {
        Stems.Statuses.Add(FakeStemJobs.Done(StemSet.Six, "drums", "bass"));

        var panel = Panel();

        foreach (var name in new[] { "drums", "bass" })
        {
            Assert.Equal("false", Button(panel, $"Mute {name}")!.GetAttribute("aria-pressed"));
            Assert.Equal("false", Button(panel, $"Solo {name}")!.GetAttribute("aria-pressed"));
            var row = panel.FindAll("[data-part=stem]").Single(row => row.GetAttribute("data-src") == $"/tracks/{Samples.Track().Id}/stems/six/{name}");
            Assert.NotEmpty(row.QuerySelector("path")!.GetAttribute("d")!);
            Assert.Equal($"night-train_00000001_{name}.mp3", row.QuerySelector("a")!.GetAttribute("download"));
        }

        Assert.Equal("0:00 of 0:45", panel.Find("[role=slider][aria-label='Stem position']").GetAttribute("aria-valuetext"));
        JSInterop.VerifyInvoke("import");
    }

    [Fact]
    public async Task Sets_AreEachShownByTheirChoice()
    {
        Stems.Statuses.Add(FakeStemJobs.Done(StemSet.Two, "melody", "backing"));
        Stems.Statuses.Add(FakeStemJobs.Failed(StemSet.Six, "It did not work.", "broken"));

        var panel = Panel();

        // What is done comes first.
        Assert.True(Radio(panel, StemSet.Two).HasAttribute("checked"));
        Assert.NotNull(Button(panel, "Play the stems"));
        await Radio(panel, StemSet.Six).ChangeAsync(new() { Value = "Six" });
        Assert.Null(Button(panel, "Play the stems"));
        Assert.Equal("It did not work.", panel.Find(".notice[role=alert]").TextContent);
        Assert.NotNull(Button(panel, "Make the stems again"));
    }

    [Fact]
    public void Failure_OfTheAccount_LeadsToTheSettings()
    {
        Stems.Statuses.Add(FakeStemJobs.Running(StemSet.Six, 10) with { State = RenderState.Failed, Failure = FakeRenderJobs.Failure("Not enough credits.", """{"reason":"insufficient_credits","action":"settings"}""") });

        var panel = Panel();

        Assert.Equal("/settings", panel.Find(".notice a").GetAttribute("href"));
    }

    [Fact]
    public void Failure_OfStemsThatArePaidFor_SaysThatTheyCostNothingMore()
    {
        Stems.Offer = new StemOffer(false);
        Stems.Statuses.Add(FakeStemJobs.Running(StemSet.Six, 10) with { State = RenderState.Failed, Failure = FakeRenderJobs.Failure("The disk was full.", """{"reason":"library","paid_for":true}""") });

        var panel = Panel();

        Assert.Contains("Paid for already: this costs nothing.", panel.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Uses credits", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll(".notice a"));
    }

    [Fact]
    public async Task Failure_WhileMade_OffersToMakeThemAgain()
    {
        Stems.Statuses.Add(FakeStemJobs.Running(StemSet.Six, 10));
        var panel = Panel();
        Stems.Live.Writer.TryWrite(FakeStemJobs.Failed(StemSet.Six, "The connection broke.", "interrupted"));
        panel.WaitForAssertion(() => Assert.NotNull(Button(panel, "Make the stems again")));

        await Button(panel, "Make the stems again")!.ClickAsync(new());

        Assert.Single(Stems.Started);
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[role=progressbar]")));
        Stems.Live.Writer.TryWrite(FakeStemJobs.Done(StemSet.Six, "drums"));
        panel.WaitForAssertion(() => Assert.NotNull(Button(panel, "Play the stems")));
    }

    [Fact]
    public void Failure_OfAnOlderTrack_OffersNothingThatWouldFailAgain()
    {
        Stems.Statuses.Add(FakeStemJobs.Failed(StemSet.Six, "This track was made by an older Sketch.", "generator_changed"));

        var panel = Panel();

        Assert.Contains("older Sketch", panel.Find(".notice[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Null(Button(panel, "Make the stems again"));
    }

    [Fact]
    public async Task Start_ThatIsRefused_SaysWhy()
    {
        Stems.OnStart = _ => new StemStart(null, RenderFailure.Server("The library's disk is full.", "catalogue"));
        var panel = Panel();

        await Button(panel, "Make the stems")!.ClickAsync(new());

        Assert.Contains("The library's disk is full.", panel.FindAll("[role=alert]").Select(alert => alert.TextContent));
        Assert.NotNull(Button(panel, "Make the stems"));
    }

    [Fact]
    public async Task Watch_ThatBreaks_IsTakenUpAgain()
    {
        Stems.Statuses.Add(FakeStemJobs.Running(StemSet.Six, 10));
        Stems.OnWatch = watch => watch == 1 ? throw new IOException("gone") : Task.CompletedTask;
        Stems.Live.Writer.TryWrite(FakeStemJobs.Done(StemSet.Six, "drums"));

        var panel = Panel();

        for (var tries = 0; tries < 500 && Button(panel, "Play the stems") is null; tries++)
        {
            await Task.Delay(10, Xunit.TestContext.Current.CancellationToken);
            Time.Advance(StemWatch.RetryAfter);
        }

        Assert.NotNull(Button(panel, "Play the stems"));
        Assert.Equal(2, Stems.Watches);
    }

    [Fact]
    public void Waves_AreAsTallAsTheirStemsAreLoud()
    {
        var stems = FakeStemJobs.Done(StemSet.Two, "loud", "half").Stems;

        Assert.StartsWith("M0 1L1 1L", StemWave.Path(stems[0], 1), StringComparison.Ordinal);
        Assert.StartsWith("M0 10.5L1 10.5L", StemWave.Path(stems[1], 1), StringComparison.Ordinal);
        Assert.Equal(2 * StemWave.Width, StemWave.Path(stems[0], 1).Count(letter => letter is 'M' or 'L'));
        Assert.StartsWith("M0 19.6L", StemWave.Path(stems[0] with { Peaks = [] }, 0), StringComparison.Ordinal);
    }
}
