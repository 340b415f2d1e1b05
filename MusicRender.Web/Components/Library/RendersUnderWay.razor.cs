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
    private bool _hasFailed;

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<RendersUnderWay> Logger { get; set; }

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
                await LookAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            var renders = await Jobs.UnderWayAsync(_stop.Token);
            if (!renders.SequenceEqual(_renders))
            {
                _renders = renders;
                await InvokeAsync(StateHasChanged);
            }

            _hasFailed = false;
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested && failure is not OutOfMemoryException)
        {
            // Told once, not every second.
            if (!_hasFailed)
            {
                Log.LookFailed(Logger, failure);
            }

            _hasFailed = true;
        }
        catch (ObjectDisposedException) when (_stop.IsCancellationRequested)
        {
            // The page went while it was drawn.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The renders under way could not be looked up; it is tried again every second.")]
        internal static partial void LookFailed(ILogger logger, Exception failure);
    }
}
