using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MusicRender.Web.Components.Player;

/// <summary>The browser's half of a component: a module whose <c>create</c> takes an element and whatever else it needs, and gives an object with <c>dispose</c>.</summary>
/// <param name="address">The module's address.</param>
internal sealed class ScriptPart(string address) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _part;
    private bool _isDisposed;

    /// <summary>Starts the browser's half. Call it after the first render.</summary>
    internal async Task StartAsync(IJSRuntime js, ElementReference element, params object?[] more)
    {
        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", address);
            if (!_isDisposed)
            {
                _part = await _module.InvokeAsync<IJSObjectReference>("create", [element, .. more]);
            }

            if (_isDisposed)
            {
                await StopAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its half with it.
        }
    }

    /// <summary>Calls the browser's half; nothing happens when it is not there, yet or any more.</summary>
    /// <returns>What it says; the default when it is not there.</returns>
    internal async Task<T?> CallAsync<T>(string function, params object?[] arguments)
    {
        try
        {
            return _part is { } part ? await part.InvokeAsync<T>(function, arguments) : default;
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its half with it.
            return default;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        try
        {
            await StopAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its half with it.
        }
    }

    private async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _part, null) is { } part)
        {
            await part.InvokeVoidAsync("dispose");
            await part.DisposeAsync();
        }

        if (Interlocked.Exchange(ref _module, null) is { } module)
        {
            await module.DisposeAsync();
        }
    }
}
