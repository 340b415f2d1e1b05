using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MusicRender.Web.Tests.Server;

/// <summary>A server of our own at the address of the ElevenLabs API, that answers each call as the test says.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new(StringComparer.Ordinal);

    private ScriptedUpstream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
        On("/v1/user/subscription", """{"tier":"creator","character_count":0,"character_limit":100000,"status":"active"}""");
    }

    /// <summary>Where it answers.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Every call: path with its query, and the key that came along.</summary>
    public ConcurrentQueue<(string Path, string Key)> Calls { get; } = [];

    public static async Task<ScriptedUpstream> StartAsync()
    {
        var upstream = new ScriptedUpstream();
        await upstream._app.StartAsync();
        return upstream;
    }

    /// <summary>Answers calls of a path from now on.</summary>
    public void On(string path, Func<HttpContext, Task> answer) => _answers[path] = answer;

    /// <summary>Answers calls of a path with JSON from now on; <c>{key}</c> in it becomes the key of the call.</summary>
    public void On(string path, string json, int status = StatusCodes.Status200OK) => On(path, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.Replace("{key}", KeyOf(context), StringComparison.Ordinal));
    });

    public int CallsOf(string path) => Calls.Count(call => call.Path.StartsWith(path, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public static string KeyOf(HttpContext context) => context.Request.Headers["xi-api-key"].ToString();

    private Task AnswerAsync(HttpContext context)
    {
        Calls.Enqueue(($"{context.Request.Path}{context.Request.QueryString}", KeyOf(context)));
        if (_answers.TryGetValue(context.Request.Path, out var answer))
        {
            return answer(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
