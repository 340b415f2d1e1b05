using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Settings;

/// <summary>Enters, checks and removes the ElevenLabs key. Nothing here shows a key, not even a part of one.</summary>
public sealed partial class KeyPanel : IDisposable
{
    /// <summary>Longer than any key.</summary>
    private const int MaxKey = 500;

    private readonly CancellationTokenSource _stop = new();
    private ElementReference _state;
    private string _typed = "";
    private string? _failure;
    private string? _said;
    private int _forms;
    private bool _isBusy;
    private bool _isChanging;
    private bool _shallFocus;

    [Parameter, EditorRequired]
    public required IElevenLabsAccount Account { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    public void Dispose()
    {
        _typed = "";
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shallFocus)
        {
            // What had the focus is gone.
            _shallFocus = false;
            await _state.FocusAsync(preventScroll: true);
        }
    }

    private void Type(ChangeEventArgs change) => _typed = (change.Value as string ?? "").Trim();

    private async Task EnterAsync()
    {
        if (_isBusy)
        {
            return;
        }

        if (_typed.Length == 0)
        {
            _failure = SettingsTexts.KeyMissing;
            return;
        }

        (_isBusy, _failure, _said) = (true, null, SettingsTexts.KeyBeingChecked);
        try
        {
            var failure = await Account.EnterKeyAsync(_typed, _stop.Token);
            (_failure, _said) = (failure?.Message, failure is null ? SettingsTexts.KeyWorks : null);
            if (failure is null)
            {
                Forget();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task RemoveAsync()
    {
        var isSure = await Dialogs.ShowMessageBoxAsync(
            SettingsTexts.KeyRemoveQuestion, SettingsTexts.KeyRemoveMeaning, yesText: SettingsTexts.Remove, cancelText: SettingsTexts.Keep);
        if (isSure != true)
        {
            return;
        }

        (_isBusy, _failure, _said) = (true, null, null);
        try
        {
            var failure = await Account.RemoveKeyAsync(_stop.Token);
            (_failure, _said) = (failure?.Message, failure is null ? SettingsTexts.KeyRemoved : null);
            if (failure is null)
            {
                Forget();
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void KeepOld()
    {
        (_failure, _said) = (null, null);
        Forget();
    }

    /// <summary>Forgets what was typed, in the page too, and leaves the form.</summary>
    private void Forget()
    {
        _typed = "";
        _forms++;
        _isChanging = false;
        _shallFocus = true;
    }
}
