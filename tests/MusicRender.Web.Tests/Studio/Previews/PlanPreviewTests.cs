using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Studio.Previews;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio.Previews;

public sealed class PlanPreviewTests : IAsyncDisposable
{
    private readonly PreviewDesk _desk = new(new SketchPreview(new AudioEncoder(Options.Create(new FfmpegOptions()))));
    private readonly ComposeSession _session = Session(Samples.Draft(Samples.Plan));
    private readonly PlanPreview _preview;

    public PlanPreviewTests() => _preview = Preview(_session);

    private PreviewPass Pass => _desk.Find(_preview.Address["/previews/".Length..])!;

    public async ValueTask DisposeAsync()
    {
        await _preview.DisposeAsync();
        await _session.DisposeAsync();
    }

    private static ComposeSession Session(Draft draft) => new(draft, new FakeDrafts(), new FakeTimeProvider(), NullLogger<ComposeSession>.Instance);

    private PlanPreview Preview(ComposeSession session) => new(session, _desk, read => Task.FromResult(read()));

    [Fact]
    public async Task Read_AfterAnEdit_IsThePlanAsItStands()
    {
        _session.Plan.Rename(1, "Second verse");

        var request = await Pass.ReadAsync(1);

        Assert.Equal((1, 1, "Second verse"), (request!.FirstSection, request.SectionCount, request.Plan.Sections[1].SectionName));
        Assert.Null((await Pass.ReadAsync(null))!.SectionCount);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task Read_OfASectionThatIsNot_IsNothing(int section) => Assert.Null(await Pass.ReadAsync(section));

    [Fact]
    public async Task Read_OfAPlanWithAProblem_IsNothing()
    {
        _session.Plan.SetLength(0, 1);
        Assert.False(_preview.CanPlay);
        Assert.Null(await Pass.ReadAsync(1));

        _session.Plan.Undo();
        Assert.True(_preview.CanPlay);
        Assert.NotNull(await Pass.ReadAsync(1));
    }

    [Fact]
    public void Version_CountsEdits()
    {
        var before = _preview.Version;

        _session.Plan.SetLines(0, ["New words"]);

        var after = _preview.Version;
        Assert.NotEqual(before, after);
        _session.Plan.Select(1);
        Assert.Equal(after, _preview.Version);
        _session.Update(draft => draft with { Seed = 42 });
        Assert.NotEqual(after, _preview.Version);
    }

    [Fact]
    public async Task Seed_OfADraftWithoutOne_IsItsOwnAndCanBeKept()
    {
        Assert.Null(_preview.UnkeptSeed);
        var heard = (await Pass.ReadAsync(null))!.Seed;
        Assert.InRange(heard, 0, PlanLimits.MaxSeed);
        Assert.Equal(heard, (await Pass.ReadAsync(0))!.Seed);
        Assert.NotEqual(heard, PlanPreview.SeedOf(_session.Draft with { Id = "zyxwvutsrqpo" }));
        Assert.Equal(heard, _preview.UnkeptSeed);

        _preview.KeepSeed();

        Assert.Equal(heard, _session.Draft.Seed);
        Assert.Null(_preview.UnkeptSeed);
    }

    [Fact]
    public async Task Seed_OfTheDraft_IsPlayed()
    {
        _session.Update(draft => draft with { Seed = 42 });

        Assert.Equal(42, (await Pass.ReadAsync(null))!.Seed);
        Assert.Null(_preview.UnkeptSeed);
    }

    [Fact]
    public async Task Pass_OfAnEditorThatIsLeft_IsGone()
    {
        var other = Preview(_session);
        var key = other.Address["/previews/".Length..];
        Assert.NotNull(_desk.Find(key));
        Assert.NotEqual(_preview.Address, other.Address);

        await other.DisposeAsync();

        Assert.Null(_desk.Find(key));
    }

    [Fact]
    public async Task Play_WhileAnotherPreviewPlays_EndsTheOneBefore()
    {
        var ct = TestContext.Current.CancellationToken;
        var request = (await Pass.ReadAsync(null))!;
        await using var first = Pass.PlayAsync(request, ct).GetAsyncEnumerator(ct);
        Assert.True(await first.MoveNextAsync());

        await using var second = Pass.PlayAsync(request, ct).GetAsyncEnumerator(ct);
        Assert.True(await second.MoveNextAsync());

        while (await first.MoveNextAsync())
        {
            // What was encoded before comes still.
        }

        Assert.True(await second.MoveNextAsync());
    }

    [Fact]
    public async Task Play_WithoutAnEncoder_TellsThePageWhy()
    {
        var desk = new PreviewDesk(new SketchPreview(new AudioEncoder(Options.Create(new FfmpegOptions { Path = "/nowhere/ffmpeg" }))));
        await using var preview = new PlanPreview(_session, desk, read => Task.FromResult(read()));
        var told = 0;
        preview.Changed += () => told++;
        var pass = desk.Find(preview.Address["/previews/".Length..])!;
        var request = (await pass.ReadAsync(null))!;

        await Assert.ThrowsAsync<EncodingException>(async () =>
        {
            await foreach (var _ in pass.PlayAsync(request, TestContext.Current.CancellationToken))
            {
            }
        });

        Assert.Equal(1, told);
        Assert.Contains("ffmpeg", preview.Trouble, StringComparison.Ordinal);
    }
}
