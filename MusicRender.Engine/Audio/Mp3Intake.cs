namespace MusicRender.Engine.Audio;

/// <summary>
/// Lets an MP3 stream through without what stands in front of its sound: an ID3v2 tag, and the info frame that tells
/// players the exact length. MusicRender writes its own of both. What passes is counted.
/// </summary>
internal sealed class Mp3Intake
{
    /// <summary>As much as must be seen of an info frame: 4 bytes of header, 32 of side information, 156 of its own.</summary>
    private const int MaxHeld = 192;

    private readonly byte[] _held = new byte[MaxHeld];
    private int _count;
    private long _skip;
    private bool _isPassing;

    /// <summary>The frames that passed.</summary>
    public Mp3FrameCounter Counter { get; set; } = new();

    /// <summary>What the info frame said, when there was one; else null.</summary>
    public Mp3InfoFrame.Facts? Info { get; private set; }

    /// <summary>Bytes that were left out.</summary>
    public long Stripped { get; private set; }

    /// <summary>Samples a channel that a player is to play of what passed: without the encoder's own, where the info frame told how many those are.</summary>
    public long Samples => Math.Max(0, ((long)Counter.Frames * Counter.First.Samples) - (Info?.Delay ?? 0) - (IsWhole ? Info!.Padding : 0));

    /// <summary>Their length, ms.</summary>
    public int DurationMs => Counter.First.SampleRate == 0 ? 0 : (int)(Samples * 1000 / Counter.First.SampleRate);

    /// <summary>False when the info frame promised other frames than those that came: then the end of what came is sound, not padding.</summary>
    public bool IsWhole => Info?.Frames == Counter.Frames;

    /// <summary>Takes the next bytes. Those that pass come back in two pieces, valid until the next call.</summary>
    public (ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second) Add(ReadOnlyMemory<byte> bytes)
    {
        var first = ReadOnlyMemory<byte>.Empty;
        while (!_isPassing && !bytes.IsEmpty)
        {
            var taken = (int)Math.Min(_skip > 0 ? _skip : MaxHeld - _count, bytes.Length);
            if (_skip > 0)
            {
                _skip -= taken;
            }
            else
            {
                bytes.Span[..taken].CopyTo(_held.AsSpan(_count));
                _count += taken;
            }

            bytes = bytes[taken..];
            first = _count == MaxHeld ? Decide() : first;
        }

        Counter.Add(first.Span);
        Counter.Add(bytes.Span);
        return (first, bytes);
    }

    /// <summary>Ends a part of the stream: bytes that were held pass. The next part may have a tag of its own.</summary>
    public ReadOnlyMemory<byte> EndPart()
    {
        var last = ReadOnlyMemory<byte>.Empty;
        while (!_isPassing && _count > 0)
        {
            last = Decide();
        }

        (_isPassing, _skip) = (false, 0);
        Counter.Add(last.Span);
        return last;
    }

    /// <summary>Passes over a tag or an info frame at the front of what is held; anything else passes.</summary>
    private ReadOnlyMemory<byte> Decide()
    {
        var held = _held.AsSpan(0, _count);
        long length = 0;
        if (Id3Tag.MayBegin(held) && _count >= Id3Tag.HeaderBytes)
        {
            length = Id3Tag.LengthOf(held);
        }
        else if (Mp3InfoFrame.Read(held) is { } info)
        {
            Info = info;
            Mp3Frames.TryRead(held, out var header);
            length = header.Bytes;
        }

        var dropped = (int)Math.Min(length, _count);
        _skip = length - dropped;
        Stripped += length;
        if (length > 0)
        {
            held[dropped..].CopyTo(_held);
            _count -= dropped;
            return default;
        }

        _isPassing = true;
        var passing = _held.AsMemory(0, _count);
        _count = 0;
        return passing;
    }
}
