using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MusicRender.Web.Components.Player;

/// <summary>The browser's half of a component: a module whose <c>create</c> takes an element and whatever else it needs, and gives an object with <c>dispose</c>.</summary>
/// <param name="address">The module's address.</param>
internal sealed class ScriptPart(string address) : IAsyncDisposable
{
    private IJSRuntime? _js;
    private IJSObjectReference? _module;
    private IJSObjectReference? _part;
    private DotNetObjectReference<object>? _component;
    private bool _isDisposed;

    /// <summary>The same for a half that calls the component: its <c>create</c> takes the component next to the element.</summary>
    /// <param name="js">The browser.</param>
    /// <param name="element">The element it works on.</param>
    /// <param name="component">What it calls.</param>
    /// <param name="more">What else its <c>create</c> takes.</param>
    internal Task StartForAsync(IJSRuntime js, ElementReference element, object component, params object?[] more)
    {
        _component = DotNetObjectReference.Create(component);
        return StartAsync(js, element, [_component, .. more]);
    }

    /// <summary>Starts the browser's half. Call it after the first render.</summary>
    /// <param name="js">The browser.</param>
    /// <param name="element">The element it works on.</param>
    /// <param name="more">What else its <c>create</c> takes.</param>
    internal async Task StartAsync(IJSRuntime js, ElementReference element, params object?[] more)
    {
        _js = js;
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
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, or has not answered for a minute; its half is gone with it.
        }
        catch (JSException exception)
        {
            await TellAsync(exception);
        }
    }

    /// <summary>Calls a method of the browser's half; nothing happens before it is there or when it is gone.</summary>
    internal async Task CallAsync(string method, params object?[] arguments) => await CallAsync<object>(method, arguments);

    /// <summary>Asks a method of the browser's half.</summary>
    /// <returns>What it says; the default before it is there or when it is gone.</returns>
    internal async Task<T?> CallAsync<T>(string method, params object?[] arguments)
    {
        try
        {
            return _part is { } part ? await part.InvokeAsync<T>(method, arguments) : default;
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, or has not answered for a minute; its half is gone with it.
            return default;
        }
        catch (JSException exception)
        {
            await TellAsync(exception);
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
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The browser is gone, or has not answered for a minute; its half is gone with it.
        }
        catch (JSException exception)
        {
            await TellAsync(exception);
        }
        finally
        {
            _component?.Dispose();
        }
    }

    /// <summary>The page goes on without its half; the browser's console says why there is none.</summary>
    private async Task TellAsync(JSException exception)
    {
        try
        {
            await _js!.InvokeVoidAsync("console.error", $"{address}: {exception.Message}");
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // Nobody is there to be told.
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
