namespace MusicRender.Web.Studio;

/// <summary>What became of a thing between two versions.</summary>
public enum ChangeKind
{
    /// <summary>It is in both.</summary>
    Kept,

    /// <summary>Only the old version has it.</summary>
    Removed,

    /// <summary>Only the new version has it.</summary>
    Added,
}

/// <summary>Compares two sequences: the longest common subsequence stays, the rest was removed or added.</summary>
internal static class Sequences
{
    /// <summary>Both sequences as one, in order; what was removed stands before what came in its place.</summary>
    internal static IReadOnlyList<(ChangeKind Kind, T Item)> Compare<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, IEqualityComparer<T>? comparer = null)
    {
        comparer ??= EqualityComparer<T>.Default;

        // What both begin with needs no table: edits of long texts are mostly small.
        var head = 0;
        while (head < before.Count && head < after.Count && comparer.Equals(before[head], after[head]))
        {
            head++;
        }

        var common = LengthsOfCommon(before, after, head, comparer);
        var result = new List<(ChangeKind, T)>(before.Count + after.Count);
        result.AddRange(before.Take(head).Select(item => (ChangeKind.Kept, item)));
        var (old, now) = (head, head);
        while (old < before.Count || now < after.Count)
        {
            if (old < before.Count && now < after.Count && comparer.Equals(before[old], after[now]))
            {
                result.Add((ChangeKind.Kept, after[now]));
                (old, now) = (old + 1, now + 1);
            }
            else if (now == after.Count || (old < before.Count && common[old + 1 - head, now - head] >= common[old - head, now + 1 - head]))
            {
                result.Add((ChangeKind.Removed, before[old++]));
            }
            else
            {
                result.Add((ChangeKind.Added, after[now++]));
            }
        }

        return result;
    }

    /// <summary>[i, j]: how much the rests from i and j on have in common.</summary>
    private static int[,] LengthsOfCommon<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, int head, IEqualityComparer<T> comparer)
    {
        var lengths = new int[before.Count - head + 1, after.Count - head + 1];
        for (var old = before.Count - head - 1; old >= 0; old--)
        {
            for (var now = after.Count - head - 1; now >= 0; now--)
            {
                lengths[old, now] = comparer.Equals(before[head + old], after[head + now])
                    ? lengths[old + 1, now + 1] + 1
                    : Math.Max(lengths[old + 1, now], lengths[old, now + 1]);
            }
        }

        return lengths;
    }
}
