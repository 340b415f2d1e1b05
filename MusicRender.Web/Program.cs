using MusicRender.Engine;
using MusicRender.Web;
using MusicRender.Web.Access;
using MusicRender.Web.Api;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.RenderSocket;
using MusicRender.Web.Studio;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.UseDefaultAddress();
    builder.AddTelemetry();
    builder.Services.AddAccess();
    builder.AddMusicRenderEngine();
    builder.Services.AddOrigins();
    builder.Services.AddRenderSocket();
    builder.Services.AddDraining();
    builder.Services.AddApiDocuments();
    builder.Services.AddMusicRenderStudio();

    await using var app = builder.Build();
    if (await BackupCommand.RunAsync(app) is { } exitCode)
    {
        return exitCode;
    }

    app.UseProxies();
    app.UseRequestIds();
    app.UseSecurityHeaders();
    app.UseApiProblems();
    app.UseWebSockets();
    app.UseOrigins();
    app.UseCors();
    app.UseRateLimits();
    app.UseDoor();
    app.UseDraining();
    app.MapSignIn();
    app.MapPromptApi();
    app.MapRenderApi();
    app.MapAudioApi();
    app.MapTrackApi();
    app.MapTrackFileApi();
    app.MapFinetuneApi();
    app.MapStemApi();
    app.MapHealthApi();
    app.MapRenderSocket();
    app.MapApiDocuments();
    app.MapMusicRenderStudio();
    RejectedRequests.Answer(app);
    app.AnnounceAddress();

    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartFailures.Explain(exception) is { } reason)
{
    await Console.Error.WriteLineAsync($"MusicRender cannot start: {reason}");
    return 1;
}
