using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.RenderSocket;

/// <summary>
/// One socket: one loop receives, one flow sends. A client that goes away does not stop its render. After the first
/// request only <c>cancel</c> is heard; anything else is passed over, for the request already has its one answer.
/// </summary>
internal sealed partial class RenderConnection(
    WebSocket socket,
    IRenderJobs jobs,
    RenderSocketOptions options,
    TimeProvider time,
    string requestId,
    string? client,
    ILogger<RenderConnection> logger) : IDisposable
{
    /// <summary>A slow client has the last message still before it. One that is gone shows sooner, by not answering pings.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(20);

    /// <summary>1012 of the registry of close codes: come back, here or to another node, and go on.</summary>
    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;

    private readonly TaskCompletionSource<ClientRequest?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _gone = new();
    private readonly ArrayBufferWriter<byte> _message = new(512);
    private RenderId? _render;
    private bool _isCancelWanted;
    private bool _hasPassedOver;
    private bool _goesOn;

    /// <summary>Serves the client until it has its answer or is gone.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token, stopping);
        var receiving = ReceiveAsync();
        try
        {
            await SendAsync(new ProgressMessage { Stage = "connected", ProgressPercent = 0, Message = "Connected. Send composition plan to begin rendering.", Timestamp = time.GetUtcNow() }, ends.Token);
            var first = await FirstRequestAsync(stopping);
            stopping.ThrowIfCancellationRequested();
            await AnswerAsync(first, ends.Token);
            await CloseAsync(receiving, _goesOn ? ServiceRestart : WebSocketCloseStatus.NormalClosure);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            if (stopping.IsCancellationRequested && socket.State == WebSocketState.Open)
            {
                await LeaveAsync(receiving);
            }
            else
            {
                Log.Gone(logger, requestId);
                await AnswerCloseAsync();
            }
        }
        catch (Exception exception)
        {
            Log.Bug(logger, requestId, exception);
            await GiveUpAsync(receiving, RenderFailure.Server($"Something went wrong inside MusicRender. The server's log has the details of request {requestId}.", "internal"));
        }
        finally
        {
            if (!receiving.IsCompleted)
            {
                socket.Abort();
            }

            await receiving;
        }
    }

    public void Dispose() => _gone.Dispose();

    /// <summary>What was asked, even by a client that is gone by now; null when it went without asking.</summary>
    private async Task<ClientRequest?> FirstRequestAsync(CancellationToken stopping)
    {
        try
        {
            return await _first.Task.WaitAsync(options.FirstMessageTimeout, time, stopping);
        }
        catch (TimeoutException)
        {
            return new ClientRequest.Invalid($"Nothing was sent within {options.FirstMessageTimeout.TotalSeconds:0} seconds.");
        }
    }

    private async Task AnswerAsync(ClientRequest? request, CancellationToken ct)
    {
        switch (request)
        {
            case ClientRequest.Render render:
                await RenderAsync(render.Plan, render.IdempotencyKey, ct);
                break;
            case ClientRequest.Resume resume when resume.Id is { } id && await jobs.FindAsync(id, ct) is not null:
                await FollowAsync(id, resume.After, ct);
                break;
            case ClientRequest.Resume:
                await SendErrorAsync("There is no render of that id.", ct);
                break;
            case ClientRequest.Cancel:
                await SendErrorAsync("There is nothing to cancel: send a \"render\" or \"resume\" message first.", ct);
                break;
            case ClientRequest.Invalid invalid:
                await SendErrorAsync(invalid.Message, ct);
                break;
        }
    }

    private async Task RenderAsync(PlanReading plan, string? key, CancellationToken ct)
    {
        // A client that goes away right behind its request still finds the track in the library.
        var start = plan.Composition is null
            ? RenderStart.Refused(RenderFailure.Invalid(plan.Problems))
            : await jobs.StartAsync(new RenderRequest { Composition = plan.Composition, Options = plan.Options, Song = plan.Song, RequestId = requestId, Client = client, IdempotencyKey = key }, CancellationToken.None);
        if (start.Failure is { } failure)
        {
            await SendAsync(new ProgressMessage { Stage = "validating", ProgressPercent = 5, Message = "Validating composition plan...", Timestamp = time.GetUtcNow() }, ct);
            await SendAsync(failure.ToMessage(time.GetUtcNow()), ct);
            return;
        }

        await FollowAsync(start.Id, 0, ct);
    }

    private async Task FollowAsync(RenderId id, long after, CancellationToken ct)
    {
        bool isCancelWanted;
        lock (_first)
        {
            _render = id;
            isCancelWanted = _isCancelWanted;
        }

        if (isCancelWanted)
        {
            // The client may be gone by now: its wish stays.
            await CancelAsync(id);
        }

        // A log that ends without an end goes on somewhere else, or later.
        _goesOn = true;
        await foreach (var entry in jobs.WatchAsync(id, after, ct))
        {
            await SendAsync(entry.ToMessage(id), ct);
            _goesOn = !entry.IsTerminal;
        }
    }

    private Task SendErrorAsync(string message, CancellationToken ct) =>
        SendAsync(new RenderFailure(FailureCode.InvalidRequest, message).ToMessage(time.GetUtcNow()), ct);

    private async Task SendAsync(RenderMessage message, CancellationToken ct)
    {
        _message.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_message, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, message, WireJson.Wire.RenderMessage);
        }

        await socket.SendAsync(_message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, ct);
    }

    /// <summary>Closes; a client that does not answer the close in time is cut off.</summary>
    private async Task CloseAsync(Task receiving, WebSocketCloseStatus status)
    {
        using var bounded = new CancellationTokenSource(CloseTimeout, time);
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(status, null, bounded.Token);
        }

        await receiving.WaitAsync(bounded.Token);
    }

    /// <summary>The last word of a server that cannot go on, as far as somebody is there to hear it.</summary>
    private async Task GiveUpAsync(Task receiving, RenderFailure failure)
    {
        using var bounded = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            await SendAsync(failure.ToMessage(time.GetUtcNow()) with { RenderId = _render?.Value }, bounded.Token);
            await CloseAsync(receiving, WebSocketCloseStatus.NormalClosure);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            Log.Lost(logger, requestId, exception.Message);
        }
    }

    /// <summary>The server stops: the render goes on elsewhere, or when the server is back, so no message says that it ended.</summary>
    private async Task LeaveAsync(Task receiving)
    {
        try
        {
            await CloseAsync(receiving, ServiceRestart);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
        {
            Log.Lost(logger, requestId, exception.Message);
        }
    }

    /// <summary>A client that closed politely gets its close answered.</summary>
    private async Task AnswerCloseAsync()
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            using var bounded = new CancellationTokenSource(CloseTimeout, time);
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, bounded.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or IOException)
            {
                Log.Lost(logger, requestId, exception.Message);
            }
        }
    }

    /// <summary>Receives until the client closes or is gone. Never throws.</summary>
    private async Task ReceiveAsync()
    {
        using var messages = new MessageReader(socket, options.MaxMessageBytes);
        try
        {
            while (await messages.NextAsync(isFirst: !_first.Task.IsCompleted, tooLarge => _first.TrySetResult(tooLarge)) is { } request)
            {
                await HeardAsync(request);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            Log.Lost(logger, requestId, exception.Message);
        }
        finally
        {
            _first.TrySetResult(null);
            await _gone.CancelAsync();
        }
    }

    private async Task HeardAsync(ClientRequest request)
    {
        if (_first.TrySetResult(request))
        {
            return;
        }

        if (request is not ClientRequest.Cancel)
        {
            // Once: a client must not be able to fill the log.
            if (!_hasPassedOver)
            {
                Log.PassedOver(logger, requestId);
                _hasPassedOver = true;
            }

            return;
        }

        RenderId? render;
        lock (_first)
        {
            _isCancelWanted = true;
            render = _render;
        }

        if (render is { } id)
        {
            await CancelAsync(id);
        }
    }

    private async Task CancelAsync(RenderId id)
    {
        try
        {
            await jobs.CancelAsync(id, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The render's own events go on telling the truth.
            Log.Bug(logger, requestId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4, LogLevel.Error, "Socket {RequestId}: a bug.")]
        public static partial void Bug(ILogger logger, string requestId, Exception exception);

        [LoggerMessage(1, LogLevel.Debug, "Socket {RequestId}: the client went away before its answer was complete; its render goes on.")]
        public static partial void Gone(ILogger logger, string requestId);

        [LoggerMessage(2, LogLevel.Debug, "Socket {RequestId}: lost. {Reason}")]
        public static partial void Lost(ILogger logger, string requestId, string reason);

        [LoggerMessage(3, LogLevel.Information, "Socket {RequestId}: a further message was passed over; a socket takes one request. Others are passed over without a line.")]
        public static partial void PassedOver(ILogger logger, string requestId);
    }
}
