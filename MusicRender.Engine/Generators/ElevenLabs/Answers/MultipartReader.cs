using System.Runtime.CompilerServices;
using System.Text;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>What a part says of itself.</summary>
/// <param name="MediaType">As "application/json", in lower case; empty when it does not say.</param>
/// <param name="IsFile">True when it has a file name.</param>
internal sealed record PartHead(string MediaType, bool IsFile)
{
    /// <summary>True for music.</summary>
    public bool IsAudio => MediaType.StartsWith("audio/", StringComparison.Ordinal) || (IsFile && !IsJson);

    /// <summary>True for what is not music and can be read.</summary>
    public bool IsJson => MediaType.Contains("json", StringComparison.Ordinal);
}

/// <summary>A step through a multipart body: a part begins, or goes on, or the last part is at its end.</summary>
/// <param name="Head">The part's head when it begins; else null.</param>
/// <param name="Bytes">Its next bytes; used again after the next step.</param>
/// <param name="IsEnd">True for the last step of a body that is whole.</param>
internal readonly record struct MultipartStep(PartHead? Head, ReadOnlyMemory<byte> Bytes, bool IsEnd);

/// <summary>
/// Reads a multipart body (RFC 2046) from bytes that are cut anywhere, with bounded memory. Unlike the one of ASP.NET it takes
/// bodies whose lines end with a line feed alone.
/// </summary>
internal sealed class MultipartReader
{
    private const int BlockBytes = 32 * 1024;
    private const int MaxHeadBytes = 16 * 1024;
    private const int MaxBoundary = 200;

    private readonly Func<Memory<byte>, CancellationToken, ValueTask<int>> _read;
    private readonly byte[] _boundary;
    private readonly byte[] _delimiter;
    private readonly byte[] _block = new byte[BlockBytes];
    private bool _hasReturns;
    private int _start;
    private int _end;

    /// <param name="boundary">From the content type, without quotes.</param>
    /// <param name="read">Reads the next bytes of the body; 0 at its end.</param>
    public MultipartReader(string boundary, Func<Memory<byte>, CancellationToken, ValueTask<int>> read)
    {
        _read = read;
        _boundary = Encoding.UTF8.GetBytes("--" + boundary);
        _delimiter = [(byte)'\n', .. _boundary];
    }

    /// <summary>The boundary of a content type, with or without quotes; null when it has none that can be used.</summary>
    public static string? BoundaryOf(string? contentType)
    {
        const string Name = "boundary=";
        var at = contentType?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
        {
            return null;
        }

        var value = contentType![(at + Name.Length)..].Trim();
        var boundary = value is ['"', .. var quoted] ? quoted.Split('"')[0] : value.Split(';')[0].Trim();
        return boundary.Length is > 0 and <= MaxBoundary ? boundary : null;
    }

    /// <summary>Reads to the closing boundary. When the body stops before it, the steps end without one that says so.</summary>
    /// <exception cref="BadAnswerException">What came is no such body.</exception>
    public async IAsyncEnumerable<MultipartStep> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (!await SkipToFirstPartAsync(ct))
        {
            yield break;
        }

        while (true)
        {
            if (await ReadBoundaryEndAsync(ct) is not { } isLast)
            {
                yield break;
            }

            if (isLast)
            {
                yield return new MultipartStep(null, default, true);
                yield break;
            }

            if (await ReadHeadAsync(ct) is not { } head)
            {
                yield break;
            }

            yield return new MultipartStep(head, default, false);
            while (true)
            {
                var (bytes, border) = Find();
                if (bytes > 0)
                {
                    yield return new MultipartStep(null, _block.AsMemory(_start, bytes), false);
                }

                _start += bytes + border;
                if (border > 0)
                {
                    break;
                }

                if (!await FillAsync(ct))
                {
                    yield return new MultipartStep(null, _block.AsMemory(_start, _end - _start), false);
                    yield break;
                }
            }
        }
    }

    /// <summary>What stands before the first boundary means nothing. The boundary's own line tells how lines end.</summary>
    private async ValueTask<bool> SkipToFirstPartAsync(CancellationToken ct)
    {
        while (true)
        {
            var body = _block.AsSpan(_start, _end - _start);
            var at = body.StartsWith(_boundary) ? 0 : body.IndexOf(_delimiter) + 1;
            if (at > 0 || body.StartsWith(_boundary))
            {
                _start += at + _boundary.Length;
                return true;
            }

            if (!await FillAsync(ct))
            {
                return _end != _start ? throw new BadAnswerException("an answer without its boundary") : false;
            }
        }
    }

    /// <summary>The rest of a boundary's line: true when it closes the body, null when the body stops here.</summary>
    private async ValueTask<bool?> ReadBoundaryEndAsync(CancellationToken ct)
    {
        while (true)
        {
            var rest = _block.AsSpan(_start, _end - _start);
            if (rest.StartsWith("--"u8))
            {
                return true;
            }

            var end = rest.IndexOf((byte)'\n');
            if (end >= 0)
            {
                if (rest[..end].IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') >= 0)
                {
                    throw new BadAnswerException("an answer whose boundary is broken");
                }

                _hasReturns = rest[..end].EndsWith("\r"u8);
                _start += end + 1;
                return false;
            }

            if (!await FillAsync(ct))
            {
                return null;
            }
        }
    }

    private async ValueTask<PartHead?> ReadHeadAsync(CancellationToken ct)
    {
        var head = new PartHead("", false);
        for (var read = 0; read <= MaxHeadBytes;)
        {
            var end = _block.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end < 0)
            {
                if (!await FillAsync(ct))
                {
                    return null;
                }

                continue;
            }

            var line = Encoding.UTF8.GetString(_block, _start, end).TrimEnd('\r');
            _start += end + 1;
            read += end + 1;
            if (line.Length == 0)
            {
                return head;
            }

            head = line.Split(':', 2) switch
            {
                [var name, var value] when name.Trim().Equals("Content-Type", StringComparison.OrdinalIgnoreCase) => head with { MediaType = value.Split(';')[0].Trim().ToLowerInvariant() },
                [var name, var value] when name.Trim().Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase) => head with { IsFile = value.Contains("filename", StringComparison.OrdinalIgnoreCase) },
                _ => head,
            };
        }

        throw new BadAnswerException("an answer whose parts have no end of their heads");
    }

    /// <summary>How many bytes of the part are in the block for sure, and the length of the line end and boundary after them; 0 when that is not there yet.</summary>
    private (int Bytes, int Border) Find()
    {
        var rest = _block.AsSpan(_start, _end - _start);
        var at = rest.IndexOf(_delimiter);
        if (at < 0)
        {
            // The border may have begun, with a carriage return in front.
            return (Math.Max(0, rest.Length - _delimiter.Length), 0);
        }

        // Where lines end with a line feed alone, a carriage return before one belongs to the music.
        return _hasReturns && rest[..at].EndsWith("\r"u8) ? (at - 1, _delimiter.Length + 1) : (at, _delimiter.Length);
    }

    /// <summary>Reads more; false at the end of the body.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _block.AsSpan(_start, _end - _start).CopyTo(_block);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _block.Length)
        {
            throw new BadAnswerException("an answer whose boundary or heads have no end");
        }

        var read = await _read(_block.AsMemory(_end), ct);
        _end += read;
        return read > 0;
    }
}
