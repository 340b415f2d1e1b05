using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Library;

/// <summary>What new compositions begin with. What a name stands for may be gone by the time it is used; then it counts as null.</summary>
public sealed record CompositionDefaults
{
    /// <summary>The sound profile's id, or null for none.</summary>
    public string? Sound { get; init; }

    /// <summary>The delivery's id, or null for none.</summary>
    public string? Delivery { get; init; }

    /// <summary>No singing.</summary>
    public bool InstrumentalOnly { get; init; }

    /// <summary>The generator's name, or null for the configured one.</summary>
    public string? Generator { get; init; }
}

/// <summary>What is set in the studio and not in the configuration. Kept in the catalogue; on disk when a call returns.</summary>
public interface IStudioSettings
{
    /// <summary>What new compositions begin with.</summary>
    Task<CompositionDefaults> DefaultsAsync(CancellationToken ct);

    /// <summary>Keeps what new compositions begin with.</summary>
    /// <returns>Why it was not kept, or null.</returns>
    Task<RenderFailure?> KeepAsync(CompositionDefaults defaults, CancellationToken ct);

    /// <summary>The origins that were allowed in the studio, in the order in which they were added.</summary>
    Task<IReadOnlyList<string>> OriginsAsync(CancellationToken ct);

    /// <summary>Keeps the origins that are allowed in the studio.</summary>
    /// <returns>Why they were not kept, or null.</returns>
    Task<RenderFailure?> KeepAsync(IReadOnlyList<string> origins, CancellationToken ct);
}

/// <summary>The settings on the catalogue: a document a name.</summary>
internal sealed partial class StudioSettings(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, ILogger<StudioSettings> logger) : IStudioSettings
{
    private const string Defaults = "defaults";
    private const string Origins = "origins";

    public async Task<CompositionDefaults> DefaultsAsync(CancellationToken ct) =>
        await FindAsync(Defaults, LibraryJson.Documents.CompositionDefaults, ct) ?? new CompositionDefaults();

    public Task<RenderFailure?> KeepAsync(CompositionDefaults defaults, CancellationToken ct) =>
        KeepAsync(Defaults, JsonSerializer.Serialize(defaults, LibraryJson.Documents.CompositionDefaults), ct);

    public async Task<IReadOnlyList<string>> OriginsAsync(CancellationToken ct) =>
        await FindAsync(Origins, LibraryJson.Documents.IReadOnlyListString, ct) ?? [];

    public Task<RenderFailure?> KeepAsync(IReadOnlyList<string> origins, CancellationToken ct) =>
        KeepAsync(Origins, JsonSerializer.Serialize(origins, LibraryJson.Documents.IReadOnlyListString), ct);

    private async Task<T?> FindAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var document = await catalogue.Settings.AsNoTracking().Where(row => row.Name == name).Select(row => row.Document).FirstOrDefaultAsync(ct);
        return document is null ? null : JsonSerializer.Deserialize(document, type);
    }

    private async Task<RenderFailure?> KeepAsync(string name, string document, CancellationToken ct)
    {
        try
        {
            await writer.WriteAsync(
                async (catalogue, token) =>
                {
                    if (await catalogue.Settings.FindAsync([name], token) is not { } row)
                    {
                        catalogue.Settings.Add(row = new SettingRow { Name = name, Document = document });
                    }

                    row.Document = document;
                },
                ct);
            return null;
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException or IOException)
        {
            Log.NotKept(logger, exception, name);
            return RenderFailure.Server(CatalogueTrouble.Explain(exception, "try again"), "catalogue");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The studio's setting {Name} could not be kept.")]
        internal static partial void NotKept(ILogger logger, Exception failure, string name);
    }
}
