using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>
/// Reads the answer of <c>POST /v1/music/detailed</c>: a part of JSON and a part of music, in either order. The JSON is given as an
/// event of the name <see cref="Details"/>, the end of a body that is whole as <see cref="EventNames.Done"/>.
/// </summary>
internal sealed class MultipartAnswerReader(string boundary)
{
    /// <summary>The event that the JSON part is.</summary>
    public const string Details = "details";

    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Reads to the end.</summary>
    /// <param name="read">Reads the next bytes of the answer; 0 at its end.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="BadAnswerException">What came is no such body, or its JSON is none; thrown after all the music was given.</exception>
    public async IAsyncEnumerable<AnswerItem> ReadAsync(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        PartHead? part = null;
        BadAnswerException? fault = null;
        var isWhole = false;
        await foreach (var step in new MultipartReader(boundary, read).ReadAsync(ct))
        {
            if (step.Head is null && !step.IsEnd)
            {
                if (part is { IsAudio: true })
                {
                    yield return new AnswerItem.Audio(step.Bytes);
                }
                else if (part is { IsJson: true })
                {
                    Keep(step.Bytes.Span);
                }

                continue;
            }

            if (part is { IsJson: true })
            {
                if (TryParse(out var details))
                {
                    yield return new AnswerItem.Event(Details, details);
                }
                else
                {
                    fault = new BadAnswerException("details of the song that are not readable (broken JSON)");
                }
            }

            part = step.Head;
            isWhole = step.IsEnd;
        }

        if (!isWhole)
        {
            yield return new AnswerItem.CutOff();
        }

        if (fault is not null)
        {
            throw fault;
        }

        if (isWhole)
        {
            yield return new AnswerItem.Event(EventNames.Done, JsonElement.Parse("{}"));
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_json.WrittenCount + bytes.Length > EventJson.MaxBytes)
        {
            throw new BadAnswerException("details of the song that are longer than any should be");
        }

        _json.Write(bytes);
    }

    private bool TryParse(out JsonElement details)
    {
        try
        {
            details = JsonElement.Parse(_json.WrittenSpan);
            return true;
        }
        catch (JsonException)
        {
            details = default;
            return false;
        }
        finally
        {
            _json.ResetWrittenCount();
        }
    }
}
