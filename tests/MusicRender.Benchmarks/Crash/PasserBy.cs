using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.Crash;

/// <summary>Somebody who finishes nothing: opens pages, begins a render and cancels it, listens to a moment of it, holds sockets and drops them without a word.</summary>
/// <param name="port">Where a node is.</param>
/// <param name="nodes">How many there are.</param>
/// <param name="number">Its seed.</param>
internal sealed class PasserBy(Func<int, int> port, int nodes, int number)
{
    private const int Sockets = 20;
    private static readonly string[] Pages = ["/", "/tracks", "/renders", "/queue", "/library", "/health"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly Random _random = new(number);

    /// <summary>Goes on until it is stopped. That a node is not there now is nothing special.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var node = port(_random.Next(nodes));
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await (_random.Next(3) switch
                {
                    0 => ReadAsync(node, patience.Token),
                    1 => BeginAsync(node, patience.Token),
                    _ => HoldAsync(node, patience.Token),
                });
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or WebSocketException or System.Net.Sockets.SocketException or OperationCanceledException or JsonException)
            {
                // Killed meanwhile.
            }

            await Task.Delay(Rest, CancellationToken.None);
        }
    }

    private static async Task ReadAsync(int node, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = MusicRenderServer.Address(node) };
        foreach (var page in Pages)
        {
            using var response = await http.GetAsync(new Uri(page, UriKind.Relative), ct);
        }
    }

    private async Task BeginAsync(int node, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = MusicRenderServer.Address(node) };
        var body = new JsonObject { ["composition_plan"] = Crowd.Plan(0, $"Passing-{Guid.NewGuid():N}"), ["generator"] = WitnessGenerator.GeneratorName };
        using var begun = await http.PostAsJsonAsync("/renders", body, ct);
        if (begun.StatusCode != HttpStatusCode.Accepted)
        {
            return;
        }

        var id = (await begun.Content.ReadFromJsonAsync<JsonObject>(ct))!["id"]!.GetValue<string>();
        if (_random.Next(2) == 0)
        {
            // A moment of it, and away in the middle.
            using var live = await http.GetAsync(new Uri($"/render/live/{id}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);
            await using var sound = await live.Content.ReadAsStreamAsync(ct);
            await sound.ReadAtLeastAsync(new byte[4_096], 1, throwOnEndOfStream: false, ct);
        }

        using var cancelled = await http.PostAsync(new Uri($"/renders/{id}/cancel", UriKind.Relative), null, ct);
    }

    private static async Task HoldAsync(int node, CancellationToken ct)
    {
        var address = new IPEndPoint(IPAddress.Loopback, node);
        var held = new List<SocketClient>();
        try
        {
            for (var socket = 0; socket < Sockets; socket++)
            {
                held.Add(await SocketClient.ConnectAsync(address, ct));
                await held[^1].ReceiveAsync(ct);
            }
        }
        finally
        {
            foreach (var socket in held)
            {
                await socket.DisposeAsync();
            }
        }
    }
}
