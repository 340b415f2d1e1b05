using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

/// <summary>Takes plans from files and from the clipboard, and gives the plan to them, in both shapes.</summary>
public sealed partial class PlanFiles : IAsyncDisposable
{
    private readonly ScriptPart _part = new("/assets/plan-files.js");
    private ElementReference _element;
    private ElementReference _export;
    private string? _note;
    private bool _isRefused;
    private bool _isExporting;
    private bool _shallFocus;

    [Parameter, EditorRequired]
    public required PlanEditor Editor { get; set; }

    /// <summary>Something was taken in.</summary>
    [Parameter]
    public EventCallback OnImported { get; set; }

    [Inject]
    public required IJSRuntime Js { get; set; }

    /// <inheritdoc/>
    protected override object Looks => CanExport;

    private bool CanExport => Editor is { Plan: not null, IsUnreadable: false };

    /// <summary>Called by the page with the text of a file or of the clipboard.</summary>
    [JSInvokable]
    public async Task ImportAsync(string text)
    {
        Editor.Import(text);
        Say(Editor.IsUnreadable ? PlanTexts.ImportedUnreadable : PlanTexts.Imported, Editor.IsUnreadable);
        await OnImported.InvokeAsync();
    }

    /// <summary>Called by the page when a text is too long to be a plan; nothing was changed.</summary>
    [JSInvokable]
    public void Refuse(long length) => Say(PlanTexts.TooLong.With(length, PlanText.MaxLength), isRefused: true);

    public ValueTask DisposeAsync() => _part.DisposeAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _part.StartForAsync(Js, _element, this, new { longest = PlanText.MaxLength });
        }

        if (_shallFocus)
        {
            // What had the focus is gone.
            _shallFocus = false;
            await _export.FocusAsync(preventScroll: true);
        }
    }

    private async Task CopyAsync()
    {
        var isCopied = await _part.CallAsync<bool>("copy", Editor.Export(asChunks: false));
        Say(isCopied ? PlanTexts.Copied : PlanTexts.NotCopied, !isCopied);
    }

    private async Task PasteAsync()
    {
        if (!await _part.CallAsync<bool>("paste"))
        {
            Say(PlanTexts.NotPasted, isRefused: true);
        }
    }

    private async Task ChooseAsync() => await _part.CallAsync("choose");

    private async Task SaveAsync(bool asChunks)
    {
        CloseExport();
        if (Editor.Export(asChunks) is { } text)
        {
            await _part.CallAsync("save", asChunks ? "plan-chunks.json" : "plan.json", text);
        }
    }

    private void CloseOnEscape(KeyboardEventArgs key)
    {
        if (_isExporting && key.Key == "Escape")
        {
            CloseExport();
        }
    }

    private void CloseExport() => (_isExporting, _shallFocus) = (false, true);

    private void Say(string note, bool isRefused)
    {
        (_note, _isRefused) = (note, isRefused);
        StateHasChanged();
    }
}
