using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Web.Studio;

/// <summary>The account's balance as a page shows it: asked for in the background, and never waited for.</summary>
public sealed class BalanceView : IAsyncDisposable
{
    /// <summary>How long an answer is new enough.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private readonly IElevenLabsAccount _account;
    private readonly TimeProvider _time;
    private readonly Action _changed;
    private readonly CancellationTokenSource _stop = new();
    private Task _asking = Task.CompletedTask;
    private long? _askedAt;

    /// <summary>Shows an account's balance.</summary>
    /// <param name="account">The account.</param>
    /// <param name="time">For the age of answers.</param>
    /// <param name="changed">Called after changes, on any thread.</param>
    public BalanceView(IElevenLabsAccount account, TimeProvider time, Action changed)
    {
        _account = account;
        _time = time;
        _changed = ReaderCulture.Keep(changed);
        account.Changed += _changed;
    }

    /// <summary>What was last heard, or null; also null when there is no key, for then it is nobody's.</summary>
    public AccountBalance? Balance => _account.Source is KeySource.None ? null : _account.Balance;

    /// <summary>Why the balance could not be had when it was last asked for, or null.</summary>
    public RenderFailure? Failure { get; private set; }

    /// <summary>True while it is being asked for.</summary>
    public bool IsAsking { get; private set; }

    /// <summary>Asks for the balance unless what is known is new, it was asked for a moment ago, or nobody could answer.</summary>
    public void AskIfOld()
    {
        var isKnown = Balance is { } balance && _time.GetUtcNow() - balance.AskedAt < Freshness;
        var wasAsked = _askedAt is { } then && _time.GetElapsedTime(then) < Freshness;
        if (!isKnown && !wasAsked)
        {
            Ask();
        }
    }

    /// <summary>Asks for the balance now.</summary>
    public void Ask()
    {
        if (!IsAsking && _account.Source is not KeySource.None && !_stop.IsCancellationRequested)
        {
            IsAsking = true;
            _askedAt = _time.GetTimestamp();
            _asking = AskAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _account.Changed -= _changed;
        await _stop.CancelAsync();
        await _asking;
        _stop.Dispose();
    }

    private async Task AskAsync()
    {
        try
        {
            Failure = await _account.RefreshAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
            return;
        }
        finally
        {
            IsAsking = false;
        }

        _changed();
    }
}
