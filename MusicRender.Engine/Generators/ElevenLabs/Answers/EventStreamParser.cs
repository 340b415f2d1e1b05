using System.Text;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>Takes what an event stream holds.</summary>
internal interface IEventSink
{
    /// <summary>The name of the event that is under way; it may come after its data.</summary>
    void Name(string name);

    /// <summary>The next bytes of the event's data. Several data lines are one text with line feeds between.</summary>
    void Data(ReadOnlySpan<byte> bytes);

    /// <summary>The event ends. At the end of the stream the last one may end without its blank line, whole or not.</summary>
    void EndEvent(bool isAtEndOfStream);
}

/// <summary>
/// Splits <c>text/event-stream</c> (WHATWG HTML, "Server-sent events") into events, from bytes that are cut anywhere, without ever
/// holding a line: data go on to the sink as they come.
/// </summary>
internal sealed class EventStreamParser(IEventSink sink)
{
    private const int LongestShort = 256;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly byte[] _short = new byte[LongestShort];
    private int _shortLength;
    private int _markSeen;
    private bool _isAfterReturn;
    private State _state = State.Mark;
    private Field _field;
    private bool _hasData;

    private enum State
    {
        Mark,
        FieldName,
        BeforeValue,
        Value,
    }

    private enum Field
    {
        Other,
        Data,
        Event,
    }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            switch (_state)
            {
                case State.Mark when _markSeen < ByteOrderMark.Length && bytes[0] == ByteOrderMark[_markSeen]:
                    _markSeen++;
                    bytes = bytes[1..];
                    break;
                case State.Mark:
                    // Less than a whole mark is the beginning of a line that nobody knows.
                    _shortLength = _markSeen % ByteOrderMark.Length;
                    _state = State.FieldName;
                    break;
                case State.FieldName:
                    bytes = AddToName(bytes);
                    break;
                case State.BeforeValue:
                    bytes = bytes[0] == ' ' ? bytes[1..] : bytes;
                    _state = State.Value;
                    break;
                default:
                    bytes = AddToValue(bytes);
                    break;
            }
        }
    }

    /// <summary>The stream is at its end.</summary>
    public void End()
    {
        if (_state is State.Value or State.BeforeValue)
        {
            EndLine();
        }

        if (_hasData)
        {
            EndEvent(true);
        }
    }

    private ReadOnlySpan<byte> AddToName(ReadOnlySpan<byte> bytes)
    {
        if (_isAfterReturn)
        {
            _isAfterReturn = false;
            if (bytes[0] == '\n')
            {
                return bytes[1..];
            }
        }

        var end = bytes.IndexOfAny((byte)':', (byte)'\r', (byte)'\n');
        Keep(end < 0 ? bytes : bytes[..end]);
        if (end < 0)
        {
            return [];
        }

        if (bytes[end] != ':')
        {
            _isAfterReturn = bytes[end] == '\r';
            if (_shortLength == 0)
            {
                EndEvent(false);
            }
            else
            {
                // A field without a colon has an empty value.
                BeginValue();
                EndLine();
            }

            return bytes[(end + 1)..];
        }

        BeginValue();
        return bytes[(end + 1)..];
    }

    private void BeginValue()
    {
        var name = _short.AsSpan(0, _shortLength);
        _field = name.SequenceEqual("data"u8) ? Field.Data : name.SequenceEqual("event"u8) ? Field.Event : Field.Other;
        _shortLength = 0;
        _state = State.BeforeValue;
        if (_field == Field.Data)
        {
            if (_hasData)
            {
                sink.Data("\n"u8);
            }

            _hasData = true;
        }
    }

    private ReadOnlySpan<byte> AddToValue(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var value = end < 0 ? bytes : bytes[..end];
        switch (_field)
        {
            case Field.Data when value.Length > 0:
                sink.Data(value);
                break;
            case Field.Event:
                Keep(value);
                break;
        }

        if (end < 0)
        {
            return [];
        }

        _isAfterReturn = bytes[end] == '\r';
        EndLine();
        return bytes[(end + 1)..];
    }

    private void EndLine()
    {
        if (_field == Field.Event)
        {
            sink.Name(Encoding.UTF8.GetString(_short, 0, _shortLength).Trim());
        }

        _shortLength = 0;
        _state = State.FieldName;
        _field = Field.Other;
    }

    private void EndEvent(bool isAtEndOfStream)
    {
        if (_hasData)
        {
            sink.EndEvent(isAtEndOfStream);
        }
        else
        {
            sink.Name("");
        }

        _hasData = false;
    }

    /// <summary>Keeps a short text; of a longer one only the beginning, which is no name that anybody knows.</summary>
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = Math.Min(bytes.Length, LongestShort - _shortLength);
        bytes[..kept].CopyTo(_short.AsSpan(_shortLength));
        _shortLength += kept;
    }
}
