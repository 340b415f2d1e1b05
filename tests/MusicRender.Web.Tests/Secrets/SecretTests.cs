using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Tests;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.Secrets;

/// <summary>The key is nowhere but in the header of the calls to ElevenLabs, whatever happens.</summary>
public sealed class SecretTests(PostgresServer server)
{
    private const string EnteredKey = "sk_entered_4b8e2d6f0a1c9357";
    private const string DatabasePassword = "pw_of_the_database_7d1e3c";
    private const string Stream = "/v1/music/detailed/stream";
    private const string Compose = "/v1/music/detailed";

    /// <summary>Says the key in every place where an answer has words.</summary>
    private const string Telltale =
        """{"detail":{"type":"{key}","code":"CODE","status":"CODE","message":"The key {key} is not good: xi-api-key={key}","request_id":"req-{key}","param":"{key}","data":{"prompt_suggestion":"sing {key}","composition_plan_suggestion":"{key}"}}}""";

    public static TheoryData<string, int> Refusals => new()
    {
        { "invalid_api_key", 401 }, { "missing_api_key", 401 }, { "quota_exceeded", 401 }, { "insufficient_credits", 402 }, { "subscription_required", 403 }, { "bad_prompt", 400 },
        { "bad_composition_plan", 422 }, { "concurrent_limit_exceeded", 429 }, { "rate_limit_exceeded", 429 }, { "system_busy", 429 }, { "internal_server_error", 500 }, { "{key}", 418 },
    };

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Key_WhateverHappens_IsNowhere(bool isConfigured, bool isOnPostgres)
    {
        // This server lets everybody in, whatever the password.
        var database = isOnPostgres ? $"{await server.NewDatabaseAsync()};Password={DatabasePassword}" : null;
        var key = isConfigured ? ElevenLabsApp.ConfiguredKey : EnteredKey;
        using var witness = new Witness();
        await using (var app = new WatchedApp(witness, isConfigured ? key : null, database))
        {
            await app.InitializeAsync();
            if (!isConfigured)
            {
                await EnterAsync(app, witness, key);
            }

            await AccountAsync(app, witness);
            await RenderAsync(app, witness);
            await LookAroundAsync(app, witness);

            // The key was in use all the time.
            Assert.All(app.ElevenLabs.Calls, call => Assert.Equal(key, call.Key));
            Assert.True(app.ElevenLabs.CallsOf(Stream) > Refusals.Count);
            witness.HearFiles(app.LibraryRoot);
            await RemoveAsync(app, witness, isConfigured);
            await app.StopAsync();
            witness.HearFiles(app.LibraryRoot);
        }

        if (database is not null)
        {
            witness.Hear("database", await server.DumpAsync(database));
        }

        AssertHeardEnough(witness, isOnPostgres);
        Assert.Empty(witness.Find(DatabasePassword));
        Assert.Empty(witness.Find(key));
        Assert.Empty(witness.Find(key[3..]));
    }

