using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace MusicRender.E2E;

/// <summary>The other door to the same program: what its REST addresses say of a render or a track.</summary>
public sealed class StudioApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMilliseconds(2 * Studio.RenderPatience) };

    /// <summary>Where a render stands.</summary>
    public async Task<JsonObject> RenderAsync(string id) => (await _http.GetFromJsonAsync<JsonObject>($"/renders/{id}"))!;

    /// <summary>All messages of a render, until its last.</summary>
    public async Task<IReadOnlyList<JsonObject>> EventsAsync(string id)
    {
        await using var stream = await _http.GetStreamAsync($"/renders/{id}/events");
        var messages = new List<JsonObject>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
        {
            messages.Add(JsonNode.Parse(item.Data)!.AsObject());
        }

        return messages;
    }

    /// <summary>The waveform of a track.</summary>
    public async Task<double[]> PeaksAsync(string id) =>
        [.. (await _http.GetFromJsonAsync<JsonObject>($"/tracks/{id}/peaks"))!["peaks"]!.AsArray().Select(peak => (double)peak!)];

    /// <summary>A track.</summary>
    public async Task<JsonObject> TrackAsync(string id) => (await _http.GetFromJsonAsync<JsonObject>($"/tracks/{id}"))!;

    /// <summary>How many tracks there are with these words.</summary>
    public async Task<int> CountAsync(string words) =>
        (int)(await _http.GetFromJsonAsync<JsonObject>($"/tracks?query={Uri.EscapeDataString(words)}"))!["total"]!;

    /// <summary>Renders a plan outside of the studio.</summary>
    /// <returns>The result.</returns>
    public async Task<JsonObject> MakeTrackAsync(string title, int sectionMs = 3_000, int sections = 1)
    {
        var names = sections == 1 ? ["Verse"] : Enumerable.Range(1, sections).Select(number => $"Part {number}").ToArray();
        using var response = await _http.PostAsJsonAsync("/render", Plans.Of(title, sectionMs, names));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
