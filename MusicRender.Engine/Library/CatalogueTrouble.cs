using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace MusicRender.Engine.Library;

/// <summary>Tells troubles of the catalogue apart, and how long to wait before another try.</summary>
internal static class CatalogueTrouble
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How often a write is tried whose trouble will not pass by itself.</summary>
    public const int Attempts = 4;

    /// <summary>True for what passes by itself: the connection was lost, the database is starting up or busy. False for a full disk or a broken rule.</summary>
    public static bool IsPassing(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException or SqliteException { SqliteErrorCode: 5 or 6 } or DbException { IsTransient: true })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The wait after so many failed attempts, 1 or more: 0.2 s, doubled each time, at most 5 s.</summary>
    public static TimeSpan PauseAfter(int attempts) => attempts > 5 ? LongestPause : FirstPause * (1 << (attempts - 1));
}
