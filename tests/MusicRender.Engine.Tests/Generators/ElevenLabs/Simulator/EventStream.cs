using System.Text;
using System.Text.Json.Nodes;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Simulator;

/// <summary>The events of a whole stream, read in the simplest way there is.</summary>
internal sealed record EventStream(IReadOnlyList<(string Name, JsonNode Data)> Events)
{
    public IEnumerable<JsonNode> Parts => Events.Where(one => one.Name == "audio_chunk").Select(one => one.Data);

    /// <summary>The audio of all parts in playing order.</summary>
    public byte[] Audio => [.. Parts.OrderBy(part => (int)part["index"]!).SelectMany(AudioOf)];

    public string Names => string.Join(' ', Events.Select(one => one.Name == "audio_chunk" ? $"audio_{one.Data["index"]}" : one.Name));

    public JsonNode this[string name] => Events.Single(one => one.Name == name).Data;

    public static byte[] AudioOf(JsonNode part) => Convert.FromBase64String((string)part["audio_base64"]!);

    public static EventStream Read(byte[] bytes)
    {
        var events = new List<(string, JsonNode)>();
        foreach (var block in Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = block.Split('\n').Where(line => !line.StartsWith(':')).Select(line => line.Split(": ", 2)).ToDictionary(field => field[0], field => field[1]);
            if (fields.Count > 0)
            {
                var data = JsonNode.Parse(fields["data"])!;
                events.Add(fields.TryGetValue("event", out var name) ? (name, data) : ((string)data["event"]!, data["data"]!));
            }
        }

        return new EventStream(events);
    }
}
