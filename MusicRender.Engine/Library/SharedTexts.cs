using Microsoft.EntityFrameworkCore;

namespace MusicRender.Engine.Library;

/// <summary>Short texts that all nodes on a catalogue share. Where there is only one process there is no such service: it keeps them in files.</summary>
public interface ISharedTexts
{
    /// <summary>A text by its name, or null.</summary>
    Task<string?> FindAsync(string name, CancellationToken ct);

    /// <summary>Keeps a text, unless there is one of that name.</summary>
    /// <returns>What is kept: whoever was first.</returns>
    Task<string> KeepFirstAsync(string name, string text, CancellationToken ct);
}

/// <summary>The texts in the catalogue, among the settings.</summary>
internal sealed class SharedTexts(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer) : ISharedTexts
{
    public async Task<string?> FindAsync(string name, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        return await catalogue.Settings.AsNoTracking().Where(row => row.Name == name).Select(row => row.Document).FirstOrDefaultAsync(ct);
    }

    public async Task<string> KeepFirstAsync(string name, string text, CancellationToken ct)
    {
        var kept = text;
        await writer.WriteAsync(
            async (catalogue, token) =>
            {
                kept = text;
                if (await catalogue.Settings.FindAsync([name], token) is { } row)
                {
                    kept = row.Document;
                }
                else
                {
                    catalogue.Settings.Add(new SettingRow { Name = name, Document = text });
                }
            },
            ct);
        return kept;
    }
}
