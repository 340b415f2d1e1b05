namespace ElevenLabs.Simulator.Audio;

/// <summary>The songs that were asked for last, so that the same call again costs nothing but sending.</summary>
internal sealed class SongCache(SimulatorOptions options)
{
    private const long MaxWeight = 192L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byName = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _weight;

    /// <summary>The song of a format and the planned lengths of its parts, ms.</summary>
    public async ValueTask<Song> GetAsync(Mp3Format format, IReadOnlyList<int> durationsMs, Layers layers = Layers.Mix)
    {
        var bank = await BeatBank.OfAsync(format, layers, options.Ffmpeg);
        var name = $"{format}|{layers}|{string.Join(',', durationsMs)}";
        Entry entry;
        lock (_lock)
        {
            if (_byName.TryGetValue(name, out var node))
            {
                _byUse.Remove(node);
            }
            else
            {
                // The weight is known before the song is there: constant bit rate.
                var weight = durationsMs.Sum(duration => (long)duration) * format.Kilobits / 8 * 7 / 3;
                node = new LinkedListNode<Entry>(new Entry(name, weight, new Lazy<Song>(() => Song.Make(bank, durationsMs))));
                _byName[name] = node;
                _weight += weight;
            }

            _byUse.AddFirst(node);
            entry = node.Value;
            while (_weight > MaxWeight && _byUse.Count > 1)
            {
                var oldest = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _byName.Remove(oldest.Name);
                _weight -= oldest.Weight;
            }
        }

        return entry.Song.Value;
    }

    private sealed record Entry(string Name, long Weight, Lazy<Song> Song);
}
