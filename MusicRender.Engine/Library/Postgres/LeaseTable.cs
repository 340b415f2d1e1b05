using Npgsql;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>Where leases are kept, and whose clock counts.</summary>
internal interface ILeaseTable
{
    /// <summary>Enters, or prolongs, the lease of a node.</summary>
    /// <returns>The table's clock at that moment, Unix milliseconds.</returns>
    Task<long> RenewAsync(string node, TimeSpan lease, CancellationToken ct);

    /// <summary>The nodes whose lease has not run out, each with its end, and the table's clock when they were looked up, Unix milliseconds.</summary>
    Task<(long Now, IReadOnlyDictionary<string, long> Until)> HoldersAsync(CancellationToken ct);

    /// <summary>Gives a lease back.</summary>
    Task RemoveAsync(string node, CancellationToken ct);
}

/// <summary>Leases in the catalogue's table <c>nodes</c>, over a connection of their own: no crowd of other work stands before them.</summary>
internal sealed class LeaseTable(PostgresConnection postgres, TimeProvider time) : ILeaseTable, IAsyncDisposable
{
    private const string Now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private readonly string _text = postgres.With(settings => (settings.Pooling, settings.CommandTimeout, settings.Timeout, settings.CancellationTimeout) = (false, 8, 8, -1));
    private readonly SemaphoreSlim _using = new(1, 1);
    private NpgsqlConnection? _connection;

    public Task<long> RenewAsync(string node, TimeSpan lease, CancellationToken ct) => RunAsync(
        $"""
        WITH forgotten AS (DELETE FROM nodes WHERE "LeaseUntil" < {Now} - 3600000)
        INSERT INTO nodes ("Id", "Host", "StartedAt", "LeaseUntil") VALUES ($1, $2, $3, {Now} + $4)
        ON CONFLICT ("Id") DO UPDATE SET "LeaseUntil" = {Now} + $4 RETURNING "LeaseUntil" - $4
        """,
        async command => (long)(await command.ExecuteScalarAsync(ct))!,
        ct,
        node, Environment.MachineName, time.GetUtcNow().ToUnixTimeMilliseconds(), (long)lease.TotalMilliseconds);

    public Task<(long Now, IReadOnlyDictionary<string, long> Until)> HoldersAsync(CancellationToken ct) => RunAsync<(long, IReadOnlyDictionary<string, long>)>(
        $"""SELECT clock.now, nodes."Id", nodes."LeaseUntil" FROM (SELECT {Now} AS now) AS clock LEFT JOIN nodes ON nodes."LeaseUntil" > clock.now""",
        async command =>
        {
            var now = 0L;
            var until = new Dictionary<string, long>(StringComparer.Ordinal);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                now = reader.GetInt64(0);
                if (!await reader.IsDBNullAsync(1, ct))
                {
                    until[reader.GetString(1)] = reader.GetInt64(2);
                }
            }

            return (now, until);
        },
        ct);

    public Task RemoveAsync(string node, CancellationToken ct) => RunAsync("""DELETE FROM nodes WHERE "Id" = $1""", command => command.ExecuteNonQueryAsync(ct), ct, node);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _using.Dispose();
    }

    private async Task<T> RunAsync<T>(string text, Func<NpgsqlCommand, Task<T>> run, CancellationToken ct, params object[] values)
    {
        await _using.WaitAsync(ct);
        try
        {
            if (_connection is null)
            {
                var connection = new NpgsqlConnection(_text);
                try
                {
                    await connection.OpenAsync(ct);
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }

                _connection = connection;
            }

            await using var command = new NpgsqlCommand(text, _connection);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            return await run(command);
        }
        catch
        {
            // Whatever it was, the next try begins anew.
            if (_connection is { } broken)
            {
                _connection = null;
                await broken.DisposeAsync();
            }

            throw;
        }
        finally
        {
            _using.Release();
        }
    }
}
