using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Engine.Jobs;

/// <summary>
/// One set of one track's stems: enters in the catalogue that they are being made, makes them on a background task off the
/// grain's scheduler, and serves where they stand to any number of watchers. A track that is deleted meanwhile stops it.
/// </summary>
[CollectionAgeLimit(Minutes = 2)]
internal sealed partial class StemGrain(
    StemRecords records,
    StemPipeline pipeline,
    StemStore store,
    TrackLibrary library,
    IEnumerable<IStemMaker> makers,
    ElevenLabsAccount account,
    TimeProvider time,
    RenderRuns runs,
    ILogger<StemGrain> logger) : Grain, IStemGrain, IDisposable
{
    /// <summary>How long to wait before the end is written once more.</summary>
    private static readonly TimeSpan[] EndAttempts = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(1_200)];

    private static readonly RenderFailure TrackDeleted = RenderFailure.Server("The track was deleted.", "track_deleted");

    private CancellationTokenSource _cancel = new();
    private StemFeed? _feed;
    private Task _run = Task.CompletedTask;

    private string TrackId => this.GetPrimaryKeyString().Split('/')[0];

    private StemSet Set => this.GetPrimaryKeyString().EndsWith("/two", StringComparison.Ordinal) ? StemSet.Two : StemSet.Six;

    private bool HasPaid => store.HasPaid(TrackId, StemRecords.NameOf(Set));

    public async Task<StemStart?> StartAsync()
    {
        if (_feed is { Last.HasEnded: false } running)
        {
            return new StemStart(running.Last, null);
        }

        if (await library.FindAsync(TrackId, CancellationToken.None) is not { } track || track.Id != TrackId)
        {
            return null;
        }

        if (await FindAsync() is { State: RenderState.Succeeded } done && await AreThereAsync(done.Stems))
        {
            return new StemStart(done, null);
        }

        // What is paid for needs nobody who could be asked.
        if (makers.FirstOrDefault(maker => maker.Generator == track.Generator && (maker.IsReady || HasPaid)) is not { } ready)
        {
            return new StemStart(null, RenderFailure.Server($"Nobody can take tracks of {track.Generator} apart now. Set the generator up in the settings, then try again.", "stems_unavailable"));
        }

        try
        {
            if (!await records.BeginAsync(TrackId, Set, ready.IsLocal, CancellationToken.None))
            {
                return null;
            }
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException or IOException)
        {
            Log.NotBegun(logger, TrackId, Set, exception);
            return new StemStart(null, CatalogueFailure);
        }

        var first = new StemStatus { TrackId = TrackId, Set = Set, State = RenderState.Running, Percent = 0, Message = "Starting" };
        _feed = new StemFeed(first, time);
        _cancel.Dispose();
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(runs.Stops);
        DelayDeactivation(TimeSpan.MaxValue);
        var (feed, cancel) = (_feed, _cancel);
        _run = Task.Run(() => RunAsync(track, ready, feed, cancel));
        return new StemStart(first, null);
    }

    public async IAsyncEnumerable<StemStatus> WatchAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        if (_feed is { } feed)
        {
            await foreach (var status in feed.ReadAsync(ct))
            {
                yield return status;
            }
        }
        else if (await FindAsync() is { } status)
        {
            yield return status;
        }
    }

    public async Task<StemStatus?> FindAsync() => _feed is { Last.HasEnded: false } running
        ? running.Last
        : (await records.FindAsync(TrackId, CancellationToken.None)).Select(record => record.Status).FirstOrDefault(status => status.Set == Set);

    public Task EndedAsync()
    {
        // Somebody may have started it again in between.
        if (_feed is { Last.HasEnded: true })
        {
            _feed = null;
            DelayDeactivation(TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _cancel.CancelAsync();
        await _run;
    }

    public void Dispose() => _cancel.Dispose();

    private async Task RunAsync(Track track, IStemMaker maker, StemFeed feed, CancellationTokenSource cancel)
    {
        void OnDeleted(string id)
        {
            if (id == track.Id)
            {
                cancel.Cancel();
            }
        }

        library.Deleted += OnDeleted;
        StemStatus end;
        try
        {
            var outcome = await pipeline.RunAsync(track, Set, maker, feed, cancel.Token);
            end = outcome.Failure is null ? feed.Last.Succeeded(outcome.Stems) : feed.Last.Failed(FailureOf(outcome, maker));
            end = await EndAsync(end) ?? feed.Last.Failed(TrackDeleted);
        }
        finally
        {
            library.Deleted -= OnDeleted;
        }

        // Only now do watchers see the end: the catalogue has it.
        feed.Set(end);
        account.Spent(maker.Generator);
        if (!runs.IsStopping)
        {
            await LetGoAsync();
        }
    }

    /// <summary>Why it failed, with what that may have cost.</summary>
    private RenderFailure FailureOf(StemOutcome outcome, IStemMaker maker)
    {
        if (runs.IsStopping)
        {
            return StemRecords.Interrupted(maker.IsLocal || !outcome.HasBegun, HasPaid);
        }

        return outcome.Failure!;
    }

    /// <summary>Enters the end in the catalogue, with some patience. What was entered, or null when the track is gone.</summary>
    private async Task<StemStatus?> EndAsync(StemStatus end)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await records.EndAsync(end, CancellationToken.None))
                {
                    if (end.State == RenderState.Succeeded)
                    {
                        await RemoveAsync(() =>
                        {
                            store.ForgetPaid(TrackId, StemRecords.NameOf(Set));
                            return Task.CompletedTask;
                        });
                    }

                    return end;
                }

                await RemoveAsync(() => store.DeleteAsync(TrackId, CancellationToken.None));
                return null;
            }
            catch (Exception exception)
            {
                Log.NotEnded(logger, TrackId, Set, exception);
                if (attempt == EndAttempts.Length)
                {
                    // What was paid for stays, and is taken up by the next try or the next start.
                    await RemoveAsync(() => store.DeleteAsync(TrackId, StemRecords.NameOf(Set), CancellationToken.None));
                    return end.Failed(HasPaid ? StemRecords.WithCost(CatalogueFailure, isPaid: true) : CatalogueFailure);
                }

                await Task.Delay(EndAttempts[attempt], time);
            }
        }
    }

    /// <summary>Whether the files of all are there.</summary>
    private async Task<bool> AreThereAsync(IReadOnlyList<Stem> stems)
    {
        foreach (var stem in stems)
        {
            if (await store.FindAsync(TrackId, StemRecords.NameOf(Set), stem.Name, CancellationToken.None) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Removes files that nobody needs.</summary>
    private async Task RemoveAsync(Func<Task> remove)
    {
        try
        {
            await remove();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(logger, TrackId, Set, exception);
        }
    }

    /// <summary>Lets the activation go when it has been idle for a while.</summary>
    private async Task LetGoAsync()
    {
        try
        {
            await this.AsReference<IStemGrain>().EndedAsync();
        }
        catch (Exception exception)
        {
            Log.NotLetGo(logger, TrackId, Set, exception);
        }
    }

    private static RenderFailure CatalogueFailure => RenderFailure.Server("The library's catalogue could not be written to. Check the disk, then make the stems again.", "catalogue");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Stems ({Set}) of track {TrackId}: could not be entered in the catalogue, and were not begun.")]
        public static partial void NotBegun(ILogger logger, string trackId, StemSet set, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Stems ({Set}) of track {TrackId}: their end could not be entered in the catalogue.")]
        public static partial void NotEnded(ILogger logger, string trackId, StemSet set, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Stems ({Set}) of track {TrackId}: their files could not be removed.")]
        public static partial void NotRemoved(ILogger logger, string trackId, StemSet set, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Stems ({Set}) of track {TrackId}: the activation stays longer than it needs to.")]
        public static partial void NotLetGo(ILogger logger, string trackId, StemSet set, Exception exception);
    }
}
