using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

/// <summary>
/// Nothing typed is lost on its way: the browser keeps what is typed into fields with a name of <see cref="TypedFields"/> until it
/// hears that it is saved, and sends it again after a lost connection, a reload or a restart of the server. What has no place by then
/// stays in sight here.
/// </summary>
public sealed partial class KeptTyping : IAsyncDisposable
{
    private readonly ScriptPart _part = new("/assets/unsent.js");
    private ElementReference _element;
    private UnsavedTyping _typing = null!;
    private IReadOnlyList<StrayText>? _drawn;

    /// <summary>The draft's, for as long as this is there.</summary>
    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Inject]
    public required IJSRuntime Js { get; set; }

    /// <summary>Called by the page before something is pressed: everything typed until now has arrived.</summary>
    [JSInvokable]
    public void Hear(string page, long number, string[] fields) => _typing.Hear(page, number, fields);

    /// <summary>Called by the page: completes when everything that arrived is saved, with null, or when some of it became something else.</summary>
    [JSInvokable]
    public Task<TypingNews?> WhenSavedAsync(string page, long number, string[] fields)
    {
        _typing.Hear(page, number, fields);
        return _typing.WhenSavedAsync();
    }

    /// <summary>Called by the page: takes what was typed and perhaps never arrived. False when it has no place.</summary>
    [JSInvokable]
    public bool Take(string field, string text, string page, long number) => _typing.Take(field, text, page, number);

    /// <summary>Called by the page: keeps a text in sight that has no place.</summary>
    [JSInvokable]
    public void Show(string field, string text)
    {
        _typing.Show(field, text);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _typing.LeftBehind -= Check;
        _typing.Dispose();
        await _part.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        _typing = new UnsavedTyping(Session);
        _typing.LeftBehind += Check;
    }

    // The draft's texts are not its affair.
    protected override bool ShouldRender() => !ReferenceEquals(_drawn, _typing.Strays);

    protected override void OnAfterRender(bool firstRender) => _drawn = _typing.Strays;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _part.StartForAsync(Js, _element, this, Session.Draft.Id);
        }
    }

    private void Check() => _ = InvokeAsync(() => _part.CallAsync("check"));

    private async Task DropAsync(StrayText stray)
    {
        _typing.Drop(stray);
        await _part.CallAsync("drop", stray.Field, stray.Text);
    }
}
