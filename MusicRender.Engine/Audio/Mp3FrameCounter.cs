namespace MusicRender.Engine.Audio;

/// <summary>
/// Counts the frames of an MP3 stream while its bytes pass, in pieces of any size. A leading ID3v2 tag is passed over.
/// Where a frame should begin and does not, the count goes on with the next two frames that follow one another.
/// </summary>
internal sealed class Mp3FrameCounter
{
    private readonly byte[] _beginning = new byte[Id3Tag.HeaderBytes];
    private int _held;
    private long _left;
    private Mp3Frames.Header _frame;
    private bool _isFrame;
    private bool _isLost;
    private bool _isDoubtful;
    private bool _isAtStart = true;

    /// <summary>Whole frames that have passed.</summary>
    public int Frames { get; private set; }

    /// <summary>Samples a channel in them.</summary>
    public long Samples { get; private set; }

    /// <summary>The header of the first of them; its sample rate is 0 before there is one.</summary>
    public Mp3Frames.Header First { get; private set; }

    /// <summary>Their length, ms; 0 before there is one.</summary>
    public long DurationMs => First.SampleRate == 0 ? 0 : Samples * 1000 / First.SampleRate;

    /// <summary>Takes the next bytes of the stream.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_left > 0)
            {
                var passed = (int)Math.Min(_left, bytes.Length);
                bytes = bytes[passed..];
                _left -= passed;
                Pass();
            }
            else if (_held == 0 && !_isAtStart && bytes.Length >= Mp3Frames.HeaderBytes)
            {
                bytes = bytes[Begin(bytes)..];
            }
            else
            {
                _beginning[_held++] = bytes[0];
                bytes = bytes[1..];
                BeginHeld();
            }
        }
    }

    /// <summary>Looks at what was held, as soon as it is enough.</summary>
    private void BeginHeld()
    {
        if (_isAtStart && Id3Tag.MayBegin(_beginning.AsSpan(0, _held)))
        {
            if (_held == Id3Tag.HeaderBytes)
            {
                _left = Id3Tag.LengthOf(_beginning) - _held;
                _held = 0;
            }

            return;
        }

        _isAtStart = false;
        while (_held >= Mp3Frames.HeaderBytes)
        {
            var taken = Begin(_beginning.AsSpan(0, _held));
            _held -= taken;
            _beginning.AsSpan(taken, _held).CopyTo(_beginning);
            if (_left > 0)
            {
                // Held bytes that belong to the frame; a frame is longer than what is held.
                _left -= _held;
                _held = 0;
            }
        }
    }

    /// <summary>Begins a frame, or looks one byte further; how many bytes that took.</summary>
    private int Begin(ReadOnlySpan<byte> bytes)
    {
        if (!Mp3Frames.TryRead(bytes, out var header))
        {
            (_isLost, _isDoubtful) = (true, false);
            return 1;
        }

        if (_isDoubtful)
        {
            // What was found by searching is followed by a frame: it was one.
            (_isLost, _isDoubtful) = (false, false);
            Count();
        }

        (_frame, _isFrame, _left) = (header, true, header.Bytes - Mp3Frames.HeaderBytes);
        return Mp3Frames.HeaderBytes;
    }

    /// <summary>The frame, or the tag, is complete when nothing of it is left.</summary>
    private void Pass()
    {
        if (_left > 0 || !_isFrame)
        {
            return;
        }

        _isFrame = false;
        if (_isLost)
        {
            _isDoubtful = true;
        }
        else
        {
            Count();
        }
    }

    private void Count()
    {
        First = Frames++ == 0 ? _frame : First;
        Samples += _frame.Samples;
    }
}
