using System.Data.Common;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Takes up stems that were paid for and that an earlier process could not enter.</summary>
internal sealed partial class PaidStems(StemStore store, StemRecords records, IStemJobs jobs, ILogger<PaidStems> logger)
{
    /// <summary>Starts making them; of those that are entered, and of tracks that are gone, it removes what is left. Call when jobs can be started.</summary>
    public async Task TakeUpAsync(CancellationToken ct)
    {
        foreach (var (trackId, name) in store.Paid())
        {
            try
            {
                var set = name == StemRecords.NameOf(StemSet.Two) ? StemSet.Two : StemSet.Six;
                var isEntered = (await records.FindAsync(trackId, ct)).Any(record => record.Status is { State: RenderState.Succeeded } status && status.Set == set);
                if (isEntered || await jobs.StartAsync(trackId, set, ct) is not { } start)
                {
                    store.ForgetPaid(trackId, name);
                }
                else if (start.Failure is { } failure)
                {
                    Log.NotTakenUp(logger, trackId, name, failure.Message);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException)
            {
                Log.NotTakenUpNow(logger, trackId, name, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Stems ({Set}) of track {TrackId} are paid for, and could not be made at the start: {Failure}")]
        public static partial void NotTakenUp(ILogger logger, string trackId, string set, string failure);

        [LoggerMessage(2, LogLevel.Error, "Stems ({Set}) of track {TrackId} are paid for, and could not be made at the start.")]
        public static partial void NotTakenUpNow(ILogger logger, string trackId, string set, Exception exception);
    }
}
