using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Library;
using MusicRender.Web.Components.Library;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Pages;

/// <summary>All tracks. Words and page are in the address.</summary>
public sealed partial class LibraryPage : IAsyncDisposable
{
    // Beyond what any library holds, and small enough to count its tracks.
    private const int LastPage = 1_000_000;

    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private LibraryView? _view;
    private UpdateThrottle? _typing;
    private string _words = "";
    private TrackList? _list;
    private int? _shallFocus;

    /// <summary>The words searched for.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Words { get; set; }

    /// <summary>The page, from 1; anything else in the address means the first.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    public string? Page { get; set; }

    [Inject]
    public required ITrackLibrary Library { get; set; }

    [Inject]
    public required NowPlaying Playing { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    private string? CountText => _view switch
    {
        { Tracks: null } or null or { IsEmpty: true } => null,
        { Total: 1 } => LibraryTexts.OneTrack,
        _ => LibraryTexts.Tracks.With(Wording.Count(_view.Total)),
    };

    private int PageNumber => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Min(page, LastPage) : 1;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_typing is not null)
        {
            await _typing.DisposeAsync();
        }

        _stop.Dispose();
    }

    protected override void OnInitialized()
    {
        _view = new LibraryView(Library);
        _words = Words ?? "";
        _typing = new UpdateThrottle(TypingPause, Time, () => _ = InvokeAsync(() => Go(_words, 1)));
    }

    protected override Task OnParametersSetAsync() => _view!.ShowAsync(Words, PageNumber, _stop.Token);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shallFocus is { } at && _view is { Tracks.Count: > 0 } && _list is { } list)
        {
            // What had the focus is gone: the next one takes it. After the last one, focus.ts gives it to the heading.
            _shallFocus = null;
            await list.FocusDeleteAsync(at);
        }
    }

    private void Type(string? text)
    {
        _words = text ?? "";
        _typing!.Request();
    }

    private void Go(string words, int page)
    {
        _words = words;
        Navigation.NavigateTo(
            Navigation.GetUriWithQueryParameters("/library", new Dictionary<string, object?>
            {
                ["q"] = string.IsNullOrWhiteSpace(words) ? null : words.Trim(),
                ["page"] = page > 1 ? page : null,
            }),
            replace: true);
    }

    private async Task DeleteAsync(Track track)
    {
        var isSure = await Dialogs.ShowMessageBoxAsync(
            LibraryTexts.DeleteQuestion, LibraryTexts.DeleteMeaning.With(track.Title), yesText: LibraryTexts.Delete, cancelText: LibraryTexts.Keep);
        if (isSure == true)
        {
            var at = _view!.Tracks?.ToList().FindIndex(shown => shown.Id == track.Id);
            await _view.DeleteAsync(track.Id, _stop.Token);
            Playing.Forget(track.Id);
            _shallFocus = at;
        }
    }
}
