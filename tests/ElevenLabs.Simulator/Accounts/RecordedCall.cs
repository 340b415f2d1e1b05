using System.Text.Json.Serialization;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator.Accounts;

/// <summary>A call that came in. In JSON: snake_case names and values.</summary>
public sealed record RecordedCall
{
    /// <summary>1, 2, 3, … over all keys, in the order in which they came.</summary>
    public required long Number { get; init; }

    /// <summary>"POST".</summary>
    public required string Method { get; init; }

    /// <summary>"/v1/music/detailed/stream".</summary>
    public required string Path { get; init; }

    /// <summary>The query's fields.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>The headers, without the key's value.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body: JSON as it came; of a form its fields and the files' names and sizes, as JSON; null for none.</summary>
    public string? Body { get; set; }

    /// <summary>Where it broke the contract; empty for a right call.</summary>
    public IReadOnlyList<Violation> Violations { get; set; } = [];

    /// <summary>The HTTP status answered; 0 when there was no answer (yet).</summary>
    public int Status { get; set; }

    /// <summary>What became of it.</summary>
    public CallOutcome Outcome { get; set; }

    /// <summary>The fault it met; null for none.</summary>
    public FaultKind? Fault { get; set; }

    /// <summary>Bytes of the answer's body that were sent.</summary>
    public long BytesSent { get; set; }

    /// <summary>Credits it was charged.</summary>
    public int Credits { get; set; }

    /// <summary>The song's id; null when no music was made.</summary>
    public string? SongId { get; set; }
}

/// <summary>What becomes of a call.</summary>
[JsonConverter(typeof(SnakeCaseConverter<CallOutcome>))]
public enum CallOutcome
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>Answered to the end.</summary>
    Answered,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Cut off by a fault.</summary>
    Cut,

    /// <summary>The caller went away.</summary>
    ClientClosed,
}
