namespace MusicRender.Engine.Prompting;

/// <summary>
/// Choices that are the same for the same text on every machine and every version of .NET: FNV-1a (64 bits, over the
/// UTF-16 units) seeds SplitMix64. <see cref="Random"/> promises neither, and <see cref="string.GetHashCode()"/> is
/// salted on purpose.
/// </summary>
internal sealed class SeededChoice
{
    private ulong _state;

    private SeededChoice(ulong state) => _state = state;

    internal static SeededChoice From(params IEnumerable<string?> texts)
    {
        var hash = 14695981039346656037UL;
        foreach (var text in texts)
        {
            foreach (var unit in text ?? "")
            {
                hash = (hash ^ unit) * 1099511628211UL;
            }

            // Keeps "ab","c" and "a","bc" apart.
            hash = (hash ^ 0xFFFF) * 1099511628211UL;
        }

        return new SeededChoice(hash);
    }

    /// <summary>0 to <paramref name="count"/> − 1.</summary>
    internal int Next(int count)
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)count);
    }

    internal T Pick<T>(IReadOnlyList<T> options) => options[Next(options.Count)];

    /// <summary>The same elements in another order.</summary>
    internal List<T> Shuffle<T>(IEnumerable<T> options)
    {
        var shuffled = options.ToList();
        for (var last = shuffled.Count - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }

        return shuffled;
    }

    /// <summary>Some of them, each at most once, in their own order.</summary>
    internal IReadOnlyList<T> Some<T>(IReadOnlyList<T> options, int count)
    {
        var places = Shuffle(Enumerable.Range(0, options.Count)).Take(count).Order();
        return places.Select(place => options[place]).ToArray();
    }
}
