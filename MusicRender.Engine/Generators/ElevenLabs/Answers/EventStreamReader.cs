using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>
/// Reads the answer of <c>POST /v1/music/detailed/stream</c> with bounded memory: music is given on as it comes, whatever the length
/// of its event. Events may have their name on the <c>event:</c> line or around their data (<c>{"event":"…","data":{…}}</c>).
/// </summary>
internal sealed class EventStreamReader : IEventSink
{
    private const int FirstBlock = 16 * 1024;

    /// <summary>Where the answer comes faster than it is taken: a step costs as much for a little as for a lot.</summary>
    private const int LargeBlock = 128 * 1024;

    private readonly DecodedAudio _audio = new();
    private readonly List<AnswerItem> _items = [];
    private readonly EventJson _json;
    private readonly EventStreamParser _parser;
    private string _name = "";
    private int _given;
    private BadAnswerException? _fault;

    public EventStreamReader()
    {
        _json = new EventJson(_audio);
        _parser = new EventStreamParser(this);
    }

    /// <summary>
    /// Reads to the end. What came before broken music is given before that is thrown; an event that is not readable is passed
    /// over and thrown at the end, for the music after it may be paid for.
    /// </summary>
    /// <param name="read">Reads the next bytes of the answer; 0 at its end.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="BadAnswerException">What came is no event stream, its music no base64, or an event no JSON.</exception>
    public async IAsyncEnumerable<AnswerItem> ReadAsync(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        var block = ArrayPool<byte>.Shared.Rent(FirstBlock);
        try
        {
            for (var isAtEnd = false; !isAtEnd;)
            {
                var count = await read(block, ct);
                isAtEnd = count == 0;
                // Four letters are three bytes; three letters may have waited.
                _audio.Clear((count / 4 * 3) + 4);
                _given = 0;
                var fault = Parse(block.AsSpan(0, count), isAtEnd);
                foreach (var item in _items)
                {
                    yield return item;
                }

                _items.Clear();
                if (fault is not null)
                {
                    throw fault;
                }

                if (count == block.Length && count < LargeBlock)
                {
                    ArrayPool<byte>.Shared.Return(block);
                    block = ArrayPool<byte>.Shared.Rent(LargeBlock);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            _audio.GiveBack();
        }

        if (_fault is not null)
        {
            throw _fault;
        }
    }

    void IEventSink.Name(string name) => _name = name;

    void IEventSink.Data(ReadOnlySpan<byte> bytes)
    {
        if (IsWanted)
        {
            _json.Add(bytes);
        }
    }

    void IEventSink.EndEvent(bool isAtEndOfStream)
    {
        GiveAudio();
        if (IsWanted)
        {
            EndWanted(isAtEndOfStream);
        }

        _name = "";
        _json.Clear();
    }

    /// <summary>What comes before its name may be anything.</summary>
    private bool IsWanted => EventNames.IsNone(_name) || EventNames.IsKnown(_name);

    private BadAnswerException? Parse(ReadOnlySpan<byte> bytes, bool isAtEnd)
    {
        try
        {
            _parser.Add(bytes);
            if (isAtEnd)
            {
                _parser.End();
            }

            GiveAudio();
            return null;
        }
        catch (BadAnswerException exception)
        {
            GiveAudio();
            return exception;
        }
    }

    private void EndWanted(bool isAtEndOfStream)
    {
        if (isAtEndOfStream && !_json.IsWhole)
        {
            _items.Add(new AnswerItem.CutOff());
            return;
        }

        JsonElement data;
        try
        {
            data = JsonElement.Parse(_json.Rest.Span);
        }
        catch (JsonException)
        {
            if (_name == EventNames.Error)
            {
                // An error that is only told in words.
                _items.Add(new AnswerItem.Event(_name, JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(_json.Rest.Span))));
                return;
            }

            _fault ??= new BadAnswerException("an event that is not readable (broken JSON)");
            return;
        }

        _items.Add(Unwrapped(data));
    }

    /// <summary>The event with its name, wherever that stands; when it stands nowhere, its fields tell what it is.</summary>
    private AnswerItem.Event Unwrapped(JsonElement data)
    {
        if (UpstreamJson.Text(data, "event") is { } name && UpstreamJson.Field(data, "data") is { } wrapped)
        {
            return new AnswerItem.Event(name, wrapped);
        }

        return new AnswerItem.Event(
            !EventNames.IsNone(_name) ? _name
                : UpstreamJson.Field(data, "audio_base64") is not null ? EventNames.AudioChunk
                : (UpstreamJson.Field(data, "error") ?? UpstreamJson.Field(data, "detail")) is not null ? EventNames.Error
                : "",
            data);
    }

    private void GiveAudio()
    {
        if (_audio.Length > _given)
        {
            _items.Add(new AnswerItem.Audio(_audio.From(_given)));
            _given = _audio.Length;
        }
    }
}
