using System.Data.Common;
using MusicRender.Engine.Library.Postgres;
using Npgsql;

namespace MusicRender.Engine.Library;

/// <summary>
/// What every render and every edit of a draft writes, as commands that are prepared once: Entity Framework takes several times as long for the same.
/// The names are those of <see cref="Catalogue"/>. A command that was run and whose commit got lost on its way may run again.
/// </summary>
internal sealed class CatalogueCommands(DbConnection connection) : IDisposable
{
    private readonly List<DbCommand> _prepared = [];
    private readonly bool _isPostgres = connection is NpgsqlConnection;

    /// <summary>Where several write at once, whoever asks whether a render is his must keep others off it until he has written.</summary>
    private readonly string _locked = connection is NpgsqlConnection ? " FOR UPDATE" : "";

    private DbCommand? _insertRender;
    private DbCommand? _takeUp;
    private DbCommand? _letGo;
    private DbCommand? _isHeld;
    private DbCommand? _begin;
    private DbCommand? _insertEvent;
    private DbCommand? _removeEvents;
    private DbCommand? _endRender;
    private DbCommand? _insertTrack;
    private DbCommand? _pruneKeys;
    private DbCommand? _insertKey;
    private DbCommand? _draftVersion;
    private DbCommand? _putDraft;
    private DbCommand? _removeSteps;
    private DbCommand? _putStep;

    /// <summary>The transaction that the next commands belong to.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <summary>Enters a render that was accepted; nothing happens when it is there.</summary>
    public void InsertRender(RenderRow row) => Execute(
        ref _insertRender,
        """INSERT INTO "renders" ("Id", "State", "Generator", "Request", "Epoch", "Node", "Client", "LengthMs", "Title", "DraftId", "CreatedAt") VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10) ON CONFLICT ("Id") DO NOTHING""",
        row.Id, row.State, row.Generator, row.Request, row.Epoch, row.Node, row.Client, row.LengthMs, row.Title, row.DraftId, row.CreatedAt);

    /// <summary>Enters an idempotency key, and forgets those that are too old. False when the key is there already.</summary>
    public bool InsertKey(IdempotencyRow row, long oldest)
    {
        Execute(ref _pruneKeys, """DELETE FROM "idempotency_keys" WHERE "CreatedAt" <= @0""", oldest);
        return Execute(
            ref _insertKey,
            """INSERT INTO "idempotency_keys" ("Key", "RequestHash", "RenderId", "CreatedAt") VALUES (@0, @1, @2, @3) ON CONFLICT DO NOTHING""",
            row.Key, row.RequestHash, row.RenderId, row.CreatedAt) > 0;
    }

    /// <summary>Gives a render that has not ended to a node, with the next epoch. False when somebody else was faster, or it has ended.</summary>
    public bool TakeUp(string id, long seen, string node) => Execute(
        ref _takeUp,
        """UPDATE "renders" SET "Epoch" = "Epoch" + 1, "Node" = @2 WHERE "Id" = @0 AND "Epoch" = @1 AND "Events" IS NULL""",
        id, seen, node) > 0;

    /// <summary>Enters that nobody runs a render now, and when it counts as begun; nothing happens when it is not held in that epoch.</summary>
    public void LetGo(string id, long epoch, long? startedAt) => Execute(
        ref _letGo,
        """UPDATE "renders" SET "Node" = NULL, "StartedAt" = @2 WHERE "Id" = @0 AND "Epoch" = @1 AND "Events" IS NULL""",
        id, epoch, startedAt);

