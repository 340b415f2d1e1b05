using System.Buffers;
using System.Buffers.Text;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>Decodes one base64 text that comes in pieces, cut anywhere. Up to three letters wait for their fourth.</summary>
internal sealed class Base64Blocks(DecodedAudio output)
{
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private readonly byte[] _waiting = new byte[4];
    private int _count;
    private bool _isPadded;

    /// <summary>How many of the first bytes are letters of base64.</summary>
    public static int LettersAtStart(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAnyExcept(Letters);
        return end < 0 ? bytes.Length : end;
    }

    /// <summary>Decodes letters.</summary>
    /// <exception cref="BadAnswerException">They are not base64; what could be decoded before is in the output.</exception>
    public void Add(ReadOnlySpan<byte> letters)
    {
        if (_count > 0 && letters.Length > 0)
        {
            var taken = Math.Min(4 - _count, letters.Length);
            letters[..taken].CopyTo(_waiting.AsSpan(_count));
            _count += taken;
            letters = letters[taken..];
            if (_count == 4)
            {
                _count = 0;
                Decode(_waiting);
            }
        }

        var whole = letters.Length & ~3;
        Decode(letters[..whole]);
        letters[whole..].CopyTo(_waiting.AsSpan(_count));
        _count += letters.Length - whole;
    }

    /// <summary>The text is at its end; another one may follow.</summary>
    /// <exception cref="BadAnswerException">Letters are missing.</exception>
    public void End()
    {
        if (_count != 0)
        {
            throw Broken();
        }

        _isPadded = false;
    }

    private void Decode(ReadOnlySpan<byte> quads)
    {
        if (quads.Length == 0)
        {
            return;
        }

        if (_isPadded)
        {
            throw Broken();
        }

        var status = Base64.DecodeFromUtf8(quads, output.Free, out _, out var written);
        output.Added(written);
        if (status != OperationStatus.Done)
        {
            throw Broken();
        }

        _isPadded = quads[^1] == '=';
    }

    private static BadAnswerException Broken() => new("music that is not readable (broken base64)");
}
