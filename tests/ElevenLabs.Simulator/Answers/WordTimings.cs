using System.Text.Json.Nodes;

namespace ElevenLabs.Simulator.Answers;

/// <summary>When words are sung: evenly over their part. Like the upstream, directions in curly braces are told as words too.</summary>
internal static class WordTimings
{
    /// <summary>Word timings of a part that is planned to begin here.</summary>
    public static JsonArray Of(PlannedPart part, int startMs)
    {
        var words = part.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new JsonArray([.. words.Select((word, index) => (JsonNode)new JsonObject
        {
            ["word"] = word,
            ["start_ms"] = startMs + (int)((long)part.DurationMs * index / words.Length),
            ["end_ms"] = startMs + (int)(((long)part.DurationMs * ((index * 10) + 8)) / (words.Length * 10L)),
        })]);
    }

    /// <summary>Word timings of a whole song.</summary>
    public static JsonArray Of(SongOrder order)
    {
        var all = new JsonArray();
        var start = 0;
        foreach (var part in order.Parts)
        {
            foreach (var word in Of(part, start))
            {
                all.Add(word!.DeepClone());
            }

            start += part.DurationMs;
        }

        return all;
    }
}