    /// <summary>True when a render has not ended and is held in that epoch; it stays so until the transaction is over.</summary>
    public bool IsHeld(string id, long epoch)
    {
        var command = Fill(ref _isHeld, $"""SELECT 1 FROM "renders" WHERE "Id" = @0 AND "Epoch" = @1 AND "Events" IS NULL{_locked}""", id, epoch);
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Enters when a render's generator began. False when the render is not held in that epoch.</summary>
    public bool Begin(string id, long epoch, long startedAt) => Execute(
        ref _begin,
        """UPDATE "renders" SET "StartedAt" = @2 WHERE "Id" = @0 AND "Epoch" = @1 AND "Events" IS NULL""",
        id, epoch, startedAt) > 0;

    /// <summary>Enters an event of a render under way; nothing happens when it is there.</summary>
    public void InsertEvent(string renderId, long sequence, string document) => Execute(
        ref _insertEvent,
        """INSERT INTO "render_events" ("RenderId", "Sequence", "Document") VALUES (@0, @1, @2) ON CONFLICT ("RenderId", "Sequence") DO NOTHING""",
        renderId, sequence, document);

    /// <summary>Enters how a render ended, its whole log in place of its events. False when the render is not held in that epoch.</summary>
    public bool EndRender(string id, long epoch, string state, string events, long? startedAt, long finishedAt)
    {
        if (Execute(
            ref _endRender,
            """UPDATE "renders" SET "State" = @2, "Events" = @3, "StartedAt" = @4, "FinishedAt" = @5, "Node" = NULL WHERE "Id" = @0 AND "Epoch" = @1""",
            id, epoch, state, events, startedAt, finishedAt) == 0)
        {
            return false;
        }

        Execute(ref _removeEvents, """DELETE FROM "render_events" WHERE "RenderId" = @0""", id);
        return true;
    }

    /// <summary>Enters a track; nothing happens when it is there.</summary>
    public void InsertTrack(TrackRow row) => Execute(
        ref _insertTrack,
        """INSERT INTO "tracks" ("Id", "FileName", "Title", "SearchText", "Document", "Peaks", "CreatedAt") VALUES (@0, @1, @2, @3, @4, @5, @6) ON CONFLICT ("Id") DO NOTHING""",
        row.Id, row.FileName, row.Title, row.SearchText, row.Document, row.Peaks, row.CreatedAt);

    /// <summary>The version of a draft, which stays so until the transaction is over; null when there is none.</summary>
    public long? DraftVersion(string id) =>
        Fill(ref _draftVersion, $"""SELECT "Version" FROM "drafts" WHERE "Id" = @0{_locked}""", id).ExecuteScalar() is long version ? version : null;

    /// <summary>Enters a draft, or puts it in place of what was there.</summary>
    public void PutDraft(string id, long version, string document, long updatedAt) => Execute(
        ref _putDraft,
        """INSERT INTO "drafts" ("Id", "Version", "Document", "UpdatedAt") VALUES (@0, @1, @2, @3) ON CONFLICT ("Id") DO UPDATE SET "Version" = excluded."Version", "Document" = excluded."Document", "UpdatedAt" = excluded."UpdatedAt" """,
        id, version, document, updatedAt);

    /// <summary>Removes the steps of a draft that are not among the numbers kept.</summary>
    public void RemoveSteps(string draftId, long first, long last) => Execute(
        ref _removeSteps,
        """DELETE FROM "draft_steps" WHERE "DraftId" = @0 AND ("Number" < @1 OR "Number" > @2)""",
        draftId, first, last);

    /// <summary>Enters a step of a draft, or puts it in place of what was there.</summary>
    public void PutStep(string draftId, long number, string document) => Execute(
        ref _putStep,
        """INSERT INTO "draft_steps" ("DraftId", "Number", "Document") VALUES (@0, @1, @2) ON CONFLICT ("DraftId", "Number") DO UPDATE SET "Document" = excluded."Document" """,
        draftId, number, document);

    public void Dispose() => _prepared.ForEach(command => command.Dispose());

    private int Execute(ref DbCommand? command, string text, params ReadOnlySpan<object?> values) => Fill(ref command, text, values).ExecuteNonQuery();

    private DbCommand Fill(ref DbCommand? command, string text, params ReadOnlySpan<object?> values)
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

        return command;
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

        _prepared.Add(command);
        return command;
    }
}
