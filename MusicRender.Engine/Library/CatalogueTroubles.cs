using Microsoft.Data.Sqlite;
using Npgsql;

namespace MusicRender.Engine.Library;

/// <summary>What can be wrong with the catalogue, as far as it makes a difference.</summary>
internal enum CatalogueTrouble
{
    /// <summary>A rule was broken, or something that nobody foresaw.</summary>
    Other,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>It can be read, but not written.</summary>
    ReadOnly,

    /// <summary>The database does not answer, takes nobody any more, or broke off. What was asked for may have been done.</summary>
    Unavailable,

    /// <summary>Somebody else changed the same at the same time: nothing was done, and it can be done again.</summary>
    Conflict,
}

/// <summary>Tells what is wrong with the catalogue, for programs and for people, whichever database it is on.</summary>
internal static class CatalogueTroubles
{
    /// <summary>What an exception of the catalogue means.</summary>
    public static CatalogueTrouble Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SqliteException sqlite:
                    return sqlite.SqliteErrorCode switch
                    {
                        // SQLITE_FULL, SQLITE_READONLY, SQLITE_CANTOPEN
                        13 => CatalogueTrouble.DiskFull,
                        8 or 14 => CatalogueTrouble.ReadOnly,
                        _ => CatalogueTrouble.Other,
                    };
                case PostgresException postgres:
                    return Of(postgres.SqlState);
                case NpgsqlException:
                    // Refused, timed out, broken off, or no connection left in the pool.
                    return CatalogueTrouble.Unavailable;
            }
        }

        return CatalogueTrouble.Other;
    }

    /// <summary>What went wrong with a write, for people.</summary>
    /// <param name="exception">What the write threw.</param>
    /// <param name="then">What to do once that is mended.</param>
    public static string Explain(Exception exception, string then) => (Of(exception), exception.GetBaseException()) switch
    {
        (CatalogueTrouble.DiskFull, SqliteException) => $"The library's disk is full. Free some space, then {then}.",
        (CatalogueTrouble.DiskFull, _) => $"The disk of the library's database is full. Free some space, then {then}.",
        (CatalogueTrouble.ReadOnly, SqliteException) => $"The library's catalogue cannot be written to. Check the folder's permissions, then {then}.",
        (CatalogueTrouble.ReadOnly, _) => $"The library's database can only be read. Check it, then {then}.",
        (CatalogueTrouble.Unavailable, _) => $"The library's database does not answer. Check it, then {then}.",
        (_, IOException io) => AudioStore.Explain(io, then),
        _ => $"The library's catalogue could not be written to. Check the disk and the server's log, then {then}.",
    };

    private static CatalogueTrouble Of(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.DiskFull => CatalogueTrouble.DiskFull,
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InsufficientPrivilege => CatalogueTrouble.ReadOnly,
        // A row that was not there when it was looked for may have come since: also then, looking again helps.
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation => CatalogueTrouble.Conflict,
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.OutOfMemory => CatalogueTrouble.Unavailable,
        // Shut down, crashed, starting; and whatever breaks the connection.
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.IdleSessionTimeout => CatalogueTrouble.Unavailable,
        _ => sqlState.StartsWith("08", StringComparison.Ordinal) ? CatalogueTrouble.Unavailable : CatalogueTrouble.Other,
    };
}
