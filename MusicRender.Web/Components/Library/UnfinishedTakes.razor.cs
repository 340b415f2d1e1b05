using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Library;

/// <summary>Renders that broke off, with paid sound that nobody has kept yet.</summary>
public sealed partial class UnfinishedTakes : IDisposable
{
    private const int Most = 4;

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<RenderStatus> _takes = [];
    private string? _failure;
    private bool _isBusy;

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync() => _takes = [.. (await Jobs.UnkeptTakesAsync(_stop.Token)).Take(Most)];

    private static string TitleOf(RenderStatus render) => render.Title is { Length: > 0 } title ? title : LibraryTexts.Untitled;

    private async Task KeepAsync(RenderStatus render)
    {
        _isBusy = true;
        try
        {
            var kept = await Jobs.KeepTakeAsync(render.Id, _stop.Token);
            _failure = kept.Failure?.Message;
            if (kept.Track is { } track)
            {
                Navigation.NavigateTo($"/tracks/{track.Id}");
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}
