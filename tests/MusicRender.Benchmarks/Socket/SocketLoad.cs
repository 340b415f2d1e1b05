using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;

namespace MusicRender.Benchmarks.Socket;

/// <summary>The load client, a process of its own: so many sessions at once, each the whole protocol, until all are done.</summary>
internal static class SocketLoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Runs sessions and writes what came of them to a file, as JSON. Arguments: PORT AT-ONCE TOTAL DURATION-MS NUMBERED FILE OUTPUT-FORMAT.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var server = new IPEndPoint(IPAddress.Loopback, Number(arguments[0]));
        var (atOnce, total) = (Number(arguments[1]), Number(arguments[2]));
        var request = RequestOf(Number(arguments[3]), arguments[6]);
        var isNumbered = bool.Parse(arguments[4]);
        var sessions = new Session[total];
        var next = -1;
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            for (int at; (at = Interlocked.Increment(ref next)) < total;)
            {
                sessions[at] = await RunOneAsync(server, request, isNumbered);
            }
        }));
        var outcome = new LoadOutcome(
            Stopwatch.GetElapsedTime(since).TotalSeconds,
            sessions.Count(session => session.Error is null),
            [.. sessions.Select(session => session.Error).OfType<string>().GroupBy(error => error).Select(group => $"{group.Count()} × {group.Key}")],
            sessions.Sum(session => session.Violations.Count),
            [.. sessions.SelectMany(session => session.Violations).Distinct().Take(5)],
            Quantiles.Of(sessions.Where(session => session.Error is null).Select(session => session.ConnectedMs)),
            Quantiles.Of(sessions.Where(session => session.Error is null).Select(session => session.ResultMs)),
            Environment.CpuUsage.TotalTime.TotalSeconds);
        await File.WriteAllTextAsync(arguments[5], JsonSerializer.Serialize(outcome));
    }

    private static async Task<Session> RunOneAsync(IPEndPoint server, byte[] request, bool isNumbered)
    {
        using var patience = new CancellationTokenSource(Patience);
        var check = new OrderCheck(isNumbered);
        var (connectedMs, resultMs, sentAt) = (0.0, 0.0, 0L);
        try
        {
            var since = Stopwatch.GetTimestamp();
            await using var client = await SocketClient.ConnectAsync(server, patience.Token);
            while (await client.ReceiveAsync(patience.Token) is { } message)
            {
                switch (check.Add(message))
                {
                    case "connected":
                        connectedMs = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                        sentAt = Stopwatch.GetTimestamp();
                        await client.SendAsync(request, patience.Token);
                        break;
                    case "result":
                        resultMs = Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds;
                        break;
                    case ['e', 'r', 'r', 'o', 'r', ':', ..] error:
                        return new Session(connectedMs, 0, error, check.Violations);
                }
            }

            var failure = !check.HasResult ? "closed before the result" : client.Closed != WebSocketCloseStatus.NormalClosure ? $"closed with {client.Closed}" : null;
            return new Session(connectedMs, resultMs, failure, check.Violations);
        }
        catch (Exception exception) when (exception is IOException or WebSocketException or System.Net.Sockets.SocketException or OperationCanceledException or JsonException)
        {
            return new Session(connectedMs, resultMs, exception.Message, check.Violations);
        }
    }

    private static byte[] RequestOf(int durationMs, string outputFormat) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "render",
        output_format = outputFormat,
        composition_plan = new
        {
            title = "Harbour at first light",
            positive_global_styles = LoadPlan.Styles,
            negative_global_styles = LoadPlan.Unwanted,
            sections = LoadPlan.Sections(durationMs).Select(section => new
            {
                section_name = section.Name,
                positive_local_styles = new[] { "soft vocals", "acoustic guitar" },
                negative_local_styles = Array.Empty<string>(),
                duration_ms = section.DurationMs,
                lines = LoadPlan.Lines,
            }),
        },
    });

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Session(double ConnectedMs, double ResultMs, string? Error, IReadOnlyList<string> Violations);
}

/// <summary>What came of a load.</summary>
/// <param name="Seconds">Wall time of all sessions.</param>
/// <param name="Succeeded">Sessions that got their result and a normal close.</param>
/// <param name="Errors">What went wrong in the others.</param>
/// <param name="Violations">Breaches of the order of messages.</param>
/// <param name="ViolationExamples">Some of them.</param>
/// <param name="Connected">Connect → connected, ms.</param>
/// <param name="Result">Request → result, ms.</param>
/// <param name="ClientCpuSeconds">What the client itself used.</param>
internal sealed record LoadOutcome(
    double Seconds,
    int Succeeded,
    IReadOnlyList<string> Errors,
    int Violations,
    IReadOnlyList<string> ViolationExamples,
    Quantiles Connected,
    Quantiles Result,
    double ClientCpuSeconds);
