using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Checks the options at the start; each line names its key.</summary>
internal sealed class ElevenLabsOptionsValidator : IValidateOptions<ElevenLabsOptions>
{
    /// <summary>The configuration section.</summary>
    public const string Section = "MusicRender:ElevenLabs";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, ElevenLabsOptions options)
    {
        var problems = new List<string>();
        Check(KeyHandler.IsSendable(options.ApiKey?.Trim() ?? ""), nameof(options.ApiKey), "must be a key as ElevenLabs shows it: letters, digits and signs, without spaces");
        Check(options.BaseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" }, nameof(options.BaseUrl), "must be an address that begins with https:// or http://");
        Check(!string.IsNullOrWhiteSpace(options.ModelId), nameof(options.ModelId), "must name a model, but is empty");
        Check(options.MaxConcurrency is >= 1 and <= 1_000, nameof(options.MaxConcurrency), $"must be 1 to 1000, but is {options.MaxConcurrency}");
        Check(options.IdleTimeout >= TimeSpan.FromSeconds(1) && options.IdleTimeout <= Hour, nameof(options.IdleTimeout), $"must be 00:00:01 to 01:00:00, but is {options.IdleTimeout:c}");
        Check(options.RetryTimeout >= TimeSpan.Zero && options.RetryTimeout <= Hour, nameof(options.RetryTimeout), $"must be 00:00:00 to 01:00:00, but is {options.RetryTimeout:c}");
        Check(options.CreditsPerMinute is >= 0 and <= 1_000_000, nameof(options.CreditsPerMinute), $"must be 0 to 1000000, but is {options.CreditsPerMinute}");
        Check(options.UsdPerMinute is >= 0 and <= 10_000, nameof(options.UsdPerMinute), FormattableString.Invariant($"must be 0 to 10000, but is {options.UsdPerMinute}"));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Check(bool isGood, string key, string problem)
        {
            if (!isGood)
            {
                problems.Add($"{Section}:{key} {problem}.");
            }
        }
    }
}
