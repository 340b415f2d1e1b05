using System.Net.Http.Json;
using System.Text.Json;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Api;
using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator;

/// <summary>Steers a simulator, in this process or in another.</summary>
/// <param name="address">Where it is.</param>
public sealed class SimulatorClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Lets the next calls of a key meet these faults, one after the other.</summary>
    /// <exception cref="HttpRequestException">The simulator refused them.</exception>
    public async Task FailNextAsync(string key, params Fault[] faults)
    {
        using var response = await SendAsync(HttpMethod.Post, "simulator/faults", key, faults);
    }

    /// <summary>Takes back what a key was still to meet.</summary>
    public async Task ClearFaultsAsync(string key)
    {
        using var response = await SendAsync(HttpMethod.Delete, "simulator/faults", key);
    }

    /// <summary>Sets the credits or the limit of a key's account.</summary>
    public async Task SetAccountAsync(string key, AccountSettings settings)
    {
        using var response = await SendAsync(HttpMethod.Post, "simulator/account", key, settings);
    }

    /// <summary>The calls of a key, or of all, in the order in which they came.</summary>
    public async Task<IReadOnlyList<RecordedCall>> CallsAsync(string? key = null)
    {
        using var response = await SendAsync(HttpMethod.Get, "simulator/calls", key);
        return (await response.Content.ReadFromJsonAsync<List<RecordedCall>>(ControlApi.Json))!;
    }

    /// <summary>Forgets the calls of a key, or of all.</summary>
    public async Task ForgetCallsAsync(string? key = null)
    {
        using var response = await SendAsync(HttpMethod.Delete, "simulator/calls", key);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Add("xi-api-key", key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body, body.GetType(), ControlApi.Json));
        }

        var response = await _http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The simulator refused {method} {path}: {await response.Content.ReadAsStringAsync()}", null, response.StatusCode);
        }

        return response;
    }
}
