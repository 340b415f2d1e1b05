using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.Crash;

/// <summary>A client that wants its song whatever happens: after each lost connection it comes back, to any node, and asks for what it has not heard.</summary>
/// <param name="port">Where a node is that may be alive.</param>
/// <param name="plan">What to render; its title tells this render from all others.</param>
/// <param name="seed">The seed.</param>
/// <param name="heard">Told each stage when it is first heard.</param>
internal sealed class StubbornClient(Func<int> port, JsonObject plan, int seed, Action<string> heard)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Repair = TimeSpan.FromSeconds(1);
    private static readonly string[] Stages = ["validating", "validated", "queued", "generating", "processing", "saving", "extracting", "complete"];

    private readonly List<string> _violations = [];
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _failed = [];
    private string _key = Guid.NewGuid().ToString("N");
    private int _percent;
    private string? _reason;

    /// <summary>The render, once it is known.</summary>
    public string? RenderId { get; private set; }

    /// <summary>The number of the last event heard.</summary>
    public long Sequence { get; private set; }

    /// <summary>Connections that were lost.</summary>
    public int Losses { get; private set; }

    /// <summary>The terminal message's type, or null.</summary>
    public string? End { get; private set; }

    /// <summary>What the server said of a failure.</summary>
    public string? Failure { get; private set; }

    /// <summary>How often it was told that the library takes nothing now, whether its render had begun or not.</summary>
    public int Refusals { get; private set; }

    /// <summary>Renders that ended with that word, after which it asked for another one.</summary>
    public IReadOnlyList<string> Failed => _failed;

    /// <summary>Gaps, repeats, steps back.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Goes on until there is a result, or an error.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (End is null)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await ListenAsync(ct);
            }
            catch (Exception exception) when (exception is IOException or WebSocketException or System.Net.Sockets.SocketException)
            {
                // The node is gone, or not there yet.
            }

            if (End == "error" && _reason is "library" or "catalogue")
            {
                AskAnew();
                await Task.Delay(Repair, ct);
            }
            else if (End is null)
            {
                Losses++;
                await Task.Delay(Pause, ct);
            }
        }
    }

    /// <summary>What a person does who is told that the disk is full: tries again later, and that is another render.</summary>
    private void AskAnew()
    {
        Refusals++;
        if (RenderId is not null)
        {
            _failed.Add(RenderId);
            _key = Guid.NewGuid().ToString("N");
        }

        _seen.Clear();
        (_percent, RenderId, Sequence, End) = (0, null, 0, null);
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var socket = await SocketClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port()), ct);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(Request()), ct);
        while (End is null && await socket.ReceiveAsync(ct) is { } message)
        {
            using var document = JsonDocument.Parse(message);
            Hear(document.RootElement);
        }
    }

    private JsonObject Request() => RenderId is { } id
        ? new JsonObject { ["type"] = "resume", ["render_id"] = id, ["after"] = Sequence }
        : new JsonObject { ["type"] = "render", ["composition_plan"] = plan.DeepClone(), ["generator"] = WitnessGenerator.GeneratorName, ["seed"] = seed, ["idempotency_key"] = _key };

    private void Hear(JsonElement message)
    {
        var type = message.GetProperty("type"u8).GetString();
        var sequence = message.TryGetProperty("sequence"u8, out var number) ? number.GetInt64() : 0;
        RenderId = message.TryGetProperty("render_id"u8, out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : RenderId;
        if (sequence > 0)
        {
            if (sequence != Sequence + 1)
            {
                _violations.Add($"{sequence} after {Sequence}");
            }

            Sequence = sequence;
        }

        if (type == "progress")
        {
            Hear(message.GetProperty("stage"u8).GetString()!, message.GetProperty("progress_percent"u8).GetInt32());
            return;
        }

        End = type;
        Failure = type == "error" ? message.GetProperty("message"u8).GetString() : null;
        _reason = message.TryGetProperty("details"u8, out var details) && details.ValueKind == JsonValueKind.Object && details.TryGetProperty("reason"u8, out var reason) ? reason.GetString() : null;
    }

    private void Hear(string stage, int percent)
    {
        if (stage == "connected")
        {
            return;
        }

        if (percent < _percent)
        {
            _violations.Add($"{stage}: {percent} after {_percent}");
        }

        var at = Array.IndexOf(Stages, stage);
        if (Stages[(at + 1)..].Any(_seen.Contains) || (!_seen.Add(stage) && stage is not ("queued" or "generating")))
        {
            _violations.Add($"{stage} once more, or too late");
        }

        _percent = percent;
        heard(stage);
    }
}
