using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class TrackStudioTests
{
    private readonly FakeDrafts _drafts = new();
    private readonly FakeRenderJobs _jobs = new();

    private TrackStudio Studio => new(_jobs, _drafts, new OpenDrafts(_drafts, new FakeNews(), new FakeTimeProvider(), NullLogger<ComposeSession>.Instance), new StudioClient());

    [Fact]
    public async Task Render_PageLeftWhileItStarts_IsInTheDraftAllTheSame()
    {
        var draft = Samples.Draft(Samples.Plan);
        _drafts.Kept[draft.Id] = draft;
        var session = new ComposeSession(draft, _drafts, new FakeTimeProvider(), NullLogger<ComposeSession>.Instance);
        var starting = new TaskCompletionSource<RenderStart>();
        _jobs.OnStartAsync = _ => starting.Task;
        using var page = new CancellationTokenSource();
        var rendering = Studio.RenderAsync(session, page.Token);
        session.Update(it => it with { Story = "typed while it starts" });
        await page.CancelAsync();
        await session.DisposeAsync();

        starting.SetResult(RenderStart.Accepted(FakeRenderJobs.Id));

        Assert.Null(await rendering);
        var kept = _drafts.Kept[draft.Id];
        Assert.Equal((FakeRenderJobs.Id.Value, "typed while it starts"), (kept.RenderId, kept.Story));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_IsShownByTheDraftThatShowedTheOldOne(bool isNewest)
    {
        var old = FakeRenderJobs.Ended(RenderFailure.Server("It broke.", "broken"), draft: Samples.Draft(Samples.Plan).Id);
        var again = new RenderId(new string('a', 32));
        var shown = isNewest ? old.Id.Value : new string('b', 32);
        _drafts.Kept[old.DraftId!] = Samples.Draft(Samples.Plan) with { RenderId = shown };
        _jobs.OnRetry = _ => RenderStart.Accepted(again);

        Assert.Null(await Studio.RetryAsync(old));

        Assert.Equal(isNewest ? again.Value : shown, _drafts.Kept[old.DraftId!].RenderId);
        Assert.Equal([old.Id], _jobs.Retried);
    }

    [Fact]
    public async Task Retry_OfWhatNobodyKnows_SaysSo()
    {
        _jobs.OnRetry = _ => null;
        Assert.Equal("This render is not known any more.", (await Studio.RetryAsync(FakeRenderJobs.Ended(RenderFailure.Server("It broke.", "broken"))))?.Message);
    }

    [Fact]
    public async Task RenderAnother_PageLeftWhileItStarts_IsInItsDraft()
    {
        using var page = new CancellationTokenSource();
        _jobs.OnStart = _ =>
        {
            page.Cancel();
            return RenderStart.Accepted(FakeRenderJobs.Id);
        };

        var start = await Studio.RenderAnotherAsync(Samples.Track(), page.Token);

        Assert.Equal(FakeRenderJobs.Id.Value, _drafts.Kept[start.DraftId!].RenderId);
    }

    [Fact]
    public async Task RenderAnother_Refused_LeavesNoDraft()
    {
        _jobs.OnStart = _ => RenderStart.Refused(RenderFailure.Server("The queue is full.", "queue_full"));

        var start = await Studio.RenderAnotherAsync(Samples.Track(), CancellationToken.None);

        Assert.Equal("The queue is full.", start.Failure?.Message);
        Assert.Null(start.DraftId);
        Assert.Empty(_drafts.Kept);
    }

    [Fact]
    public async Task Render_WithACustomStyleModel_PassesItOnWhereItIsTaken()
    {
        _jobs.AddElevenLabs();
        var draft = Samples.Draft(Samples.Plan) with { Seed = 5, FinetuneId = "ft_1", ModelId = "music_v2_5", FinetuneStrength = 0.7 };
        await using var session = new ComposeSession(draft, _drafts, new FakeTimeProvider(), NullLogger<ComposeSession>.Instance);

        await Studio.RenderAsync(session, CancellationToken.None);
        await Studio.RenderAnotherAsync(session, Samples.Track(), CancellationToken.None);
        session.Update(it => it with { Generator = "elevenlabs" });
        await Studio.RenderAnotherAsync(session, Samples.Track(), CancellationToken.None);
        await Studio.RenderWithSketchAsync(session, CancellationToken.None);

        Assert.Equal(
            [
                new RenderOptions { Seed = 5, FinetuneId = "ft_1", ModelId = "music_v2_5", FinetuneStrength = 0.7 },
                new RenderOptions { Generator = "sketch" },
                new RenderOptions { Generator = "elevenlabs", FinetuneId = "ft_1", ModelId = "music_v2_5", FinetuneStrength = 0.7 },
                new RenderOptions { Generator = "sketch", Seed = 5 },
            ],
            _jobs.Requests.Select(request => request.Options));
    }

    [Theory]
    [InlineData("elevenlabs", true, "elevenlabs")]
    [InlineData("elevenlabs", false, "sketch")]
    [InlineData("sketch", true, "sketch")]
    public async Task RenderAnother_OfATrack_TakesItsGeneratorAndNeverBillsUnasked(string generator, bool hasKey, string taken)
    {
        if (hasKey)
        {
            _jobs.AddElevenLabs();
        }

        var start = await Studio.RenderAnotherAsync(Samples.Track() with { Generator = generator }, CancellationToken.None);

        Assert.Equal(taken, Assert.Single(_jobs.Requests).Options.Generator);
        Assert.Equal(generator, _drafts.Kept[start.DraftId!].Generator);
    }
}
