using System.Globalization;
using System.Text.Json;
using MusicRender.Engine.Generators.ElevenLabs;

namespace MusicRender.Engine.Rendering.Accounts;

/// <summary>Reads what the upstream says of the account: the subscription, and pages of custom style models.</summary>
internal static class AccountReading
{
    private const int MaxText = 200;

    /// <summary>The balance, or null when the answer says nothing of credits.</summary>
    public static AccountBalance? Balance(JsonElement json, DateTimeOffset askedAt) =>
        Number(json, "character_count") is { } used && Number(json, "character_limit") is { } limit
            ? new AccountBalance(Text(json, "tier") ?? "", Text(json, "status") ?? "", used, limit, Time(Number(json, "next_character_count_reset_unix")), askedAt)
            : null;

    /// <summary>A page of custom style models, with the cursor of the next one (null after the last); null for an answer without a list. Models without an id are left out.</summary>
    public static (IReadOnlyList<Finetune> Finetunes, string? Next)? Page(JsonElement json)
    {
        if (UpstreamJson.Field(json, "finetunes") is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var hasMore = UpstreamJson.Field(json, "has_more") is not { ValueKind: JsonValueKind.False };
        return ([.. list.EnumerateArray().Select(Finetune).OfType<Finetune>()], hasMore && UpstreamJson.Text(json, "next_cursor") is { Length: > 0 } next ? next : null);
    }

    private static Finetune? Finetune(JsonElement json) =>
        UpstreamJson.Text(json, "id") is { Length: > 0 and <= MaxText } id
            ? new Finetune(
                id,
                Text(json, "name") ?? id,
                Text(json, "model_id") ?? "",
                Text(json, "primary_genre"),
                Tags(json),
                Text(json, "visibility") ?? "",
                Text(json, "created_by") ?? "",
                Text(json, "status") ?? "",
                DateTimeOffset.TryParse(Text(json, "created_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var created) ? created : null)
            : null;

    private static string[] Tags(JsonElement json) => [.. UpstreamJson.List(json, "tags").Select(UpstreamJson.Text).OfType<string>().Where(tag => tag.Length is > 0 and <= MaxText)];

    private static string? Text(JsonElement json, string name) => UpstreamJson.Text(json, name) is { } text ? (text.Length <= MaxText ? text : text[..MaxText]) : null;

    private static long? Number(JsonElement json, string name) =>
        UpstreamJson.Field(json, name) is not { ValueKind: JsonValueKind.Number } value ? null
        : value.TryGetInt64(out var whole) ? whole
        : value.TryGetDouble(out var number) && Math.Abs(number) < long.MaxValue ? (long)number
        : null;

    private static DateTimeOffset? Time(long? unixSeconds) =>
        unixSeconds is { } seconds && seconds >= DateTimeOffset.UnixEpoch.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
