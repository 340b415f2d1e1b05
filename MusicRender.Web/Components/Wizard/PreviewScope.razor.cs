using Microsoft.AspNetCore.Components;
using MusicRender.Web.Studio;
using MusicRender.Web.Studio.Previews;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class PreviewScope : IAsyncDisposable
{
    private Action? _refresh;
    private PlanPreview? _preview;
    private ComposeSession? _session;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    public required PreviewDesk Desk { get; set; }

    public ValueTask DisposeAsync() => CloseAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_session, Session))
        {
            return;
        }

        var old = CloseAsync();
        _session = Session;
        _preview = new PlanPreview(Session, Desk, ReadInTurnAsync);
        _preview.Changed += _refresh ??= ReaderCulture.Keep(Refresh);
        await old;
    }

    private async ValueTask CloseAsync()
    {
        if (_preview is { } preview)
        {
            _preview = null;
            preview.Changed -= _refresh;
            await preview.DisposeAsync();
        }
    }

    /// <summary>After the edits that have arrived before the request to hear them.</summary>
    private async Task<PreviewSource?> ReadInTurnAsync(Func<PreviewSource?> read)
    {
        PreviewSource? source = null;
        await InvokeAsync(() => source = read());
        return source;
    }

    private void Refresh() => _ = InvokeAsync(StateHasChanged);
}
