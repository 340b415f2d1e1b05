using System.Data.Common;
using MusicRender.Engine.Library.Postgres;
using Npgsql;

namespace MusicRender.Engine.Library;

/// <summary>
/// What every render writes, as commands that are prepared once: Entity Framework takes several times as long for the same.
/// The names are those of <see cref="Catalogue"/>.
/// </summary>
internal sealed class CatalogueCommands(DbConnection connection) : IDisposable
{
    private readonly bool _isPostgres = connection is NpgsqlConnection;
    private DbCommand? _insertRender;
    private DbCommand? _endRender;
    private DbCommand? _insertTrack;

    /// <summary>The transaction that the next commands belong to.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <summary>Enters a render that was accepted.</summary>
    public void InsertRender(RenderRow row) => Execute(
        ref _insertRender,
        """INSERT INTO "renders" ("Id", "State", "Generator", "Request", "Title", "DraftId", "CreatedAt") VALUES (@0, @1, @2, @3, @4, @5, @6)""",
        row.Id, row.State, row.Generator, row.Request, row.Title, row.DraftId, row.CreatedAt);

    /// <summary>Enters how a render ended; nothing happens when there is none of that id.</summary>
    public void EndRender(string id, string state, string events, long? startedAt, long finishedAt) => Execute(
        ref _endRender,
        """UPDATE "renders" SET "State" = @1, "Events" = @2, "StartedAt" = @3, "FinishedAt" = @4 WHERE "Id" = @0""",
        id, state, events, startedAt, finishedAt);

    /// <summary>Enters a track.</summary>
    public void InsertTrack(TrackRow row) => Execute(
        ref _insertTrack,
        """INSERT INTO "tracks" ("Id", "FileName", "Title", "SearchText", "Document", "Peaks", "CreatedAt") VALUES (@0, @1, @2, @3, @4, @5, @6)""",
        row.Id, row.FileName, row.Title, row.SearchText, row.Document, row.Peaks, row.CreatedAt);

    public void Dispose()
    {
        _insertRender?.Dispose();
        _endRender?.Dispose();
        _insertTrack?.Dispose();
    }

    private void Execute(ref DbCommand? command, string text, params ReadOnlySpan<object?> values)
    {
        command ??= Prepare(text, values.Length);
        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                string value when _isPostgres => PostgresTexts.Clean(value),
                var value => value,
            };
        }

        command.ExecuteNonQuery();
    }

    private DbCommand Prepare(string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{i}";
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
