using System.Globalization;
using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

/// <summary>Chooses a custom style model and how strongly it counts. The list is asked for when somebody opens it.</summary>
public sealed partial class FinetunePicker : IDisposable
{
    private const string Format = "0.0##";

    private readonly CancellationTokenSource _stop = new();
    private FinetuneView _models = null!;
    private string _words = "";
    private bool _isOpen;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Inject]
    public required IElevenLabsAccount Account { get; set; }

    private Draft Draft => Session.Draft;

    private double Strength => Draft.FinetuneStrength ?? FinetuneView.FullStrength;

    /// <summary>The strength as its reader writes numbers.</summary>
    private string StrengthText => Strength.ToString(Format, CultureInfo.CurrentCulture);

    /// <summary>The name of the model that is chosen; its id while nobody knows the name.</summary>
    private string Chosen => Draft.FinetuneId is { } id ? _models.Find(id)?.Name ?? id : FinetuneTexts.None;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _models = new FinetuneView(Account);
        if (Draft.FinetuneId is not null)
        {
            // For its name; mostly it is remembered.
            await LoadAsync(false);
        }
    }

    /// <summary>A number as the slider takes it.</summary>
    private static string Text(double number) => number.ToString(Format, CultureInfo.InvariantCulture);

    private async Task ToggleAsync()
    {
        _isOpen = !_isOpen;
        if (_isOpen && _models.Usable is null)
        {
            await LoadAsync(false);
        }
    }

    private async Task LoadAsync(bool refresh)
    {
        var loading = _models.LoadAsync(refresh, _stop.Token);
        StateHasChanged();
        try
        {
            await loading;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The page is gone.
        }
    }

    private void Choose(Finetune? finetune) => Session.Update(draft => draft with
    {
        FinetuneId = finetune?.Id,
        ModelId = finetune?.ModelId,
        FinetuneStrength = finetune is null ? null : draft.FinetuneStrength ?? FinetuneView.FullStrength,
    });

    private void SetStrength(string? text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var strength))
        {
            Session.Update(draft => draft with { FinetuneStrength = Math.Clamp(strength, FinetuneView.MinStrength, FinetuneView.MaxStrength) });
        }
    }
}
