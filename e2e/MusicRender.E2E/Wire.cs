using System.Net;
using System.Net.Sockets;

namespace MusicRender.E2E;

/// <summary>The network between a browser and a studio, which can be cut, can go silent and can be slow.</summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly Task _accepting;
    private readonly Lock _lock = new();
    private readonly List<Task> _pumps = [];
    private CancellationTokenSource _cut = new();
    private volatile bool _isCut;

    /// <summary>Leads to a studio.</summary>
    public Wire(Uri studio)
    {
        _target = studio.Port;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>Where the browser finds the studio.</summary>
    public Uri Address { get; }

    /// <summary>How long everything takes on its way, each way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Nothing comes through any more, and everybody notices.</summary>
    public void Cut()
    {
        _isCut = true;
        _cut.Cancel();
    }

    /// <summary>It works again.</summary>
    public void Mend()
    {
        _cut.Dispose();
        _cut = new CancellationTokenSource();
        _isCut = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _cut.Cancel();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_pumps);
        _cut.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptTcpClientAsync(_end.Token);
                if (_isCut)
                {
                    browser.Dispose();
                    continue;
                }

                lock (_lock)
                {
                    _pumps.Add(ConnectAsync(browser, _cut.Token));
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The journey is over.
        }
    }

    private async Task ConnectAsync(TcpClient browser, CancellationToken cut)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cut);
        using (browser)
        using (var studio = new TcpClient())
        {
            try
            {
                await studio.ConnectAsync(IPAddress.Loopback, _target, cut);
                await Task.WhenAny(PumpAsync(browser.GetStream(), studio.GetStream(), either.Token), PumpAsync(studio.GetStream(), browser.GetStream(), either.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
            {
                // Either end is gone, or the wire is.
            }

            await either.CancelAsync();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken ct)
    {
        var way = System.Threading.Channels.Channel.CreateUnbounded<(DateTime Due, byte[] Bytes)>();
        var arriving = ArriveAsync(way.Reader, to, ct);
        var buffer = new byte[64 * 1024];
        try
        {
            int length;
            while ((length = await from.ReadAsync(buffer, ct)) > 0)
            {
                way.Writer.TryWrite((DateTime.UtcNow + Delay, buffer[..length]));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is over.
        }

        way.Writer.Complete();
        await arriving;
    }

    private static async Task ArriveAsync(System.Threading.Channels.ChannelReader<(DateTime Due, byte[] Bytes)> way, NetworkStream to, CancellationToken ct)
    {
        try
        {
            await foreach (var (due, bytes) in way.ReadAllAsync(ct))
            {
                if (due - DateTime.UtcNow is { Ticks: > 0 } left)
                {
                    await Task.Delay(left, ct);
                }

                await to.WriteAsync(bytes, ct);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The connection is over.
        }
    }
}
