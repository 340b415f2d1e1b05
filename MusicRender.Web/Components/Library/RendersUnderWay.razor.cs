using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Components.Library;

/// <summary>The renders that wait or run, looked up once a second.</summary>
public sealed partial class RendersUnderWay : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<RenderStatus> _renders = [];
    private Task _loop = Task.CompletedTask;

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    protected override void OnInitialized() => _loop = FollowAsync();

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            do
            {
                var renders = await Jobs.UnderWayAsync(_stop.Token);
                if (!renders.SequenceEqual(_renders))
                {
                    _renders = renders;
                    await InvokeAsync(StateHasChanged);
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }
}
