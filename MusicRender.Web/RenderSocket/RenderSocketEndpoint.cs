using Microsoft.Extensions.Options;
using MusicRender.Engine.Jobs;
using MusicRender.Web.Access;
using MusicRender.Web.Api;

namespace MusicRender.Web.RenderSocket;

/// <summary><c>WS /render/ws</c>: a render with live progress.</summary>
internal static class RenderSocketEndpoint
{
    /// <summary>How often a quiet socket is asked whether it still lives, and how long it may take to answer.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    public static IServiceCollection AddRenderSocket(this IServiceCollection services)
    {
        services.AddOptions<RenderSocketOptions>().BindConfiguration("MusicRender:Socket")
            .Validate(options => options.FirstMessageTimeout > TimeSpan.Zero && options.FirstMessageTimeout <= TimeSpan.FromHours(1), "MusicRender:Socket:FirstMessageTimeout must be more than zero and at most one hour.")
            .Validate(options => options.MaxMessageBytes is >= 1024 and <= 16 * 1024 * 1024, "MusicRender:Socket:MaxMessageBytes must be 1024 to 16777216.")
            .ValidateOnStart();
        services.AddSingleton<SocketCount>();
        services.Configure<WebSocketOptions>(options =>
        {
            options.KeepAliveInterval = KeepAlive;
            options.KeepAliveTimeout = KeepAlive;
        });
        return services;
    }

    public static void MapRenderSocket(this IEndpointRouteBuilder routes) => routes.Map("/render/ws", AcceptAsync).WithMetadata(StartsWork.Mark);

    private static async Task AcceptAsync(
        HttpContext context,
        IRenderJobs jobs,
        IOptions<RenderSocketOptions> options,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        SocketCount sockets,
        ILogger<RenderConnection> logger)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await Problems.Of(StatusCodes.Status426UpgradeRequired, "This address speaks WebSocket only. POST /render takes the same plan in one request.").ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = Credentials.Agreed(context.WebSockets.WebSocketRequestedProtocols) });
        using var counted = sockets.Count();
        using var connection = new RenderConnection(socket, jobs, options.Value, time, context.RequestId(), context.Client(), logger);
        await connection.RunAsync(lifetime.ApplicationStopping);
    }
}
