using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Library;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Pages;

public sealed partial class Compose : IAsyncDisposable
{
    private ComposeSession? _session;
    private WizardStep? _step;
    private bool _isMissing;

    [Parameter]
    public required string DraftId { get; set; }

    [Parameter]
    public string? Step { get; set; }

    /// <summary>The render to show on the last step; null for the draft's newest.</summary>
    [SupplyParameterFromQuery]
    public string? Render { get; set; }

    [Inject]
    public required IDrafts Drafts { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<ComposeSession> Logger { get; set; }

    private string Title => _session?.Draft.Title is { Length: > 0 } title ? $"{title} · MusicRender" : "New composition · MusicRender";

    public ValueTask DisposeAsync() => CloseAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (_session?.Draft.Id != DraftId)
        {
            await OpenAsync();
        }

        if (_session is null)
        {
            return;
        }

        _step = WizardSteps.Parse(Step);
        if (_step is null)
        {
            Navigation.NavigateTo(WizardSteps.Address(DraftId, WizardSteps.Resume(_session.Draft)), replace: true);
        }
    }

    private async Task OpenAsync()
    {
        var id = DraftId;
        await CloseAsync();
        var draft = await Drafts.FindAsync(id, CancellationToken.None);
        if (id != DraftId)
        {
            return;
        }

        _isMissing = draft is null;
        if (draft is not null)
        {
            _session = new ComposeSession(draft, Drafts, Time, Logger);
            _session.Changed += Refresh;
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            session.Changed -= Refresh;
            await session.DisposeAsync();
        }
    }

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    /// <summary>Leaves the address of an older render.</summary>
    private void ShowNewest()
    {
        if (Render is not null)
        {
            GoTo(WizardStep.Listen);
        }
    }

    private void GoTo(WizardStep step) => Navigation.NavigateTo(WizardSteps.Address(DraftId, step));
}
