using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>
/// Takes the JSON of one event apart while it comes, cut anywhere: the text of <c>audio_base64</c> is decoded at once, all else is
/// kept, with an empty text in its place. It finds only its way; whether the rest is JSON is seen when it is parsed.
/// </summary>
internal sealed class EventJson(DecodedAudio audio)
{
    /// <summary>Most bytes of an event beside its music.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const string AudioField = "audio_base64";
    private const string DataField = "data";
    private const int MaxDepth = 64;
    private const int LongestName = 80;
    private const int KeptCapacity = 256 * 1024;

    private static readonly SearchValues<byte> EndsOfText = SearchValues.Create("\"\\"u8);

    private readonly Base64Blocks _base64 = new(audio);
    private readonly bool[] _isObject = new bool[MaxDepth + 1];
    private readonly byte[] _name = new byte[LongestName];
    private readonly byte[] _escape = new byte[6];
    private ArrayBufferWriter<byte> _rest = new();
    private int _depth;
    private int _nameLength;
    private int _escapeLength;
    private bool _isNameNext;
    private bool _isInData;
    private bool _isAudioNext;
    private Inside _inside;

    private enum Inside
    {
        Nothing,
        Name,
        Text,
        Music,
    }

    /// <summary>True when as many brackets are closed as were opened.</summary>
    public bool IsWhole => _depth == 0 && _inside == Inside.Nothing;

    /// <summary>Everything but the music.</summary>
    public ReadOnlyMemory<byte> Rest => _rest.WrittenMemory;

    /// <summary>Forgets everything, for the next event.</summary>
    public void Clear()
    {
        _rest = _rest.Capacity > KeptCapacity ? new ArrayBufferWriter<byte>() : _rest;
        _rest.ResetWrittenCount();
        (_depth, _escapeLength, _inside) = (0, 0, Inside.Nothing);
        (_isNameNext, _isInData, _isAudioNext) = (false, false, false);
    }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="BadAnswerException">The music is not base64, or the rest too long.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = _inside switch
            {
                Inside.Nothing => bytes[AddStructure(bytes)..],
                Inside.Music => bytes[AddMusic(bytes)..],
                _ => bytes[AddText(bytes)..],
            };
        }
    }

    /// <summary>Between texts: one byte a step decides little, so whole runs go to the rest.</summary>
    private int AddStructure(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (count < bytes.Length && _inside == Inside.Nothing)
        {
            switch (bytes[count++])
            {
                case (byte)'{' or (byte)'[':
                    Open(bytes[count - 1] == '{');
                    break;
                case (byte)'}' or (byte)']':
                    _depth = Math.Max(0, _depth - 1);
                    (_isNameNext, _isAudioNext) = (false, false);
                    break;
                case (byte)',':
                    (_isNameNext, _isAudioNext) = (_isObject[_depth], false);
                    break;
                case (byte)'"':
                    _nameLength = 0;
                    _inside = _isNameNext ? Inside.Name : _isAudioNext ? Inside.Music : Inside.Text;
                    break;
            }
        }

        Keep(bytes[..count]);
        return count;
    }

    private void Open(bool isObject)
    {
        if (_depth == MaxDepth)
        {
            throw new BadAnswerException("an event that is nested too deeply");
        }

        _isObject[++_depth] = isObject;
        (_isNameNext, _isAudioNext) = (isObject, false);
    }

    /// <summary>A name, or a text that is not music, up to its closing mark.</summary>
    private int AddText(ReadOnlySpan<byte> bytes)
    {
        var count = 1;
        if (_escapeLength > 0)
        {
            _escapeLength = 0;
        }
        else
        {
            var end = bytes.IndexOfAny(EndsOfText);
            count = end < 0 ? bytes.Length : end + 1;
            if (end >= 0 && bytes[end] == '\\')
            {
                _escapeLength = 1;
            }
            else if (end >= 0)
            {
                EndText(bytes[..end]);
                Keep(bytes[..count]);
                return count;
            }
        }

        KeepName(bytes[..count]);
        Keep(bytes[..count]);
        return count;
    }

    private void EndText(ReadOnlySpan<byte> last)
    {
        if (_inside == Inside.Name)
        {
            KeepName(last);
            var name = NameOf(_name.AsSpan(0, _nameLength));
            _isNameNext = false;
            if (_depth == 1)
            {
                _isInData = name == DataField;
            }

            _isAudioNext = name == AudioField && (_depth == 1 || (_depth == 2 && _isInData));
        }

        _inside = Inside.Nothing;
    }

    private void KeepName(ReadOnlySpan<byte> bytes)
    {
        if (_inside != Inside.Name || _depth > 2)
        {
            return;
        }

        var kept = Math.Min(bytes.Length, LongestName - _nameLength);
        bytes[..kept].CopyTo(_name.AsSpan(_nameLength));
        _nameLength += kept;
    }

    /// <summary>The name, which may be written with escapes.</summary>
    private static string? NameOf(ReadOnlySpan<byte> raw)
    {
        try
        {
            var reader = new Utf8JsonReader((ReadOnlySpan<byte>)[(byte)'"', .. raw, (byte)'"']);
            return reader.Read() ? reader.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private int AddMusic(ReadOnlySpan<byte> bytes)
    {
        if (_escapeLength > 0)
        {
            _escape[_escapeLength++] = bytes[0];
            AddEscape();
            return 1;
        }

        var letters = Base64Blocks.LettersAtStart(bytes);
        _base64.Add(bytes[..letters]);
        if (letters == bytes.Length)
        {
            return letters;
        }

        switch (bytes[letters])
        {
            case (byte)'"':
                _base64.End();
                _inside = Inside.Nothing;
                Keep("\""u8);
                break;
            case (byte)'\\':
                _escapeLength = 1;
                break;
            case (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)' ':
                // Several data lines are joined by line feeds.
                break;
            default:
                throw new BadAnswerException("music that is not readable (broken base64)");
        }

        return letters + 1;
    }

    private void AddEscape()
    {
        int letter = _escape[1];
        if (letter == 'u')
        {
            if (_escapeLength < 6)
            {
                return;
            }

            letter = int.TryParse(_escape.AsSpan(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? code : 0;
        }
        else if (letter is 'n' or 'r' or 't')
        {
            letter = ' ';
        }

        _escapeLength = 0;
        if (letter is not (' ' or '\n' or '\r' or '\t'))
        {
            Span<byte> one = [letter < 128 ? (byte)letter : (byte)0];
            if (Base64Blocks.LettersAtStart(one) == 0)
            {
                throw new BadAnswerException("music that is not readable (broken base64)");
            }

            _base64.Add(one);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_rest.WrittenCount + bytes.Length > MaxBytes)
        {
            throw new BadAnswerException("an event that is longer than any should be");
        }

        _rest.Write(bytes);
    }
}
