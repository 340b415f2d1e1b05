using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Plan;
using MusicRender.Web.Access;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Settings;

/// <summary>The origins whose pages may use this server. Those of the configuration can be changed only there.</summary>
public sealed partial class OriginsPanel : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private string _typed = "";
    private string? _failure;
    private string? _said;
    private bool _isBusy;

    [Inject]
    public required AllowedOrigins Origins { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Type(string text) => (_typed, _failure) = (text, null);

    private async Task AllowAsync()
    {
        var typed = _typed.Trim();
        if (typed.Length > 0 && await DoAsync(() => Origins.AllowAsync(typed, _stop.Token)))
        {
            (_typed, _said) = ("", SettingsTexts.OriginAllowed.With(Origins.Added[^1]));
        }
    }

    private async Task RemoveAsync(string origin)
    {
        if (await DoAsync(() => Origins.RemoveAsync(origin, _stop.Token)))
        {
            _said = SettingsTexts.OriginRemoved.With(origin);
        }
    }

    /// <summary>True when it was done.</summary>
    private async Task<bool> DoAsync(Func<Task<RenderFailure?>> change)
    {
        if (_isBusy)
        {
            return false;
        }

        (_isBusy, _failure, _said) = (true, null, null);
        try
        {
            _failure = (await change())?.Message;
            return _failure is null;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
