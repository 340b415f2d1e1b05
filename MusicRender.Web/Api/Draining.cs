using Microsoft.Extensions.Options;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Api;

/// <summary>How the server goes down: configuration section <c>MusicRender:Shutdown</c>.</summary>
public sealed class DrainOptions
{
    /// <summary>The longest <see cref="Drain"/>.</summary>
    public static readonly TimeSpan MaxDrain = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a server that was told to stop still listens, so that proxies learn from <c>/ready</c> and from refusals that
    /// they must ask another one; 0 to ten minutes.
    /// </summary>
    public TimeSpan Drain { get; set; }
}

/// <summary>
/// A server that was told to stop takes nothing new: it is not ready, and what would start work is answered 503, so that a proxy or a
/// client asks another node, or this one when it is back.
/// </summary>
internal static class Draining
{
    /// <summary>What <c>details.reason</c> and the check of <c>/ready</c> say.</summary>
    public const string Reason = "draining";

    /// <summary>When to ask again. Another node answers at once, this one when it has started again.</summary>
    public static readonly TimeSpan ComeBackAfter = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddDraining(this IServiceCollection services)
    {
        services.AddOptions<DrainOptions>().BindConfiguration("MusicRender:Shutdown")
            .Validate(options => options.Drain >= TimeSpan.Zero && options.Drain <= DrainOptions.MaxDrain, "MusicRender:Shutdown:Drain must be 0 to ten minutes, such as 00:00:05.")
            .ValidateOnStart();
        // What stops afterwards has as much time as ever.
        services.AddOptions<HostOptions>().PostConfigure<IOptions<DrainOptions>>((host, drain) => host.ShutdownTimeout += drain.Value.Drain);
        return services.AddHostedService<OpenDoor>();
    }

    /// <summary>Refuses with 503 what would start work on a server that stops.</summary>
    public static IApplicationBuilder UseDraining(this IApplicationBuilder app) => app.Use(next =>
    {
        var stopping = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        return context => stopping.IsCancellationRequested && context.GetEndpoint()?.Metadata.GetMetadata<StartsWork>() is not null
            ? Refusal(context, RenderFailure.Server("This server is stopping. Try again in a moment: another one answers, or this one when it is back.", Reason)).ExecuteAsync(context)
            : next(context);
    });

    /// <summary>503, and when to come back.</summary>
    public static IResult Refusal(HttpContext context, RenderFailure failure)
    {
        context.RetryAfter(ComeBackAfter);
        return Problems.Of(failure);
    }

    /// <summary>Keeps the server listening while others learn that it goes: the host closes its door after this.</summary>
    private sealed class OpenDoor(IOptions<DrainOptions> options, TimeProvider time) : IHostedLifecycleService
    {
        public Task StoppingAsync(CancellationToken cancellationToken) => options.Value.Drain > TimeSpan.Zero ? Task.Delay(options.Value.Drain, time, cancellationToken) : Task.CompletedTask;

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
