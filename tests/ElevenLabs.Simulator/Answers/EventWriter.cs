using System.Text;
using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Writes server-sent events in one of the forms in which they may come.</summary>
internal sealed class EventWriter(AnswerBody body)
{
    private readonly string _end = body.Fault.LineEnd is LineEnd.Crlf ? "\r\n" : "\n";

    /// <summary>An event with JSON in it.</summary>
    public Task WriteAsync(string name, string json) => body.WriteAsync(Bytes(Front(name) + json + Back(name)));

    /// <summary>What stands before the JSON of an event.</summary>
    public string Front(string name) => Ping() + body.Fault.Events switch
    {
        EventForm.EventLine => $"event: {name}{_end}data: ",
        EventForm.EventLineAfterData => "data: ",
        _ => $$"""data: {"event":"{{name}}","data":""",
    };

    /// <summary>What stands behind it.</summary>
    public string Back(string name) => body.Fault.Events switch
    {
        EventForm.EventLine => _end + _end,
        EventForm.EventLineAfterData => $"{_end}event: {name}{_end}{_end}",
        _ => $"}}{_end}{_end}",
    };

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private string Ping() => body.Fault.Pings ? $": ping{_end}{_end}" : "";
}
