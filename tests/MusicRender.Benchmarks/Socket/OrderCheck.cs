using System.Text.Json;

namespace MusicRender.Benchmarks.Socket;

/// <summary>
/// Checks that one socket's messages are those of the wire contract: each stage once at its percent and in order,
/// between them only <c>queued</c> and further <c>generating</c>, numbers without a gap, nothing falling, one result at
/// the end.
/// </summary>
internal sealed class OrderCheck
{
    private static readonly (string Stage, int Percent)[] Contract =
    [
        ("connected", 0), ("validating", 5), ("validated", 10), ("generating", 15),
        ("processing", 70), ("saving", 85), ("extracting", 95), ("complete", 100),
    ];

    private readonly bool _isNumbered;
    private readonly List<string> _violations = [];
    private int _at;
    private int _percent;
    private long _sequence;

    /// <param name="isNumbered">True when events must carry their sequence numbers.</param>
    public OrderCheck(bool isNumbered) => _isNumbered = isNumbered;

    /// <summary>What was wrong so far.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>The last message was the result.</summary>
    public bool HasResult { get; private set; }

    /// <summary>Takes the next message; gives its stage, "result", or "error: …".</summary>
    public string Add(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        var message = document.RootElement;
        if (HasResult)
        {
            _violations.Add("a message after the result");
        }

        var type = message.GetProperty("type"u8).GetString();
        if (type == "error")
        {
            return $"error: {message.GetProperty("message"u8).GetString()}";
        }

        CheckNumber(message, isConnected: _at == 0);
        if (type == "progress")
        {
            var stage = message.GetProperty("stage"u8).GetString()!;
            CheckStage(stage, message.GetProperty("progress_percent"u8).GetInt32());
            return stage;
        }

        HasResult = true;
        if (_at != Contract.Length)
        {
            _violations.Add($"the result after {Contract[Math.Max(0, _at - 1)].Stage}");
        }

        return "result";
    }

    private void CheckNumber(JsonElement message, bool isConnected)
    {
        if (_isNumbered && !isConnected && (!message.TryGetProperty("sequence"u8, out var sequence) || sequence.GetInt64() != ++_sequence))
        {
            _violations.Add($"not number {_sequence}");
        }
    }

    private void CheckStage(string stage, int percent)
    {
        if (percent < _percent)
        {
            _violations.Add($"{stage}: {percent} after {_percent}");
        }

        _percent = percent;
        var isBetween = _at > 0 && (stage, Contract[_at - 1].Stage) is ("queued", "validated") or ("generating", "generating");
        if (isBetween)
        {
            return;
        }

        if (_at == Contract.Length || Contract[_at] != (stage, percent))
        {
            _violations.Add($"{stage} at {percent} after {(_at == 0 ? "nothing" : Contract[_at - 1].Stage)}");
        }

        _at = Math.Min(Contract.Length, Math.Max(_at + 1, Array.FindIndex(Contract, known => known.Stage == stage) + 1));
    }
}
