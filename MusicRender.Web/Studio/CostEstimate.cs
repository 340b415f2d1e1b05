using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Web.Studio;

/// <summary>What a render will cost, as far as known: an estimate, never a promise.</summary>
/// <param name="Credits">The upstream's credits.</param>
/// <param name="Dollars">US dollars.</param>
/// <param name="Remaining">What is left on the account, or null when nobody knows.</param>
public sealed record CostEstimate(int Credits, decimal Dollars, long? Remaining)
{
    /// <summary>True when the account does not hold that much.</summary>
    public bool IsShort => Remaining < Credits;

    /// <summary>"About 1 350 credits, 0.23 $".</summary>
    public string Price => $"About {Wording.Count(Credits)} credits, {Wording.Dollars(Dollars)}";

    /// <summary>"you have 20 000 left", or that it may not suffice; empty when nobody knows what is left.</summary>
    public string Balance => Remaining switch
    {
        null => "",
        0 => "you have no credits left",
        _ when IsShort => $"you have only {Wording.Count(Remaining.Value)} left, which may not suffice",
        _ => $"you have {Wording.Count(Remaining.Value)} left",
    };

    /// <summary>"Another take costs about 1 350 credits, 0.23 $."</summary>
    public string OfAnotherTake => $"Another take costs a{Price[1..]}.";

    /// <summary>Price and balance in one line.</summary>
    public override string ToString() => Balance.Length == 0 ? $"{Price}: an estimate." : $"{Price} (an estimate) — {Balance}.";

    /// <summary>The estimate of a length; null when the generator costs nothing or the length is open.</summary>
    public static CostEstimate? Of(GeneratorInfo? generator, int? durationMs, AccountBalance? balance) =>
        generator?.Price is { } price && durationMs is { } length
            ? new CostEstimate(price.CreditsOf(length), price.UsdOf(length), balance?.RemainingCredits)
            : null;
}
