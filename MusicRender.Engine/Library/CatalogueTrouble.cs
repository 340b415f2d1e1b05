using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MusicRender.Engine.Library;

/// <summary>What can be wrong with the catalogue, as far as it makes a difference.</summary>
internal enum TroubleKind
{
    /// <summary>A rule was broken, or something that nobody foresaw.</summary>
    Other,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>It can be read, but not written.</summary>
    ReadOnly,

    /// <summary>The database does not answer, takes nobody any more, or broke off. What was asked for may have been done.</summary>
    Unavailable,

    /// <summary>The database gave up on what was asked for: it was too slow, or somebody else held it for too long. Nothing was done, and later it may go through.</summary>
    Busy,

    /// <summary>Somebody else changed the same at the same time: nothing was done, and it can be done again.</summary>
    Conflict,
}

/// <summary>Tells what is wrong with the catalogue, for programs and for people, whichever database it is on.</summary>
internal static class CatalogueTrouble
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How often a write is tried whose trouble will not pass by itself.</summary>
    public const int Attempts = 4;

    /// <summary>
    /// True for what passes by itself: the connection was lost, the database is starting up or busy, or is a standby that takes over
    /// in a moment. False for a full disk, a broken rule or a missing right.
    /// </summary>
    public static bool IsPassing(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException postgres:
                    // Not what the driver calls transient: that counts a full disk in.
                    return Of(postgres.SqlState) is TroubleKind.Unavailable or TroubleKind.Busy
                        || postgres.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
                // A name that does not resolve comes as the socket's own.
                case TimeoutException or NpgsqlException or SocketException or DbException { IsTransient: true }:
                // SQLITE_BUSY, SQLITE_LOCKED
                case SqliteException { SqliteErrorCode: 5 or 6 }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>The wait after so many failed attempts, 1 or more: 0.2 s, doubled each time, at most 5 s.</summary>
    public static TimeSpan PauseAfter(int attempts) => attempts > 5 ? LongestPause : FirstPause * (1 << (attempts - 1));

    /// <summary>What an exception of the catalogue means.</summary>
    public static TroubleKind Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SqliteException sqlite:
                    return sqlite.SqliteErrorCode switch
                    {
                        // SQLITE_FULL, SQLITE_READONLY, SQLITE_CANTOPEN
                        13 => TroubleKind.DiskFull,
                        8 or 14 => TroubleKind.ReadOnly,
                        _ => TroubleKind.Other,
                    };
                case PostgresException postgres:
                    return Of(postgres.SqlState);
                case NpgsqlException or SocketException:
                    // Refused, timed out, broken off, or no connection left in the pool.
                    return TroubleKind.Unavailable;
            }
        }

        return TroubleKind.Other;
    }

    /// <summary>What went wrong with a write, for people.</summary>
    /// <param name="exception">What the write threw.</param>
    /// <param name="then">What to do once that is mended.</param>
    public static string Explain(Exception exception, string then) => (Of(exception), exception.GetBaseException()) switch
    {
        (TroubleKind.DiskFull, SqliteException) => $"The library's disk is full. Free some space, then {then}.",
        (TroubleKind.DiskFull, _) => $"The disk of the library's database is full. Free some space, then {then}.",
        (TroubleKind.ReadOnly, SqliteException) => $"The library's catalogue cannot be written to. Check the folder's permissions, then {then}.",
        (TroubleKind.ReadOnly, _) => $"The library's database can only be read. Check it, then {then}.",
        (TroubleKind.Unavailable, _) => $"The library's database does not answer. Check it, then {then}.",
        (TroubleKind.Busy, _) => $"The library's database is too busy. Wait a moment, then {then}.",
        (_, IOException io) => AudioStore.Explain(io, then),
        _ => $"The library's catalogue could not be written to. Check the disk and the server's log, then {then}.",
    };

    private static TroubleKind Of(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.DiskFull => TroubleKind.DiskFull,
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege => TroubleKind.ReadOnly,
        // A row that was not there when it was looked for may have come since: also then, looking again helps.
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation => TroubleKind.Conflict,
        // Cancelled because it took too long or waited too long for a lock, or out of room for one more.
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.TransactionRollback or TransactionTimeout => TroubleKind.Busy,
        PostgresErrorCodes.InsufficientResources or PostgresErrorCodes.OutOfMemory => TroubleKind.Busy,
        // Nobody more is let in; shut down, crashed, starting; and whatever breaks the connection or leaves its end open.
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.StatementCompletionUnknown => TroubleKind.Unavailable,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => TroubleKind.Unavailable,
        PostgresErrorCodes.IdleSessionTimeout or IdleInTransactionSessionTimeout => TroubleKind.Unavailable,
        _ => sqlState.StartsWith("08", StringComparison.Ordinal) ? TroubleKind.Unavailable : TroubleKind.Other,
    };

    // The driver has no names for these.
    private const string IdleInTransactionSessionTimeout = "25P03";
    private const string TransactionTimeout = "25P04";
}
