using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

/// <summary>Cost, balance and custom style models as pages show them.</summary>
public sealed class AccountViewTests
{
    private readonly FakeAccount _account = new() { Source = KeySource.Entered };
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData(90_000, 20_000, "About 1,350 credits, $0.23 (an estimate) — you have 20,000 left.", false)]
    [InlineData(90_000, 1_350, "About 1,350 credits, $0.23 (an estimate) — you have 1,350 left.", false)]
    [InlineData(90_000, 1_349, "About 1,350 credits, $0.23 (an estimate) — you have only 1,349 left, which may not suffice.", true)]
    [InlineData(90_000, 0, "About 1,350 credits, $0.23 (an estimate) — you have no credits left.", true)]
    public void Cost_IsToldWithWhatIsLeft(int durationMs, long remaining, string text, bool isShort)
    {
        var cost = CostEstimate.Of(FakeRenderJobs.ElevenLabs, durationMs, new AccountBalance("creator", "active", 0, remaining, null, default))!;

        Assert.Equal((text, isShort), (cost.ToString(), cost.IsShort));
    }

    [Fact]
    public void Cost_WithoutABalance_IsAnEstimateAlone()
    {
        var cost = CostEstimate.Of(FakeRenderJobs.ElevenLabs, 60_000, null)!;

        Assert.Equal(("About 900 credits, $0.15: an estimate.", false), (cost.ToString(), cost.IsShort));
        Assert.Equal("Another take costs about 900 credits, $0.15.", cost.OfAnotherTake);
        Assert.Null(CostEstimate.Of(FakeRenderJobs.ElevenLabs, null, null));
        Assert.Null(CostEstimate.Of(new FakeRenderJobs().Generators[0], 60_000, null));
    }

    [Fact]
    public async Task Balance_IsAskedForOnlyWhenItIsOld()
    {
        await using var view = new BalanceView(_account, _time, () => { });

        _account.Balance = FakeAccount.Creator;
        _time.Advance(BalanceView.Freshness - TimeSpan.FromSeconds(1));
        view.AskIfOld();
        Assert.Equal(0, _account.Refreshes);
        _time.Advance(TimeSpan.FromSeconds(1));
        view.AskIfOld();

        Assert.Equal(1, _account.Refreshes);
    }

    [Fact]
    public async Task Balance_NotToBeHad_IsNotAskedForAtEveryKeystroke()
    {
        _account.OnRefresh = _ => Task.FromResult<RenderFailure?>(RenderFailure.Server("ElevenLabs does not answer.", "unreachable"));
        await using var view = new BalanceView(_account, _time, () => { });

        view.AskIfOld();
        view.AskIfOld();
        Assert.Equal(1, _account.Refreshes);
        _time.Advance(BalanceView.Freshness);
        view.AskIfOld();

        Assert.Equal(2, _account.Refreshes);
    }

    [Fact]
    public async Task Balance_WithoutAKey_IsNobodys()
    {
        (_account.Source, _account.Balance) = (KeySource.None, FakeAccount.Creator);
        await using var view = new BalanceView(_account, _time, () => { });

        view.Ask();

        Assert.Equal(0, _account.Refreshes);
        Assert.Null(view.Balance);
    }

    [Fact]
    public async Task Balance_WhileItIsAskedFor_SaysSoAndAsksOnce()
    {
        var answer = new TaskCompletionSource<RenderFailure?>();
        _account.OnRefresh = _ => answer.Task;
        var heard = new TaskCompletionSource();
        BalanceView view = null!;
        view = new BalanceView(_account, _time, () =>
        {
            if (!view.IsAsking)
            {
                heard.TrySetResult();
            }
        });
        view.Ask();
        view.Ask();
        Assert.True(view.IsAsking);

        answer.SetResult(RenderFailure.Server("ElevenLabs does not answer.", "unreachable"));

        await heard.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(("ElevenLabs does not answer.", 1), (view.Failure!.Message, _account.Refreshes));
        await view.DisposeAsync();
        Assert.False(_account.IsHeard);
    }

    [Fact]
    public async Task Balance_PageLeftWhileItIsAskedFor_EndsQuietly()
    {
        _account.OnRefresh = async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        };
        var view = new BalanceView(_account, _time, () => Assert.Fail("The page is gone."));

        view.Ask();
        await view.DisposeAsync();
    }

    [Fact]
    public async Task Finetunes_AreThoseThatCanBeUsed_ByName()
    {
        _account.OnFinetunes = FakeAccount.Listing(
            FakeAccount.Finetune("2", "Velvet"), FakeAccount.Finetune("3", "Raw", status: "training"), FakeAccount.Finetune("1", "attic"));
        var list = new FinetuneView(_account);

        await list.LoadAsync(false, CancellationToken.None);

        Assert.Equal(["attic", "Velvet"], list.Usable!.Select(finetune => finetune.Name));
        Assert.Equal("house · warm · yours · music_v2", FinetuneView.FactsOf(list.Usable![0]));
    }

    [Fact]
    public async Task Finetunes_OfManyPages_AreAllThere()
    {
        var all = Enumerable.Range(0, 250).Select(at => FakeAccount.Finetune($"{at}", $"Model {at:000}")).ToArray();
        _account.OnFinetunes = query => Task.FromResult(new FinetuneAnswer([.. all.Skip((query.Page - 1) * query.PageSize).Take(query.PageSize)], all.Length, default, null));
        var list = new FinetuneView(_account);

        await list.LoadAsync(true, CancellationToken.None);

        Assert.Equal(250, list.Usable!.Count);
        Assert.Equal([true, false, false], _account.Queries.Select(query => query.Refresh));
        Assert.Equal(["Model 042"], list.Matching("042", null).Select(finetune => finetune.Name));
        Assert.Equal(["Model 007", "Model 042"], list.Matching("042 HOUSE", "7").Select(finetune => finetune.Name).Order());
    }

    [Fact]
    public async Task Finetunes_NotToBeHad_SayWhy()
    {
        _account.OnFinetunes = _ => Task.FromResult(new FinetuneAnswer([], 0, default, RenderFailure.Server("ElevenLabs does not answer.", "unreachable")));
        var list = new FinetuneView(_account);

        await list.LoadAsync(false, CancellationToken.None);

        Assert.Null(list.Usable);
        Assert.Equal("ElevenLabs does not answer.", list.Failure!.Message);
    }
}
