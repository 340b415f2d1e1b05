using Microsoft.Extensions.Logging;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Follows in the catalogue a render that somebody else runs, or that nobody has taken up yet, and shows its events here.</summary>
internal sealed partial class RenderFollower : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Begins to follow.</summary>
    /// <param name="id">The render.</param>
    /// <param name="log">Where its events go; it holds those that are known.</param>
    /// <param name="records">The catalogue.</param>
    /// <param name="onEnded">Called when the log holds the end.</param>
    /// <param name="time">For the pace.</param>
    /// <param name="logger">Hears of a catalogue that does not answer.</param>
    public RenderFollower(RenderId id, RenderLog log, RenderRecords records, Action onEnded, TimeProvider time, ILogger logger) =>
        _loop = Task.Run(() => FollowAsync(id, log, records, onEnded, time, logger));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task FollowAsync(RenderId id, RenderLog log, RenderRecords records, Action onEnded, TimeProvider time, ILogger logger)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                log.Append([.. await records.EventsAsync(id, log.NextSequence - 1, _stop.Token)]);
                if (await records.FindLogAsync(id, _stop.Token) is { } whole)
                {
                    log.Append([.. whole.Skip((int)log.NextSequence - 1)]);
                    onEnded();
                    return;
                }
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                Log.NotFollowed(logger, id, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pace, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Render {RenderId}: the catalogue does not say where it stands; it is asked again.")]
        public static partial void NotFollowed(ILogger logger, RenderId renderId, Exception exception);
    }
}
