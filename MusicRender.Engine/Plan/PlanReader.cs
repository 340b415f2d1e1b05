using System.Text.Json;

namespace MusicRender.Engine.Plan;

/// <summary>What came of reading a plan. When there are problems, the composition is null.</summary>
public sealed record PlanReading
{
    /// <summary>The composition, valid by every limit; null when there are problems.</summary>
    public Composition? Composition { get; init; }

    /// <summary>The options beside it.</summary>
    public RenderOptions Options { get; init; } = new();

    /// <summary>The metadata of the wrapped form, or null.</summary>
    public SongMetadata? Song { get; init; }

    /// <summary>Everything that is wrong, at most <see cref="PlanReader.MaxProblems"/>.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; init; } = [];
}

/// <summary>Reads plans in all their shapes and names all their problems at once. Never throws for bad input.</summary>
public static class PlanReader
{
    /// <summary>Problems that are listed; of more than that only the number is told.</summary>
    public const int MaxProblems = 100;

    /// <summary>Reads a plan from JSON text; what is not JSON is a problem with its line and column.</summary>
    public static PlanReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            var line = (exception.LineNumber ?? 0) + 1;
            var column = (exception.BytePositionInLine ?? 0) + 1;
            return new PlanReading { Problems = [new PlanProblem("", $"is not JSON: see line {line}, column {column}") { Line = (int)line }] };
        }
        catch (ArgumentException)
        {
            return new PlanReading { Problems = [new PlanProblem("", "is not Unicode text: it holds half of a surrogate pair")] };
        }
    }

    /// <summary>Reads a plan from a JSON value.</summary>
    public static PlanReading Read(JsonElement json) => Read(json, default);

    /// <summary>
    /// Reads a plan from a JSON value, with options that stand outside of it, as in the socket's render message. What
    /// stands inside wins.
    /// </summary>
    public static PlanReading Read(JsonElement json, JsonElement beside)
    {
        var fields = new FieldReader();
        fields.CheckWhole(json);
        if (json.ValueKind != JsonValueKind.Object)
        {
            fields.Problem("", $"must be a JSON object, but is {FieldReader.NameOf(json)}");
            return new PlanReading { Problems = fields.Problems };
        }

        var options = new RenderOptions();
        if (beside.ValueKind == JsonValueKind.Object)
        {
            fields.CheckWhole(beside, except: "composition_plan");
            options = PlanFields.ReadOptions(fields, beside, options);
        }

        options = PlanFields.ReadOptions(fields, json, options);
        var (composition, song) = FieldReader.Has(json, "composition_plan")
            ? ReadWrapped(fields, json, ref options)
            : (PlanFields.ReadComposition(fields, json, ""), null);
        if (composition is not null)
        {
            var prefix = FieldReader.Has(json, "composition_plan") ? "composition_plan." : "";
            fields.AddLimits(PlanValidator.Check(composition), prefix);
        }

        return fields.Problems.Count == 0
            ? new PlanReading { Composition = composition, Options = options, Song = song }
            : new PlanReading { Options = options, Song = song, Problems = fields.Problems };
    }

    private static (Composition? Composition, SongMetadata? Song) ReadWrapped(FieldReader fields, JsonElement json, ref RenderOptions options)
    {
        if (FieldReader.Has(json, "prompt"))
        {
            fields.Problem("prompt", "and composition_plan exclude each other");
        }

        FieldReader.TryGet(json, "composition_plan", out var inner);
        if (inner.ValueKind != JsonValueKind.Object)
        {
            fields.Problem("composition_plan", $"must be a JSON object, but is {FieldReader.NameOf(inner)}");
            return (null, null);
        }

        if (FieldReader.Has(inner, "composition_plan"))
        {
            fields.Problem("composition_plan.composition_plan", "must not be there: a plan can be wrapped only once");
            return (null, null);
        }

        options = PlanFields.ReadOptions(fields, inner, options, "composition_plan.");
        var composition = PlanFields.ReadComposition(fields, inner, "composition_plan.");
        if (fields.Text(json, "", "title") is { } title && composition is { Title: null })
        {
            composition = composition with { Title = title };
        }

        return (composition, PlanFields.ReadSong(fields, json, "song_metadata"));
    }
}
