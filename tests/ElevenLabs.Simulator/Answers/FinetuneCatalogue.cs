using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Custom style models: always the same ones, of every kind that the document names.</summary>
internal sealed class FinetuneCatalogue(SimulatorOptions options)
{
    private const int UsualPage = 50;

    private static readonly string[] Genres = ["Synthwave", "Lo-fi", "Afrobeat", "Chamber Pop", "Techno", "Bossa Nova", "Trap", "Film Score"];
    private static readonly DateTimeOffset Newest = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IReadOnlyList<Finetune> _all = [.. Enumerable.Range(0, options.Finetunes).Select(Make)];

    /// <summary>True when there is one of that id that is ready.</summary>
    public bool Has(string id) => _all.Any(one => one.Id == id && one.Status == "completed");

    /// <summary>A page of them; null when the cursor is none of ours.</summary>
    public JsonObject? Page(IQueryCollection query)
    {
        var from = 0;
        if (query["cursor"].FirstOrDefault() is { } cursor && !(cursor.StartsWith("after-", StringComparison.Ordinal) && int.TryParse(cursor[6..], NumberStyles.None, CultureInfo.InvariantCulture, out from)))
        {
            return null;
        }

        var size = int.TryParse(query["page_size"], CultureInfo.InvariantCulture, out var asked) ? asked : UsualPage;
        var found = _all.Where(one => Fits("visibility", one.Visibility) && Fits("created_by", one.CreatedBy)).ToList();
        found = [.. query["sort"] == "name" ? found.OrderBy(one => one.Name, StringComparer.Ordinal) : found.OrderBy(one => one.CreatedAt)];
        if (query["sort_direction"] != "asc")
        {
            found.Reverse();
        }

        var hasMore = from + size < found.Count;
        return new JsonObject
        {
            ["finetunes"] = new JsonArray([.. found.Skip(from).Take(size).Select(one => (JsonNode)one.ToJson())]),
            ["next_cursor"] = hasMore ? $"after-{from + size}" : null,
            ["has_more"] = hasMore,
        };

        bool Fits(string name, string value) => query[name].FirstOrDefault() is not { } wanted || wanted == value;
    }

    private static Finetune Make(int index)
    {
        var genre = Genres[index % Genres.Length];
        var (visibility, createdBy) = (index % 5) switch
        {
            0 => ("private", "self"),
            1 => ("workspace", "workspace"),
            2 => ("workspace", "self"),
            _ => ("public", "elevenlabs"),
        };
        var status = visibility != "private" ? "completed" : (index % 4) switch { 1 => "in_progress", 2 => "failed", 3 => "pending", _ => "completed" };
        return new Finetune(
            string.Create(CultureInfo.InvariantCulture, $"ft_{index + 1:0000}"),
            $"{genre} {index + 1}",
            genre,
            index % 7 == 0 ? "music_v1" : "music_v2",
            Newest.AddHours(-7 * index),
            visibility,
            createdBy,
            status);
    }

    private sealed record Finetune(string Id, string Name, string Genre, string Model, DateTimeOffset CreatedAt, string Visibility, string CreatedBy, string Status)
    {
        public JsonObject ToJson() => new JsonObject
        {
            ["id"] = Id,
            ["name"] = Name,
            ["tags"] = new JsonArray(Genre.ToLowerInvariant(), "simulated"),
            ["primary_genre"] = Genre,
            ["model_id"] = Model,
            ["created_at"] = CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["visibility"] = Visibility,
            ["created_by"] = CreatedBy,
            ["status"] = Status,
            ["training_progress"] = Status switch { "completed" => 1.0, "in_progress" => 0.4, _ => 0.0 },
            ["failure_reason"] = Status == "failed" ? "copyright_violation" : null,
        };
    }
}
