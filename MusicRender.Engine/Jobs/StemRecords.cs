using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The stems of the catalogue.</summary>
internal sealed class StemRecords(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, StemStore store, TimeProvider time)
{
    /// <summary>A set's name in addresses, folders and the catalogue.</summary>
    public static string NameOf(StemSet set) => set == StemSet.Two ? "two" : "six";

    /// <summary>The field of a failure's details that says that the stems are paid for: making them again costs nothing.</summary>
    public const string PaidField = "paid_for";

    /// <summary>The end of stems whose process stopped.</summary>
    /// <param name="isFree">True when nobody had been asked who takes money.</param>
    /// <param name="isPaid">True when what was paid for is there.</param>
    public static RenderFailure Interrupted(bool isFree, bool isPaid) => isPaid
        ? WithCost(RenderFailure.Server("The server stopped while the stems were made.", "interrupted"), isPaid)
        : RenderFailure.Server(
            isFree
                ? "The server stopped while the stems were made. Make them again; it costs nothing."
                : "The server stopped while the track was taken apart. It may have been charged, and what had arrived cannot be used. Asking again may be charged again.",
            "interrupted");

    /// <summary>The failure of stems that cost money, with what another try costs.</summary>
    public static RenderFailure WithCost(RenderFailure failure, bool isPaid) => isPaid
        ? (failure with { Message = $"{failure.Message} What was paid for is kept: making the stems again costs nothing." }).With(PaidField, JsonSerializer.SerializeToElement(true))
        : failure with { Message = $"{failure.Message} It may have been charged all the same." };

    /// <summary>Enters that stems are being made, in place of what there was before. False when the track is gone.</summary>
    public async Task<bool> BeginAsync(string trackId, StemSet set, bool isFree, CancellationToken ct)
    {
        var name = NameOf(set);
        var isThere = false;
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                isThere = await catalogue.Tracks.AnyAsync(track => track.Id == trackId, token);
                if (!isThere)
                {
                    return;
                }

                var row = await catalogue.Stems.FindAsync([trackId, name], token);
                if (row is null)
                {
                    row = new StemsRow { TrackId = trackId, Set = name, State = "", Document = "" };
                    catalogue.Stems.Add(row);
                }

                row.State = nameof(RenderState.Running);
                row.Document = Write(new StemDocument { IsFree = isFree });
                row.CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
                row.FinishedAt = null;
            },
            ct);
        return isThere;
    }

    /// <summary>Enters how it ended. False when the track, and the row with it, is gone.</summary>
    public async Task<bool> EndAsync(StemStatus status, CancellationToken ct)
    {
        var name = NameOf(status.Set);
        var isThere = false;
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                isThere = false;
                if (await catalogue.Stems.FindAsync([status.TrackId, name], token) is { } row)
                {
                    isThere = true;
                    row.State = status.State.ToString();
                    row.Document = Write(Read(row.Document) with { Stems = status.Stems, Failure = status.Failure });
                    row.FinishedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
                }
            },
            ct);
        return isThere;
    }

    /// <summary>What there is of a track, two before six.</summary>
    public async Task<IReadOnlyList<StemRecord>> FindAsync(string trackId, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var rows = await catalogue.Stems.AsNoTracking().Where(row => row.TrackId == trackId).ToListAsync(ct);
        return [.. rows.Select(RecordOf).OrderBy(record => record.Status.Set)];
    }

    /// <summary>Ends what an earlier process left: it did not survive it, and says so.</summary>
    public async Task<int> EndAbandonedAsync(CancellationToken ct)
    {
        List<StemsRow> abandoned;
        await using (var catalogue = await catalogues.CreateDbContextAsync(ct))
        {
            var running = nameof(RenderState.Running);
            abandoned = await catalogue.Stems.AsNoTracking().Where(row => row.State == running).ToListAsync(ct);
        }

        foreach (var row in abandoned)
        {
            await EndAsync(RecordOf(row).Status, ct);
            await store.DeleteAsync(row.TrackId, row.Set, ct);
        }

        return abandoned.Count;
    }

    private StemRecord RecordOf(StemsRow row)
    {
        var document = Read(row.Document);
        var status = new StemStatus
        {
            TrackId = row.TrackId,
            Set = row.Set == NameOf(StemSet.Two) ? StemSet.Two : StemSet.Six,
            State = Enum.Parse<RenderState>(row.State),
            Percent = 0,
            Message = "",
        };
        return status.State switch
        {
            RenderState.Succeeded => new StemRecord(status.Succeeded(document.Stems), IsOpen: false),
            RenderState.Failed => new StemRecord(status.Failed(document.Failure!), IsOpen: false),
            _ => new StemRecord(status.Failed(Interrupted(document.IsFree, store.HasPaid(row.TrackId, row.Set))), IsOpen: true),
        };
    }

    private static StemDocument Read(string document) => JsonSerializer.Deserialize(document, StemJson.Documents.StemDocument)!;

    private static string Write(StemDocument document) => JsonSerializer.Serialize(document, StemJson.Documents.StemDocument);
}

/// <summary>A set of stems as the catalogue has it.</summary>
/// <param name="Status">How it ended; interrupted, when its end was never written.</param>
/// <param name="IsOpen">True while its end is not written: if somebody makes it, the maker knows where it stands.</param>
internal sealed record StemRecord(StemStatus Status, bool IsOpen);

/// <summary>What the catalogue keeps of a set of stems.</summary>
internal sealed record StemDocument
{
    /// <summary>True when it was made on this machine and cost nothing.</summary>
    public required bool IsFree { get; init; }

    /// <summary>The stems, once done.</summary>
    public IReadOnlyList<Stem> Stems { get; init; } = [];

    /// <summary>Why it failed, or null.</summary>
    public RenderFailure? Failure { get; init; }
}

/// <summary>Stems as JSON, for the catalogue.</summary>
[JsonSerializable(typeof(StemDocument))]
internal sealed partial class StemJson : JsonSerializerContext
{
    /// <summary>Snake case, without nulls, enumerations by name, Unicode as it is.</summary>
    public static readonly StemJson Documents = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<FailureCode>(JsonNamingPolicy.SnakeCaseLower) },
    });
}
