using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Library;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Pages;

public sealed partial class Start : IDisposable
{
    private const int RecentTracks = 6;
    private const int RecentDrafts = 5;

    private readonly CancellationTokenSource _stop = new();
    private TrackPage? _tracks;
    private IReadOnlyList<Draft> _drafts = [];
    private bool _isBusy;

    [Inject]
    public required IDrafts Drafts { get; set; }

    [Inject]
    public required NewDrafts Beginnings { get; set; }

    [Inject]
    public required ITrackLibrary Library { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _tracks = await Library.SearchAsync(new TrackQuery(PageSize: RecentTracks), _stop.Token);
        _drafts = [.. (await Drafts.RecentAsync(RecentDrafts * 10, _stop.Token)).Where(WizardSteps.IsBegun).Take(RecentDrafts)];
    }

    private static string DraftTitle(Draft draft) => draft switch
    {
        { Title.Length: > 0 } => draft.Title,
        { Story.Length: > 0 } => draft.Story.Length > 60 ? $"{draft.Story[..60].TrimEnd()}…" : draft.Story,
        { QuickStart: not null } when Presets.FindQuickStart(draft.QuickStart, draft.Blueprint, draft.Sound, draft.Delivery) is { } start => start.Name,
        _ when Presets.TryFindBlueprint(draft.Blueprint, out var blueprint) => blueprint.Label,
        _ => StartTexts.Untitled,
    };

    private Task BeginAsync(QuickStart start) => GoAsync(Beginnings.BeginAsync(start, _stop.Token), WizardStep.Story);

    private Task BeginBlankAsync() => GoAsync(Beginnings.BeginAsync(_stop.Token), WizardStep.Choose);

    private async Task GoAsync(Task<Draft> beginning, WizardStep step)
    {
        _isBusy = true;
        try
        {
            Navigation.NavigateTo(WizardSteps.Address((await beginning).Id, step));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
