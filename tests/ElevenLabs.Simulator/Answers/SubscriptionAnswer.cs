using System.Text.Json.Nodes;
using ElevenLabs.Simulator.Accounts;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Tier and credits of an account.</summary>
internal static class SubscriptionAnswer
{
    /// <summary>Makes one; the credits come back with the next month.</summary>
    public static JsonObject Of(Account account, DateTimeOffset now) => new()
    {
        ["tier"] = "creator",
        ["character_count"] = account.Used,
        ["character_limit"] = account.Limit,
        ["max_character_limit_extension"] = null,
        ["max_credit_limit_extension"] = 0,
        ["can_extend_character_limit"] = true,
        ["allowed_to_extend_character_limit"] = false,
        ["next_character_count_reset_unix"] = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).ToUnixTimeSeconds(),
        ["voice_slots_used"] = 0,
        ["professional_voice_slots_used"] = 0,
        ["professional_voice_slots_used_in_workspace"] = 0,
        ["voice_limit"] = 30,
        ["voice_add_edit_counter"] = 0,
        ["professional_voice_limit"] = 1,
        ["can_extend_voice_limit"] = false,
        ["can_use_instant_voice_cloning"] = true,
        ["can_use_professional_voice_cloning"] = true,
        ["currency"] = "usd",
        ["current_overage"] = new JsonObject { ["amount"] = "0", ["currency"] = "usd" },
        ["status"] = "active",
        ["billing_period"] = "monthly_period",
        ["character_refresh_period"] = "monthly_period",
        ["next_invoice"] = null,
        ["open_invoices"] = new JsonArray(),
        ["has_open_invoices"] = false,
        ["pending_change"] = null,
    };
}
