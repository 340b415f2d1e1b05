using System.Globalization;

namespace ElevenLabs.Simulator.Contract;

/// <summary>A place in a call, from the outside in; it becomes a list only when something is wrong there.</summary>
internal sealed record Location(Location? Outer, string Part)
{
    public static readonly Location Body = new(null, "body");
    public static readonly Location Query = new(null, "query");

    public Location At(string name) => new(this, name);

    public Location At(int place) => new(this, place.ToString(CultureInfo.InvariantCulture));

    public Violation Says(string type, string message)
    {
        var parts = new List<string>();
        for (var place = this; place is not null; place = place.Outer)
        {
            parts.Add(place.Part);
        }

        parts.Reverse();
        return new Violation(parts, message, type);
    }
}
