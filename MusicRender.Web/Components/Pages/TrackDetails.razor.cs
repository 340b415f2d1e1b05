using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Pages;

public sealed partial class TrackDetails : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Track? _track;
    private bool _isMissing;
    private bool _isBusy;
    private string? _newTitle;
    private string? _failure;

    [Parameter]
    public required string Id { get; set; }

    [Inject]
    public required ITrackLibrary Library { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TrackStudio Studio { get; set; }

    [Inject]
    public required NowPlaying Playing { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_track?.Id != Id)
        {
            _track = await Library.FindAsync(Id, _stop.Token);
            _isMissing = _track is null;
        }
    }

    private async Task AnotherTakeAsync()
    {
        _isBusy = true;
        try
        {
            var start = await Studio.RenderAnotherAsync(_track!, _stop.Token);
            _failure = start.Failure?.Message;
            if (start.Failure is null)
            {
                Navigation.NavigateTo(WizardSteps.Address(start.DraftId!, WizardStep.Listen));
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task OpenInWizardAsync()
    {
        _isBusy = true;
        try
        {
            var draft = await Studio.OpenAsync(_track!, _stop.Token);
            Navigation.NavigateTo(WizardSteps.Address(draft.Id, WizardStep.Plan));
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task RenameAsync()
    {
        if (ControlCharacters.Without(_newTitle ?? "").Trim() is { Length: > 0 and <= PlanLimits.MaxTitle } title)
        {
            _track = await Library.EditAsync(_track!.Id, new TrackEdit(title), _stop.Token) ?? _track;
            _newTitle = null;
        }
    }

    private async Task DeleteAsync()
    {
        var isSure = await Dialogs.ShowMessageBoxAsync(
            PlayerTexts.DeleteQuestion, PlayerTexts.DeleteMeans.With(_track!.Title), yesText: PlayerTexts.Delete, cancelText: PlayerTexts.Keep);
        if (isSure == true)
        {
            await Library.DeleteAsync(_track.Id, _stop.Token);
            Playing.Forget(_track.Id);
            Navigation.NavigateTo("/library");
        }
    }
}
