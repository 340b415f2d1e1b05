using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>Writes compositions as JSON in the shapes of the wire contract, unknown fields included.</summary>
public static class PlanJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions ForPeople = Compact with { Indented = true, NewLine = "\n" };

    /// <summary>The composition as a JSON object.</summary>
    public static JsonElement ToElement(Composition composition)
    {
        var buffer = Write(composition, Compact);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>The composition as JSON text for people: indented by two spaces, Unicode unescaped.</summary>
    public static string ToText(Composition composition) => Encoding.UTF8.GetString(Write(composition, ForPeople).WrittenSpan);

    /// <summary>The composition as JSON text without spaces.</summary>
    public static string ToCompactText(Composition composition) => Encoding.UTF8.GetString(Write(composition, Compact).WrittenSpan);

    /// <summary>Writes the composition as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, Composition composition)
    {
        writer.WriteStartObject();
        if (composition.Title is { } title)
        {
            writer.WriteString("title", title);
        }

        switch (composition)
        {
            case CompositionPlan plan:
                WriteTexts(writer, "positive_global_styles", plan.PositiveGlobalStyles);
                WriteTexts(writer, "negative_global_styles", plan.NegativeGlobalStyles);
                writer.WriteStartArray("sections");
                foreach (var section in plan.Sections)
                {
                    WriteSection(writer, section);
                }

                writer.WriteEndArray();
                break;
            case ChunkPlan plan:
                writer.WriteStartArray("chunks");
                foreach (var chunk in plan.Chunks)
                {
                    WriteChunk(writer, chunk);
                }

                writer.WriteEndArray();
                break;
            case PromptComposition prompt:
                writer.WriteString("prompt", prompt.Prompt);
                if (prompt.MusicLengthMs is { } length)
                {
                    writer.WriteNumber("music_length_ms", length);
                }

                if (prompt.ForceInstrumental)
                {
                    writer.WriteBoolean("force_instrumental", true);
                }

                break;
        }

        WriteExtra(writer, composition.Extra);
        writer.WriteEndObject();
    }

    internal static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    internal static void WriteExtra(Utf8JsonWriter writer, ExtraFields extra)
    {
        foreach (var (name, value) in extra)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    private static void WriteSection(Utf8JsonWriter writer, PlanSection section)
    {
        writer.WriteStartObject();
        writer.WriteString("section_name", section.SectionName);
        WriteTexts(writer, "positive_local_styles", section.PositiveLocalStyles);
        WriteTexts(writer, "negative_local_styles", section.NegativeLocalStyles);
        writer.WriteNumber("duration_ms", section.DurationMs);
        WriteTexts(writer, "lines", section.Lines);
        WriteExtra(writer, section.Extra);
        writer.WriteEndObject();
    }

    private static void WriteChunk(Utf8JsonWriter writer, PlanChunk chunk)
    {
        writer.WriteStartObject();
        writer.WriteString("text", chunk.Text);
        WriteTexts(writer, "positive_styles", chunk.PositiveStyles);
        WriteTexts(writer, "negative_styles", chunk.NegativeStyles);
        writer.WriteNumber("duration_ms", chunk.DurationMs);
        if (chunk.ContextAdherence is { } adherence)
        {
            writer.WriteString("context_adherence", adherence);
        }

        WriteExtra(writer, chunk.Extra);
        writer.WriteEndObject();
    }

    private static ArrayBufferWriter<byte> Write(Composition composition, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, options);
        Write(writer, composition);
        writer.Flush();
        return buffer;
    }
}
