using Microsoft.Extensions.Logging;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Engine.Jobs;

/// <summary>One run of a render, from where its log stands to its end, on a background task of its own.</summary>
internal sealed partial class RenderRunner(
    RenderRecord render,
    RenderHold hold,
    RenderLog log,
    RenderPipeline pipeline,
    AbandonedTakes abandoned,
    PartialTakes takes,
    GeneratorCatalogue generators,
    ElevenLabsAccount account,
    RenderHistory history,
    TimeProvider time,
    ILogger logger,
    bool isCancelled,
    CancellationToken stopping,
    CancellationToken impatient) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private volatile bool _hasEnded;
    private readonly RenderJournal _journal = new(render.Id, log, hold.AppendAsync, hold.Lose, time, logger);

    /// <summary>The render as it was when it was begun or taken up.</summary>
    public RenderRecord Render => render;

    /// <summary>What has happened so far.</summary>
    public RenderLog Log => log;

    /// <summary>When the generator began, or null.</summary>
    public DateTimeOffset? StartedAt { get; private set; } = render.StartedAt;

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Complete when nothing more will come of it here. Never fails.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>The epoch that it runs in.</summary>
    public long Epoch => hold.Epoch;

    /// <summary>True while something may come of it: it has not ended, and nobody else is known to have the render.</summary>
    public bool IsWorking => !_hasEnded && !hold.IsLost;

    /// <summary>Starts.</summary>
    /// <param name="onEnded">Called when nothing more will come.</param>
    public void Start(Action onEnded)
    {
        if (isCancelled)
        {
            _cancel.Cancel();
        }

        Ended = Task.Run(() => RunAsync(onEnded));
    }

    /// <summary>Tells it that somebody else has the render: it stops, and leaves everything to that one.</summary>
    public void Lose() => hold.Lose();

    /// <summary>Asks it to stop.</summary>
    public async Task CancelAsync()
    {
        try
        {
            await _cancel.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended in this moment.
        }
    }

    public void Dispose()
    {
        _journal.Dispose();
        hold.Dispose();
        _cancel.Dispose();
    }

    private async Task RunAsync(Action onEnded)
    {
        try
        {
            var outcome = (hold.Epoch > 1 ? await abandoned.EndingOfAsync(render, isCancelled, CancellationToken.None) : null) ?? await pipeline.RunAsync(JobOf(), _journal);
            await _journal.CloseAsync();
            if (outcome is not null)
            {
                await EndAsync(outcome);
            }
            else if (!hold.Lost.IsCancellationRequested)
            {
                await LetGoAsync();
            }
        }
        catch (Exception exception)
        {
            Logged.Bug(logger, render.Id, exception);
        }
        finally
        {
            // Who still watches asks again, and hears of it where it goes on.
            log.Close();
            _hasEnded = true;
            onEnded();
            Dispose();
        }
    }

    private RenderJob JobOf()
    {
        // A generator that is not known has been told to be abandoned.
        var generator = generators.Known(render.Generator)!;
        return new RenderJob
        {
            Id = render.Id,
            Request = render.Request,
            Generator = generator,
            Format = AudioFormat.TryParse(GeneratorCatalogue.FormatOf(generator, render.Request.Options), out var format) ? format : AudioFormat.Mp3,
            Seed = render.Request.Options.Seed!.Value,
            Hold = hold,
            OnStarted = at => StartedAt = at,
            Cancelled = _cancel.Token,
            Stopping = stopping,
            Interrupted = impatient,
        };
    }

    private bool IsLocal => generators.Known(render.Generator) is { Capabilities.IsLocal: true };

    private async Task EndAsync(RenderOutcome outcome)
    {
        FinishedAt = time.GetUtcNow();
        var (tail, document) = _journal.End(outcome.Events);
        var trouble = await FinishAsync(outcome, document, CatalogueTrouble.Attempts, impatient);
        if (hold.Lost.IsCancellationRequested || (trouble is not null && (impatient.IsCancellationRequested || !hold.IsSure)))
        {
            // Somebody else has it, or whoever takes it up finds it as it is.
            return;
        }

        if (trouble is not null && outcome.Track is { } track)
        {
            outcome = await NotEnteredAsync(track, trouble);
            (tail, document) = _journal.End(outcome.Events);
        }

        if (trouble is null && !outcome.IsUnread && outcome.Take is null && !(IsLocal && hold.Epoch == 1))
        {
            await takes.ForgetAsync(render.Id);
        }

        // Only now do watchers see the end: the catalogue has it, or cannot take it and they hear of it all the same.
        log.Append([.. tail]);
        account.Spent(render.Generator);
        if (trouble is null && outcome.Track is not null && hold.Epoch == 1 && StartedAt is { } startedAt)
        {
            history.Add(render.Generator, render.Request.Composition.DurationMs, FinishedAt.Value - startedAt);
        }

        if (trouble is not null)
        {
            await FinishAsync(outcome, document, int.MaxValue, stopping);
        }
    }

    /// <summary>
    /// Enters the end in the catalogue, with patience: a song is not given up for a busy moment, nor for a database that is away.
    /// Null when that is done or somebody else has the render; else what went wrong at last.
    /// </summary>
    private async Task<Exception?> FinishAsync(RenderOutcome outcome, string document, int attempts, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!await hold.FinishAsync(outcome, document, StartedAt))
                {
                    hold.Lose();
                }

                return null;
            }
            catch (Exception exception)
            {
                Logged.NotFinished(logger, render.Id, attempt, exception);
                if (attempt >= attempts && !CatalogueTrouble.IsPassing(exception))
                {
                    return exception;
                }

                await Task.Delay(CatalogueTrouble.PauseAfter(attempt), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (ct.IsCancellationRequested)
                {
                    return exception;
                }
            }
        }
    }

    /// <summary>The server stops: somebody else may take it up, or this machine when it is back.</summary>
    private async Task LetGoAsync()
    {
        try
        {
            // What may cost something is let go of only before anybody was asked: it can simply begin anew.
            await hold.LetGoAsync(IsLocal ? StartedAt : null);
        }
        catch (Exception exception)
        {
            // It is found all the same, a little later.
            Logged.NotLetGo(logger, render.Id, exception);
        }
    }

    /// <summary>The catalogue does not have the track: its file goes, or is a take again that somebody may keep later, if it cost something.</summary>
    private async Task<RenderOutcome> NotEnteredAsync(Track track, Exception trouble)
    {
        PartialTake? take = null;
        if (IsLocal)
        {
            await DeleteAsync(track.FileName);
        }
        else
        {
            take = await takes.WithdrawAsync(render.Id, track);
        }

        return RenderOutcome.Failed(RenderRecords.FailureOf(trouble).With(take), time.GetUtcNow(), take);
    }

    /// <summary>Removes the file of a track that the catalogue does not have; whoever waits for the end hears it all the same.</summary>
    private async Task DeleteAsync(string fileName)
    {
        try
        {
            await takes.Store.DeleteAsync(fileName, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Logged.NotDeleted(logger, render.Id, fileName, exception);
        }
    }

    private static partial class Logged
    {
        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: a bug.")]
        public static partial void Bug(ILogger logger, RenderId renderId, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Render {RenderId}: its end could not be entered in the catalogue (attempt {Attempt}).")]
        public static partial void NotFinished(ILogger logger, RenderId renderId, int attempt, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "Render {RenderId}: its file {FileName} could not be removed.")]
        public static partial void NotDeleted(ILogger logger, RenderId renderId, string fileName, Exception exception);

        [LoggerMessage(4, LogLevel.Warning, "Render {RenderId}: the catalogue could not be told that nobody runs it now.")]
        public static partial void NotLetGo(ILogger logger, RenderId renderId, Exception exception);
    }
}
