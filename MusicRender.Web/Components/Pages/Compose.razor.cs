using Microsoft.AspNetCore.Components;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Pages;

public sealed partial class Compose : IAsyncDisposable
{
    private Action? _refresh;
    private ComposeSession? _session;
    private WizardStep? _step;
    private bool _isMissing;
    private bool _isDisposed;

    [Parameter]
    public required string DraftId { get; set; }

    [Parameter]
    public string? Step { get; set; }

    /// <summary>The render to show on the last step; null for the draft's newest.</summary>
    [SupplyParameterFromQuery]
    public string? Render { get; set; }

    [Inject]
    public required OpenDrafts Drafts { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    private string Title => _session?.Draft.Title is { Length: > 0 } title ? PlanTexts.PageTitle.With(title) : PlanTexts.NewPageTitle;

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        return CloseAsync();
    }

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
        var session = await Drafts.OpenAsync(id);
        if (id != DraftId || _isDisposed || _session is not null)
        {
            // Somebody went on while it was being opened.
            await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
            return;
        }

        _isMissing = session is null;
        if (session is not null)
        {
            _session = session;
            session.Changed += _refresh ??= ReaderCulture.Keep(Refresh);
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            session.Changed -= _refresh;
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