    /// <summary>What the test above finds nothing with, finds something where there is something.</summary>
    [Fact]
    public async Task Witness_HearsWhatIsLetSlip()
    {
        const string Slip = "slip_of_the_tongue_0123456789";
        using var witness = new Witness();
        await using var app = new WatchedApp(witness, null, null);
        await app.InitializeAsync();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.Anything.At.All");
        using (log.BeginScope(new Dictionary<string, object> { ["of"] = Slip }))
        {
            log.LogTrace("Nothing to see");
        }

        using (var source = new System.Diagnostics.ActivitySource("a test"))
        {
            source.StartActivity("work")?.SetTag("header", Slip).Stop();
        }

        try
        {
            throw new InvalidOperationException(Slip);
        }
        catch (InvalidOperationException)
        {
            // Nobody logs it.
        }

        var folder = Directory.CreateDirectory(Path.Combine(app.LibraryRoot, "audio")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "utf16"), System.Text.Encoding.Unicode.GetBytes($"xx{Slip}"), MusicRenderApp.Patience);
        await File.WriteAllTextAsync(Path.Combine(folder, "base64"), Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"xxxx{Slip}xxx")), MusicRenderApp.Patience);
        witness.HearFiles(app.LibraryRoot);

        Assert.Equal(
            ["exception InvalidOperationException", "file audio/base64", "file audio/utf16", "log Microsoft.Anything.At.All", "trace a test"],
            witness.Find(Slip).Order(StringComparer.Ordinal));
    }

    /// <summary>A page sends what is typed as messages, and their dispatcher would log them.</summary>
    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher")]
    [InlineData("Logging:Console:LogLevel:Default")]
    [InlineData("Logging:Console:LogLevel:Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher")]
    public async Task MessagesOfPages_AreNotLogged_WhateverTheConfigurationSays(string setting)
    {
        await using var app = new VerboseApp(setting);
        await app.InitializeAsync();
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();

        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher").IsEnabled(LogLevel.Debug));
        Assert.True(loggers.CreateLogger("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher").IsEnabled(LogLevel.Information));
    }

    private static async Task EnterAsync(WatchedApp app, Witness witness, string key)
    {
        const string Subscription = "/v1/user/subscription";
        app.ElevenLabs.On(Subscription, Telltale.Replace("CODE", "invalid_api_key", StringComparison.Ordinal), 401);
        Hear(await app.Account.EnterKeyAsync(key, MusicRenderApp.Patience));
        app.ElevenLabs.On(Subscription, """{"you said":"{key}"}""");
        Hear(await app.Account.EnterKeyAsync(key, MusicRenderApp.Patience));

        // Refused once, so that the attempts are told in the log.
        var isFirst = true;
        app.ElevenLabs.On(Subscription, context =>
        {
            context.Response.StatusCode = isFirst ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            isFirst = false;
            return context.Response.WriteAsync($$"""{"tier":"creator","character_count":0,"character_limit":10,"detail":"{{ScriptedUpstream.KeyOf(context)}}"}""");
        });
        Assert.Null(await app.Account.EnterKeyAsync($" {key} ", MusicRenderApp.Patience));
        Assert.Equal(KeySource.Entered, app.Account.Source);
        Hear(await app.Account.EnterKeyAsync($"{key}\r\nx-evil: {key}", MusicRenderApp.Patience));

        void Hear(MusicRender.Engine.Plan.RenderFailure? failure)
        {
            Assert.NotNull(failure);
            witness.Hear("answer to entering a key", $"{failure} {failure.Details}");
        }
    }

    private static async Task AccountAsync(WatchedApp app, Witness witness)
    {
        witness.Hear("balance", $"{await app.Account.RefreshAsync(MusicRenderApp.Patience)} {app.Account.Balance} {app.Account}");
        foreach (var path in (string[])["/v1/music/finetunes", "/v1/music/plan"])
        {
            app.ElevenLabs.On(path, Telltale.Replace("CODE", "bad_prompt", StringComparison.Ordinal), 400);
        }

        await app.AskAsync(HttpMethod.Get, "/finetunes?refresh=true");
        await app.AskAsync(HttpMethod.Post, "/plan", """{"prompt":"a song about rain"}""");
        app.ElevenLabs.On("/v1/music/finetunes", "nonsense of {key}");
        await app.AskAsync(HttpMethod.Get, "/finetunes?refresh=true");
        app.ElevenLabs.On("/v1/music/finetunes", """{"finetunes":[{"id":"f1"}],"next_cursor":null,"has_more":false}""");
        app.ElevenLabs.On("/v1/music/plan", """{"chunks":[{"text":"[Verse]\nA line","duration_ms":30000,"positive_styles":["pop"]}]}""");
        await app.AskAsync(HttpMethod.Get, "/finetunes?refresh=true");
        await app.AskAsync(HttpMethod.Post, "/plan", """{"prompt":"a song about rain"}""");
    }

    private static async Task RenderAsync(WatchedApp app, Witness witness)
    {
        foreach (var (code, status) in Refusals.Select(row => row.Data))
        {
            foreach (var path in (string[])[Stream, Compose])
            {
                app.ElevenLabs.On(path, Telltale.Replace("CODE", code, StringComparison.Ordinal), status);
            }

            await RenderAsync($"Refused with {status} {(code == "{key}" ? "" : code)}");
        }

        app.ElevenLabs.On(Stream, "nonsense of {key}", 418);
        await RenderAsync("Refused with nonsense");
        app.ElevenLabs.On(Stream, """{"detail":[{"loc":["body","{key}","prompt"],"msg":"not {key}","type":"{key}"}]}""", 422);
        await RenderAsync("A list of errors");
        app.ElevenLabs.On(Stream, context =>
        {
            context.Response.Redirect($"http://127.0.0.1:9/{ScriptedUpstream.KeyOf(context)}");
            context.Response.Headers["x-trace-id"] = ScriptedUpstream.KeyOf(context);
            return Task.CompletedTask;
        });
        await RenderAsync("Sent elsewhere");
        app.ElevenLabs.On(Stream, context => AnswerAsync(context, $"event: error\ndata: {{\"detail\":{{\"code\":\"{ScriptedUpstream.KeyOf(context)}\",\"message\":\"no {ScriptedUpstream.KeyOf(context)}\"}}}}\n\n"));
        await RenderAsync("An error within the stream");
        app.ElevenLabs.On(Stream, async context =>
        {
            await AnswerAsync(context, Audio);
            context.Abort();
        });
        await RenderAsync("Broken off");
        app.ElevenLabs.On(Stream, context => AnswerAsync(context, $"{ScriptedUpstream.KeyOf(context)}\n\ndata: {ScriptedUpstream.KeyOf(context)}\n\n"));
        await RenderAsync("Garbage");
        app.ElevenLabs.On(Stream, context => AnswerAsync(context, $"event: composition_plan\ndata: nonsense of {ScriptedUpstream.KeyOf(context)}\n\nevent: {ScriptedUpstream.KeyOf(context)}\ndata: {{}}\n\n"));
        await RenderAsync("Garbage in the form of events");
        app.ElevenLabs.On(Stream, context => AnswerAsync(context, Audio + "event: done\ndata: {\"audio_chunk_count\":1,\"song_id\":\"song-1\"}\n\n"));
        var finished = JsonNode.Parse(await RenderAsync("Finished"))!;
        await SeparateAsync(app, finished["id"]!.GetValue<string>());

        async Task<string> RenderAsync(string title)
        {
            var plan = JsonNode.Parse(Plans.Wrapped(title, "elevenlabs"))!;
            return await app.AskAsync(HttpMethod.Post, "/render", plan.ToJsonString());
        }
    }

    private static async Task SeparateAsync(WatchedApp app, string track)
    {
        const string Separation = "/v1/music/stem-separation";
        app.ElevenLabs.On(Separation, Telltale.Replace("CODE", "invalid_api_key", StringComparison.Ordinal), 401);
        await app.AskAsync(HttpMethod.Post, $"/tracks/{track}/stems", """{"stems":"two"}""");
        await app.AskAsync(HttpMethod.Get, $"/tracks/{track}/stems/two/events");
        app.ElevenLabs.On(Separation, "no archive, but {key}");
        await app.AskAsync(HttpMethod.Post, $"/tracks/{track}/stems", """{"stems":"six"}""");
        Assert.Contains("failed", await app.AskAsync(HttpMethod.Get, $"/tracks/{track}/stems/six/events"), StringComparison.Ordinal);
        Assert.Equal(2, app.ElevenLabs.CallsOf(Separation));
        await app.AskAsync(HttpMethod.Get, $"/tracks/{track}/stems");
        await app.AskAsync(HttpMethod.Get, $"/tracks/{track}/zip");
        await app.AskAsync(HttpMethod.Get, $"/tracks/{track}");
    }

    private static string Audio => $"event: audio_chunk\ndata: {{\"index\":0,\"content_type\":\"audio/mpeg\",\"audio_base64\":\"{Convert.ToBase64String(SilentMp3.OfSeconds(3))}\"}}\n\n";

    private static async Task AnswerAsync(HttpContext context, string events)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["song-id"] = "song-1";
        await context.Response.WriteAsync(events);
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Everything that answers: the API, the log of each render, and the pages as a browser gets them.</summary>
    private static async Task LookAroundAsync(WatchedApp app, Witness witness)
    {
        foreach (var path in (string[])["/health", "/ready", "/alive", "/tracks", "/finetunes", "/renders/unknown", "/render/stream/unknown.mp3"])
        {
            await app.AskAsync(HttpMethod.Get, path);
        }

        foreach (var id in await app.RenderIdsAsync())
        {
            await app.AskAsync(HttpMethod.Post, $"/renders/{id}/keep");
            await app.AskAsync(HttpMethod.Get, $"/renders/{id}");
            await app.AskAsync(HttpMethod.Get, $"/renders/{id}/events");
        }

        foreach (var page in (string[])["/", "/settings", "/compose", "/library", "/tracks", "/not-found"])
        {
            await app.AskAsync(HttpMethod.Get, page, accept: "text/html");
        }
    }

    private static async Task RemoveAsync(WatchedApp app, Witness witness, bool isConfigured)
    {
        witness.Hear("answer to removing a key", $"{await app.Account.RemoveKeyAsync(MusicRenderApp.Patience)}");
        Assert.Equal(isConfigured ? KeySource.Configuration : KeySource.None, app.Account.Source);
        await app.AskAsync(HttpMethod.Get, "/finetunes");
    }

    /// <summary>Nothing is only worth something when everything was heard.</summary>
    private static void AssertHeardEnough(Witness witness, bool isOnPostgres)
    {
        var places = witness.Places.ToArray();
        Assert.Contains(places, place => place.StartsWith("exception Http", StringComparison.Ordinal));
        string[] ofCatalogue = isOnPostgres ? ["database"] : ["file musicrender.db", "file musicrender.db-wal"];
        Assert.Empty(ofCatalogue.Except(places));
        Assert.Contains("answer GET /finetunes", places);
        Assert.Contains("answer GET /", places);
        Assert.Equal(!isOnPostgres, places.Any(place => place.StartsWith("file keys", StringComparison.Ordinal)));
        Assert.Contains(places, place => place.StartsWith("file audio", StringComparison.Ordinal));
        Assert.Contains(places, place => place.StartsWith("trace System.Net.Http", StringComparison.Ordinal));
        Assert.Contains(places, place => place.StartsWith("trace Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Contains(places, place => place.StartsWith("metric http.client", StringComparison.Ordinal));
        foreach (var category in (string[])["MusicRender.Engine", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Polly", "Orleans"])
        {
            Assert.Contains(places, place => place.StartsWith($"log {category}", StringComparison.Ordinal));
        }
    }

    /// <summary>A server whose every word is heard.</summary>
    private sealed class WatchedApp(Witness witness, string? key, string? database) : ElevenLabsApp
    {
        protected override string? Key => key;

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["MusicRender:ElevenLabs:RetryTimeout"] = "00:00:00", ["ConnectionStrings:MusicRender"] = database ?? "" };

        public async Task StopAsync() => await Services.GetRequiredService<Microsoft.Extensions.Hosting.IHost>().StopAsync(Patience);

        public async Task<IReadOnlyList<string>> RenderIdsAsync()
        {
            await using var catalogue = await Services.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<MusicRender.Engine.Library.Catalogue>>().CreateDbContextAsync(Patience);
            return [.. catalogue.Renders.Select(render => render.Id)];
        }

        public async Task<string> AskAsync(HttpMethod method, string path, string? json = null, string accept = "application/json")
        {
            using var request = new HttpRequestMessage(method, new Uri(Address, path));
            request.Headers.Add("Accept", accept);
            request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
            using var response = await Http.SendAsync(request, Patience);
            var body = await response.Content.ReadAsStringAsync(Patience);
            witness.Hear($"answer {method} {path.Split('?')[0]}", $"{response} {body}");
            return body;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(witness).AddFilter<Witness>(null, LogLevel.Trace));
        }
    }

    /// <summary>A server that logs as much as it can to what goes by the name of a console.</summary>
    private sealed class VerboseApp(string setting) : MusicRenderApp
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting(setting, "Trace");
            builder.ConfigureLogging(logging => logging.AddProvider(new QuietConsole()));
        }

        [ProviderAlias("Console")]
        private sealed class QuietConsole : ILoggerProvider, ILogger
        {
            public ILogger CreateLogger(string categoryName) => this;

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
            }

            public void Dispose()
            {
            }
        }
    }
}
