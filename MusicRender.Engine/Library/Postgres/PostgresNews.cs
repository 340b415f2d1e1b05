using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>
/// Hears what the catalogue's triggers tell whenever a transaction ends that changed a draft, a setting, a secret, or removed
/// a track. After a lost connection nobody knows what was missed, and everything counts as changed.
/// </summary>
internal sealed partial class PostgresNews(PostgresConnection postgres, TimeProvider time, ILogger<PostgresNews> logger) : BackgroundService, ILibraryNews
{
    /// <summary>The channel of the triggers: see the migration News.</summary>
    public const string Channel = "musicrender";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public event Action<LibraryChange>? Changed;

    /// <summary>Reads "table:id", or "drafts:id:version".</summary>
    internal static LibraryChange? Read(string payload)
    {
        var colon = payload.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }

        var id = payload[(colon + 1)..];
        switch (payload[..colon])
        {
            case "drafts" when id.LastIndexOf(':') is >= 0 and var last && long.TryParse(id.AsSpan(last + 1), CultureInfo.InvariantCulture, out var version):
                return new LibraryChange(LibraryPart.Draft, id[..last], version);
            case "settings":
                return new LibraryChange(LibraryPart.Setting, id, 0);
            case "secrets":
                return new LibraryChange(LibraryPart.Secret, id, 0);
            case "tracks":
                return new LibraryChange(LibraryPart.TrackRemoved, id, 0);
            default:
                return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(isFirst, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is DbException or IOException or SocketException or TimeoutException)
            {
                Log.Lost(logger, exception);
                await Task.Delay(RetryAfter, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }

            isFirst = false;
        }
    }

    private async Task ListenAsync(bool isFirst, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(postgres.With(settings => (settings.Pooling, settings.KeepAlive) = (false, 10)));
        connection.Notification += (_, told) =>
        {
            if (Read(told.Payload) is { } change)
            {
                Tell(change);
            }
        };
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        if (!isFirst)
        {
            Tell(new LibraryChange(LibraryPart.Everything, "", 0));
        }

        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private void Tell(LibraryChange change)
    {
        try
        {
            Changed?.Invoke(change);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One who cannot take it must not keep the others from hearing the next.
            Log.NotTaken(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The catalogue's news are not heard for a moment.")]
        public static partial void Lost(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "A change of the library could not be taken up.")]
        public static partial void NotTaken(ILogger logger, Exception exception);
    }
}
