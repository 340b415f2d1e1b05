using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace ElevenLabs.Simulator.Answers;

/// <summary>Breaks connections the way networks do.</summary>
internal sealed class ClientConnection(HttpContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket? _socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;

    /// <summary>Resets it, when everything sent so far has arrived: a reset overtakes what is still under way.</summary>
    public async Task ResetAsync()
    {
        for (var waited = TimeSpan.Zero; waited < Patience && IsAnythingUnderWay(); waited += TimeSpan.FromMilliseconds(1))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), context.RequestAborted);
        }

        _socket?.LingerState = new LingerOption(true, 0);
        context.Abort();
    }

    /// <summary>Closes it in the middle of the answer, and waits until the caller has seen it.</summary>
    public async Task CloseAsync()
    {
        _socket?.Shutdown(SocketShutdown.Send);
        try
        {
            await Task.Delay(Patience, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has left.
        }

        context.Abort();
    }

    /// <summary>Linux only: elsewhere nobody says.</summary>
    private bool IsAnythingUnderWay()
    {
        // struct tcp_info of linux/tcp.h: packets not acknowledged, bytes not sent.
        const int Tcp = 6, TcpInfo = 11, Unacknowledged = 24, NotSent = 144;
        if (_socket is null || !OperatingSystem.IsLinux())
        {
            return false;
        }

        var info = new byte[256];
        var length = _socket.GetRawSocketOption(Tcp, TcpInfo, info);
        return length >= NotSent + 4 && (BinaryPrimitives.ReadUInt32LittleEndian(info.AsSpan(Unacknowledged)) > 0 || BinaryPrimitives.ReadUInt32LittleEndian(info.AsSpan(NotSent)) > 0);
    }
}
