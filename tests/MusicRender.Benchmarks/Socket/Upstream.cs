using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MusicRender.Benchmarks.Socket;

/// <summary>
/// The peer's upstream, a process of its own: <c>POST /v1/music/detailed</c> answered at once with the plan and silence,
/// as <c>multipart/mixed</c>.
/// </summary>
internal static class Upstream
{
    private const string Boundary = "musicrender-bench";

    /// <summary>Serves until the process is ended.</summary>
    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/alive", () => "ok");
        app.MapPost("/v1/music/detailed", AnswerAsync);
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        using var request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var plan = request.RootElement.GetProperty("composition_plan"u8);
        var durationMs = plan.GetProperty("sections"u8).EnumerateArray().Sum(section => section.GetProperty("duration_ms"u8).GetInt32());
        var audio = SilentMp3.Of(durationMs);
        var head = Encoding.UTF8.GetBytes(
            $"--{Boundary}\r\nContent-Type: application/json\r\n\r\n{{\"composition_plan\":{plan.GetRawText()},\"song_metadata\":{{\"title\":\"Silence\",\"genres\":[\"silence\"]}}}}\r\n"
            + $"--{Boundary}\r\nContent-Type: audio/mpeg\r\nContent-Disposition: attachment; filename=\"track.mp3\"\r\n\r\n");
        var tail = Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n");
        context.Response.ContentType = $"multipart/mixed; boundary={Boundary}";
        context.Response.ContentLength = head.Length + audio.Length + tail.Length;
        await context.Response.Body.WriteAsync(head, context.RequestAborted);
        await context.Response.Body.WriteAsync(audio, context.RequestAborted);
        await context.Response.Body.WriteAsync(tail, context.RequestAborted);
    }
}
