using Microsoft.Extensions.Logging;
using Orleans.Runtime.Messaging;

namespace MusicRender.Engine.Jobs;

/// <summary>Calls grains again whose node has died in this moment: the next call finds them on another.</summary>
internal sealed partial class GrainCalls(TimeProvider time, ILogger<GrainCalls> logger)
{
    private const int MaxAttempts = 40;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>True for what passes by itself: a node that died, a call that was lost or refused on its way, an enumeration that was given up.</summary>
    public static bool IsPassing(Exception exception) =>
        exception is EnumerationAbortedException or SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or GrainExtensionNotInstalledException or TimeoutException;

    /// <summary>The wait after so many failed attempts, 1 or more: 50 ms, doubled each time, at most 2 s.</summary>
    public static TimeSpan PauseAfter(int attempts) => attempts > 6 ? LongestPause : FirstPause * (1 << (attempts - 1));

    /// <summary>Calls until it is answered; gives up after a minute or so.</summary>
    public async Task RetryAsync(Func<Task> call, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await call();
                return;
            }
            catch (Exception exception) when (attempt < MaxAttempts && IsPassing(exception))
            {
                Log.CalledAgain(logger, attempt, exception);
            }

            await Task.Delay(PauseAfter(attempt), time, ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A call of another node failed (attempt {Attempt}); it is made again.")]
        public static partial void CalledAgain(ILogger logger, int attempt, Exception exception);
    }
}
