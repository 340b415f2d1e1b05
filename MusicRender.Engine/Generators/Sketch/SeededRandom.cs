namespace MusicRender.Engine.Generators.Sketch;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): a fixed algorithm, so that a seed gives the same music on every machine and
/// every runtime. Each decision of the arrangement draws from its own stream, so that one more draw in the drums does
/// not change the tune.
/// </summary>
internal struct SeededRandom
{
    private ulong _state;

    /// <summary>The stream of a seed and a purpose ("tune", "fill 3").</summary>
    public SeededRandom(int seed, string purpose)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL;
        foreach (var character in purpose)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        _state = hash ^ ((ulong)(uint)seed * 0x9E3779B97F4A7C15UL);
        _ = NextBits();
    }

    /// <summary>The stream of a number, for noise.</summary>
    public SeededRandom(ulong state) => _state = state;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)((NextBits() >> 33) % (ulong)count);

    /// <summary>0 (included) to 1 (excluded).</summary>
    public double Unit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>−1 (included) to 1 (excluded), for noise.</summary>
    public float Bipolar() => ((int)(NextBits() >> 32)) * (1f / 2147483648f);

    /// <summary>True with a probability of 0–1.</summary>
    public bool Chance(double probability) => Unit() < probability;

    /// <summary>One of the items, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
