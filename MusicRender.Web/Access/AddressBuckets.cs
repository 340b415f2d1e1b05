using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MusicRender.Web.Access;

/// <summary>
/// A bucket for each address: as many things at once as it is allowed in a minute, then as they flow back. Of IPv6 a whole /64
/// network is one address, for that is what one machine gets.
/// </summary>
/// <remarks>
/// The generic cell rate algorithm: one number a bucket, the time at which it is full again. .NET's own limiters take no
/// <see cref="TimeProvider"/>, and cannot be asked without taking.
/// </remarks>
internal sealed class AddressBuckets
{
    /// <summary>How many addresses are remembered before those are forgotten whose buckets are full; further ones share one bucket.</summary>
    public const int MaxAddresses = 50_000;

    private readonly ConcurrentDictionary<UInt128, Bucket> _buckets = new();
    private readonly TimeProvider _time;
    private readonly long _interval;
    private readonly long _depth;
    private long _sweptAt;

    /// <summary>Makes them.</summary>
    /// <param name="perMinute">How many a minute, and at once; at least 1.</param>
    /// <param name="time">The clock.</param>
    public AddressBuckets(int perMinute, TimeProvider time)
    {
        _time = time;
        _interval = Math.Max(1, time.TimestampFrequency * 60 / perMinute);
        _depth = _interval * (perMinute - 1);
        _sweptAt = time.GetTimestamp();
    }

    /// <summary>How many addresses are remembered.</summary>
    public int Count => _buckets.Count;

    /// <summary>Takes one from the bucket of an address.</summary>
    /// <param name="address">The address; null is one of its own.</param>
    /// <param name="wait">How long until there is one again; zero when there was.</param>
    public bool TryTake(IPAddress? address, out TimeSpan wait)
    {
        var now = _time.GetTimestamp();
        return BucketOf(KeyOf(address), now).TryTake(now, _interval, _depth, out var ticks) ? Yes(out wait) : No(ticks, out wait);
    }

    /// <summary>Whether there is one in the bucket of an address. Takes nothing.</summary>
    public bool HasRoom(IPAddress? address, out TimeSpan wait)
    {
        var missing = _buckets.TryGetValue(KeyOf(address), out var bucket) ? bucket.FullAt - _depth - _time.GetTimestamp() : 0;
        return missing <= 0 ? Yes(out wait) : No(missing, out wait);
    }

    private static bool Yes(out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        return true;
    }

    private bool No(long ticks, out TimeSpan wait)
    {
        wait = TimeSpan.FromSeconds((double)ticks / _time.TimestampFrequency);
        return false;
    }

    private Bucket BucketOf(UInt128 key, long now)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            return bucket;
        }

        if (_buckets.Count >= MaxAddresses)
        {
            Sweep(now);
            key = _buckets.Count >= MaxAddresses ? UInt128.Zero : key;
        }

        return _buckets.GetOrAdd(key, static _ => new Bucket());
    }

    /// <summary>Forgets full buckets, at most once in the time of one.</summary>
    private void Sweep(long now)
    {
        var before = Interlocked.Read(ref _sweptAt);
        if (now - before < _interval || Interlocked.CompareExchange(ref _sweptAt, now, before) != before)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.FullAt <= now)
            {
                _buckets.TryRemove(key, out _);
            }
        }
    }

    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return UInt128.Zero;
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
        {
            bytes[10] = bytes[11] = 0xFF;
            address.MapToIPv4().TryWriteBytes(bytes[12..], out _);
        }
        else
        {
            address.TryWriteBytes(bytes, out _);
            bytes[8..].Clear();
        }

        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private sealed class Bucket
    {
        private long _fullAt;

        public long FullAt => Interlocked.Read(ref _fullAt);

        public bool TryTake(long now, long interval, long depth, out long wait)
        {
            while (true)
            {
                var before = Interlocked.Read(ref _fullAt);
                var from = Math.Max(before, now);
                wait = from - now - depth;
                if (wait > 0)
                {
                    return false;
                }

                if (Interlocked.CompareExchange(ref _fullAt, from + interval, before) == before)
                {
                    return true;
                }
            }
        }
    }
}
