using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Sends an answer: late, at a pace, and only as far as its fault lets it.</summary>
internal sealed class AnswerBody(HttpContext context, RecordedCall call, Fault fault, SimulatorOptions options, TimeProvider time)
{
    private const int UnpacedWrite = 128 * 1024;

    private readonly double _pace = fault.Pace ?? options.Pace;
    private long _begun;
    private double _playedMs;

    /// <summary>What goes wrong in this answer.</summary>
    public Fault Fault => fault;

    /// <summary>Waits for the latency and sends the headers.</summary>
    public async Task BeginAsync(string contentType, params IEnumerable<(string Name, string Value)> headers)
    {
        var latency = fault.LatencyMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : options.Latency;
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, time, context.RequestAborted);
        }

        if (fault is { Kind: FaultKind.Reset or FaultKind.Close, At: null })
        {
            await CutAsync();
        }

        context.Response.ContentType = fault.ContentType ?? contentType;
        context.Response.StatusCode = call.Status = fault.Status ?? StatusCodes.Status200OK;
        foreach (var (name, value) in headers.Where(header => !fault.Omits(header.Name)))
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        _begun = time.GetTimestamp();
    }

    /// <summary>Sends bytes at once.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (fault.At - call.BytesSent is { } left && left < bytes.Length && fault.Kind is FaultKind.Stall or FaultKind.Reset or FaultKind.Close or FaultKind.Truncate)
        {
            await SendAsync(bytes[..(int)left]);
            await CutAsync();
        }

        await SendAsync(bytes);
    }

    /// <summary>Sends bytes that hold so much music, in small writes, at the pace of this answer.</summary>
    public async Task PlayAsync(ReadOnlyMemory<byte> bytes, int durationMs)
    {
        var size = _pace > 0 ? options.WriteSize : UnpacedWrite;
        for (var at = 0; at < bytes.Length; at += size)
        {
            var slice = bytes[at..Math.Min(at + size, bytes.Length)];
            await WriteAsync(slice);
            if (_pace > 0)
            {
                _playedMs += durationMs * (double)slice.Length / bytes.Length;
                var early = TimeSpan.FromMilliseconds(_playedMs / _pace) - time.GetElapsedTime(_begun);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, time, context.RequestAborted);
                }
            }
        }
    }

    /// <summary>All is sent. What was to happen behind the last byte happens now.</summary>
    public Task EndAsync() => fault is { At: not null, Kind: FaultKind.Stall or FaultKind.Reset or FaultKind.Close } ? CutAsync() : Task.CompletedTask;

    /// <summary>Ends the answer the way its fault says.</summary>
    /// <exception cref="AnswerCutException">The answer ends here.</exception>
    /// <exception cref="OperationCanceledException">The caller left an answer that stood still.</exception>
    public async Task CutAsync()
    {
        switch (fault.Kind)
        {
            case FaultKind.Stall:
                // Ends when the caller leaves.
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                break;
            case FaultKind.Reset:
                await new ClientConnection(context).ResetAsync();
                break;
            case FaultKind.Close:
                await new ClientConnection(context).CloseAsync();
                break;
        }

        throw new AnswerCutException();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        call.BytesSent += bytes.Length;
    }
}

/// <summary>An answer ended where its fault said.</summary>
internal sealed class AnswerCutException : Exception;
