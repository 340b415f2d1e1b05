using System.Text.Json;
using System.Text.Json.Nodes;

namespace MusicRender.Engine.Library;

/// <summary>
/// Drafts as the catalogue keeps them: JSON that says which format it is in. A document of an older format is brought up to
/// date when it is read, one format at a time, and kept in the newest one when it is saved.
/// </summary>
internal static class DraftDocuments
{
    /// <summary>The format that is written. Format 1 did not say so.</summary>
    public const int Format = 2;

    private const string FormatField = "format";

    private static readonly string[] OptionFields = ["seed", "generator", "model_id", "finetune_id", "finetune_strength"];

    /// <summary>What brings a document of each format to the next one: the first is that of format 1.</summary>
    private static readonly Action<JsonObject>[] Upgrades = [GatherOptions];

    /// <summary>A draft as a document of the newest format.</summary>
    public static string Write(Draft draft)
    {
        var document = JsonSerializer.SerializeToNode(draft, LibraryJson.Documents.Draft)!.AsObject();
        document.Insert(0, FormatField, Format);
        return document.ToJsonString(LibraryJson.Documents.Options);
    }

    /// <summary>The draft of a document of any format so far. Fields of a later program are passed over.</summary>
    public static Draft Read(string text)
    {
        var document = JsonNode.Parse(text)!.AsObject();
        for (var format = (int?)document[FormatField] ?? 1; format < Format; format++)
        {
            Upgrades[format - 1](document);
        }

        return document.Deserialize(LibraryJson.Documents.Draft)!;
    }

    /// <summary>Format 1 had some of the options of a render beside the plan, each on its own.</summary>
    private static void GatherOptions(JsonObject document)
    {
        var options = new JsonObject();
        foreach (var field in OptionFields)
        {
            if (document.Remove(field, out var value))
            {
                options[field] = value;
            }
        }

        document["options"] = options;
    }
}
