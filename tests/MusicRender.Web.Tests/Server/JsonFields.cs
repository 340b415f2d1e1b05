using System.Text.Json;

namespace MusicRender.Web.Tests.Server;

/// <summary>What tests ask of JSON.</summary>
internal static class JsonFields
{
    /// <summary>ISO 8601, UTC, with Z.</summary>
    public const string Time = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$";

    public static string Type(this JsonElement message) => message.Text("type");

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static long Number(this JsonElement json, string name) => json.GetProperty(name).GetInt64();

    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);

    public static IEnumerable<string> Names(this JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    /// <summary>The paths of an error's list.</summary>
    public static IReadOnlyList<string> Paths(this JsonElement errors) => [.. errors.EnumerateArray().Select(error => error.Text("path"))];
}
