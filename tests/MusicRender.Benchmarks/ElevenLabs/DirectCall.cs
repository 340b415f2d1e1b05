using System.Diagnostics;
using System.Text.Json;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Socket;

namespace MusicRender.Benchmarks.ElevenLabs;

/// <summary>The floor: the upstream's streaming call made by a plain client that reads the answer and keeps nothing.</summary>
internal sealed class DirectCall : IDisposable
{
    private static readonly byte[] AudioBegins = "\"audio_base64\":\""u8.ToArray();

    private readonly HttpClient _http;
    private readonly byte[] _body;

    /// <param name="upstream">Where it is.</param>
    /// <param name="durationMs">Music to ask for.</param>
    public DirectCall(Uri upstream, int durationMs)
    {
        _http = new HttpClient { BaseAddress = upstream, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Add("xi-api-key", SimulatorServer.Key);
        _body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            model_id = "music_v2",
            with_timestamps = true,
            seed = 1,
            composition_plan = new
            {
                chunks = LoadPlan.Sections(durationMs).Select(section => new
                {
                    text = $"[{section.Name}]\n{string.Join('\n', LoadPlan.Lines)}",
                    positive_styles = LoadPlan.Styles,
                    negative_styles = LoadPlan.Unwanted,
                    duration_ms = section.DurationMs,
                    context_adherence = "high",
                }),
            },
        });
    }

    /// <summary>Makes the call.</summary>
    /// <returns>Milliseconds to the first byte of audio and to the end.</returns>
    public async Task<(double FirstSoundMs, double EndMs)> RunAsync(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/music/detailed/stream?output_format=auto") { Content = new ByteArrayContent(_body) };
        request.Content.Headers.ContentType = new("application/json");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[64 * 1024];
        var (kept, firstSound) = (0, 0.0);
        for (int read; (read = await stream.ReadAsync(buffer.AsMemory(kept), ct)) > 0;)
        {
            if (firstSound > 0)
            {
                continue;
            }

            var filled = kept + read;
            var at = buffer.AsSpan(0, filled).IndexOf(AudioBegins);
            if (at >= 0 && at + AudioBegins.Length < filled)
            {
                firstSound = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                kept = 0;
                continue;
            }

            // What may be the beginning of it stays.
            kept = Math.Min(filled, AudioBegins.Length);
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
        }

        return (firstSound, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }

    public void Dispose() => _http.Dispose();
}
