using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MusicRender.Engine.Generators.Sketch.Reading.Genres;

/// <summary>
/// Every genre that Sketch plays: the JSON files beside this one, which are part of the program. A new genre is one more
/// file and nothing else.
/// </summary>
internal static class Catalogue
{
    private const string DefaultName = "electropop";

    /// <summary>The genres by file name.</summary>
    public static readonly IReadOnlyList<Genre> All = Load();

    /// <summary>What is played when no style names a genre.</summary>
    public static readonly Genre Default = All.Single(genre => genre.Name == DefaultName);

    /// <summary>
    /// The genre that the wanted styles point to: long phrases count more than short ones, and the first style that names
    /// any genre most. A genre whose name or word is unwanted is not played, whatever else points to it.
    /// </summary>
    public static Genre Read(StyleText styles)
    {
        var first = styles.Wanted.FirstOrDefault(style => All.Any(genre => genre.Words.Any(word => StyleText.Has(style, word))));
        var best = (Genre: IsUnwanted(Default, styles) ? All.First(genre => !IsUnwanted(genre, styles)) : Default, Points: 0);
        foreach (var genre in All.Where(genre => !IsUnwanted(genre, styles)))
        {
            var points = styles.Wanted.Sum(style => PointsOf(genre, style) * (style == first ? 3 : 2));
            if (points > best.Points)
            {
                best = (genre, points);
            }
        }

        return best.Genre;
    }

    private static bool IsUnwanted(Genre genre, StyleText styles) =>
        genre.Words.Take(1).Append(StyleText.Normalise(genre.Name).Trim()).Any(word => styles.RefusesExactly(word) || styles.RefusesExactly($"{word} music"));

    // A longer phrase hides the shorter ones in it: "blues rock" is more than "blues" and "rock".
    private static int PointsOf(Genre genre, string style) =>
        genre.Words.Where(word => StyleText.Has(style, word)).Select(word => 1 + (2 * word.Count(character => character == ' '))).Append(0).Max();

    private static Genre[] Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Genres/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static Genre Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var genre = JsonSerializer.Deserialize(stream, GenreJson.Default.Genre) ?? throw new InvalidDataException($"{name} is empty.");
        var problems = GenreCheck.ProblemsOf(genre).ToList();
        return problems.Count == 0 ? genre : throw new InvalidDataException($"{name}: {string.Join(' ', problems)}");
    }
}

/// <summary>Reads the files: unknown fields and missing ones are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Genre))]
internal sealed partial class GenreJson : JsonSerializerContext;
