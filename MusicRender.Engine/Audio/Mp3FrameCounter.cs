namespace MusicRender.Engine.Audio;

/// <summary>
/// Counts the frames of an MP3 while its bytes arrive, split anywhere. It passes over ID3v2 tags, and over anything else that
/// is no frame: after such a gap a frame counts only when another follows it, because sound can look like a header.
/// </summary>
internal sealed class Mp3FrameCounter
{
    private const int HeaderBytes = 4;
    private const int TagHeaderBytes = 10;

    /// <summary>The longest frame there is and the header of the next.</summary>
    private const int MostHeld = 2_048;

    private readonly byte[] _held = new byte[MostHeld];
    private int _count;
    private long _skip;
    private long _passed;
    private bool _isFrame;
    private bool _isLost;
    private Mp3Frames.Header _last;

    /// <summary>Frames that have arrived whole.</summary>
    public int Frames { get; private set; }

    /// <summary>Bytes up to the end of the last whole frame, with everything that stood before it.</summary>
    public long WholeBytes { get; private set; }

    /// <summary>The first frame's header; its sample rate is 0 while there is none.</summary>
    public Mp3Frames.Header First { get; private set; }

    /// <summary>Length of the sound that has arrived, ms.</summary>
    public long DurationMs => First.SampleRate == 0 ? 0 : (long)Frames * First.Samples * 1000 / First.SampleRate;

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                Skip(skipped);
                bytes = bytes[skipped..];
                continue;
            }

            if (_count == 0 && !_isLost && Mp3Frames.TryRead(bytes, out var header) && (_last.SampleRate == 0 || IsOfOneStream(_last, header)))
            {
                Begin(header);
                continue;
            }

            var taken = Math.Min(_isLost ? MostHeld - _count : 1, bytes.Length);
            bytes[..taken].CopyTo(_held.AsSpan(_count));
            _count += taken;
            bytes = bytes[taken..];
            Read();
        }
    }

    /// <summary>Reads as much as can be told from the bytes held.</summary>
    private void Read()
    {
        while (_isLost ? TryFind() : TryBegin())
        {
            // What is held may reach over the end of this frame.
            var skipped = (int)Math.Min(_skip, _count);
            Drop(skipped);
            Skip(skipped);
            if (_skip > 0)
            {
                return;
            }
        }
    }

    /// <summary>At the border of a frame: reads the header of a frame or of a tag, or is lost. False when more bytes are needed.</summary>
    private bool TryBegin()
    {
        var held = _held.AsSpan(0, _count);
        if (held.Length >= 3 && held.StartsWith("ID3"u8))
        {
            if (held.Length < TagHeaderBytes)
            {
                return false;
            }

            // Size without the header, seven bits a byte; a footer repeats the header.
            _skip = TagHeaderBytes + ((held[6] & 0x7F) << 21 | (held[7] & 0x7F) << 14 | (held[8] & 0x7F) << 7 | (held[9] & 0x7F)) + ((held[5] & 0x10) != 0 ? TagHeaderBytes : 0);
            _isFrame = false;
            return true;
        }

        if (held.Length < HeaderBytes)
        {
            return false;
        }

        if (Mp3Frames.TryRead(held, out var header) && (_last.SampleRate == 0 || IsOfOneStream(_last, header)))
        {
            Begin(header);
            return true;
        }

        _isLost = true;
        return TryFind();
    }

    /// <summary>Looks for a frame that another one follows. False when more bytes are needed.</summary>
    private bool TryFind()
    {
        for (var at = 0; at + HeaderBytes <= _count; at++)
        {
            if (!Mp3Frames.TryRead(_held.AsSpan(at, _count - at), out var header))
            {
                continue;
            }

            if (at + header.Bytes + HeaderBytes > _count)
            {
                PassOver(at);
                return false;
            }

            if (Mp3Frames.TryRead(_held.AsSpan(at + header.Bytes, HeaderBytes), out var next) && IsOfOneStream(header, next))
            {
                PassOver(at);
                _isLost = false;
                Begin(header);
                return true;
            }
        }

        PassOver(Math.Max(0, _count - (HeaderBytes - 1)));
        return false;
    }

    private void Begin(Mp3Frames.Header header)
    {
        First = First.SampleRate == 0 ? header : First;
        _last = header;
        _skip = header.Bytes;
        _isFrame = true;
    }

    private void Skip(int bytes)
    {
        _skip -= bytes;
        _passed += bytes;
        if (_skip == 0 && _isFrame)
        {
            Frames++;
            WholeBytes = _passed;
            _isFrame = false;
        }
    }

    /// <summary>Leaves bytes behind that are no frame.</summary>
    private void PassOver(int bytes)
    {
        Drop(bytes);
        _passed += bytes;
    }

    private void Drop(int bytes)
    {
        _held.AsSpan(bytes, _count - bytes).CopyTo(_held);
        _count -= bytes;
    }

    private static bool IsOfOneStream(Mp3Frames.Header one, Mp3Frames.Header other) => one.SampleRate == other.SampleRate && one.Samples == other.Samples;
}
