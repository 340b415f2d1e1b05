using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using MusicRender.Web.Access;
using MusicRender.Web.Components;
using MusicRender.Web.Studio.Previews;

namespace MusicRender.Web.Studio;

/// <summary>The studio's services and routes.</summary>
public static class StudioServices
{
    /// <summary>The largest message of a browser: the longest text that is taken for a plan, in the costliest encoding (six bytes a unit).</summary>
    private const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>How often pages hear that the server is there. They wait for four of these (connection.ts) before they say that it is lost.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(5);

    /// <summary>Adds the pages, MudBlazor and the view models.</summary>
    public static IServiceCollection AddMusicRenderStudio(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(options =>
            {
                options.MaximumReceiveMessageSize = MaxMessageBytes;
                options.KeepAliveInterval = KeepAlive;
            });
        services.AddHubLogging();
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            options.SnackbarConfiguration.ShowCloseIcon = true;
            options.SnackbarConfiguration.VisibleStateDuration = 8000;
            options.SnackbarConfiguration.ShowTransitionDuration = 120;
            options.SnackbarConfiguration.HideTransitionDuration = 120;
            options.SnackbarConfiguration.SnackbarVariant = Variant.Filled;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MatcherPolicy, PageNegotiation>();
        services.AddSingleton<OpenDrafts>();
        services.AddScoped<StudioClient>();
        services.AddScoped<TrackStudio>();
        services.AddSingleton<PreviewDesk>();
        services.AddSingleton<UnderWayFeed>();
        services.AddScoped<TimelineView>();
        services.AddScoped<NowPlaying>();
        services.AddScoped<NewDrafts>();
        return services;
    }

    /// <summary>Maps the pages and their files.</summary>
    public static WebApplication MapMusicRenderStudio(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.Use(LeaveProgramsAlone);
        app.UseAntiforgery();
        app.UseReaderCulture();
        app.MapStaticAssets().OpenAssets();
        app.MapPreviews();
        // Frames are forbidden by the headers of every answer.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    /// <summary>Programs keep their bare status codes; the page that explains is for people.</summary>
    private static Task LeaveProgramsAlone(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled &= PageNegotiation.WantsPage(context);
        }

        return next(context);
    }
}
