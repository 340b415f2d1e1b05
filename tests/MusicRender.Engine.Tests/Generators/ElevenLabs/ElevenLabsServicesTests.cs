using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

public sealed class ElevenLabsServicesTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("sk_a", null, true)]
    [InlineData(null, "sk_a", true)]
    [InlineData(" ", "sk_a", true)]
    [InlineData("", " ", false)]
    public async Task Key_OfTheConfigurationOrTheVariable_IsUsedFromTheStart(string? own, string? variable, bool isThere)
    {
        await using var services = Services([("MusicRender:ElevenLabs:ApiKey", own), ("ELEVENLABS_API_KEY", variable)]);
        Assert.Equal(isThere, services.GetRequiredService<ElevenLabsKey>().IsThere);
        var generator = services.GetServices<IMusicGenerator>().Single(generator => generator.Name == "elevenlabs");
        Assert.Equal(isThere, generator.IsReady);
        services.GetRequiredService<ElevenLabsKey>().Use(isThere ? null : "sk_b");
        Assert.Equal(!isThere, generator.IsReady);
    }

    [Fact]
    public async Task Generator_SaysWhatItCan()
    {
        await using var services = Services([("MusicRender:ElevenLabs:MaxConcurrency", "5"), ("MusicRender:ElevenLabs:CreditsPerMinute", "750"), ("MusicRender:ElevenLabs:UsdPerMinute", "0.2")]);
        var generator = services.GetServices<IMusicGenerator>().Single(generator => generator.Name == "elevenlabs");
        Assert.Equal(("ElevenLabs API", false, true, true, 5), (generator.DisplayName, generator.Capabilities.IsLocal, generator.Capabilities.TakesPrompts, generator.Capabilities.TakesFinetunes, generator.Capabilities.MaxConcurrency));
        Assert.Equal(new GeneratorPrice(750, 0.2m), generator.Capabilities.Price);
        Assert.Equal("auto", generator.Capabilities.OutputFormats[0]);
        Assert.All(generator.Capabilities.OutputFormats.Skip(1), format => Assert.StartsWith("mp3_", format, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ApiKey", "sk_has a space")]
    [InlineData("ApiKey", "sk_é")]
    [InlineData("BaseUrl", "elevenlabs")]
    [InlineData("BaseUrl", "ftp://elevenlabs.example")]
    [InlineData("ModelId", " ")]
    [InlineData("MaxConcurrency", "0")]
    [InlineData("MaxConcurrency", "101")]
    [InlineData("IdleTimeout", "00:00:00.5")]
    [InlineData("IdleTimeout", "01:00:01")]
    [InlineData("RetryTimeout", "-00:00:01")]
    [InlineData("RetryTimeout", "02:00:00")]
    [InlineData("CreditsPerMinute", "-1")]
    [InlineData("UsdPerMinute", "-0.01")]
    public async Task Option_ThatIsBad_StopsTheStartWithALineThatNamesIt(string key, string value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create($"MusicRender:ElevenLabs:{key}", (string?)value)]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddElevenLabs();
        using var host = builder.Build();
        var line = Assert.Single((await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures);
        Assert.StartsWith($"MusicRender:ElevenLabs:{key} must ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.True(key != "ApiKey" || !line.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MusicCall_IsSentOnceWhateverComes_AccountCallAgain()
    {
        using var music = new Recording(HttpStatusCode.ServiceUnavailable);
        using var account = new Recording(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        await using var services = Services([("ELEVENLABS_API_KEY", Upstream.Key)], music, account);
        using var refused = await services.GetRequiredService<IElevenLabsMusicApi>().ComposeAsync(new ComposeBody { ModelId = "music_v2", Prompt = "x" }, "auto", CancellationToken.None);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (refused.StatusCode, music.Requests.Count));
        using var subscription = await services.GetRequiredService<IElevenLabsAccountApi>().SubscriptionAsync(null, CancellationToken.None);
        Assert.Equal((HttpStatusCode.OK, 3), (subscription.StatusCode, account.Requests.Count));
        Assert.All(music.Requests.Concat(account.Requests), request => Assert.Equal(Upstream.Key, KeyHandler.KeyOf(request)));
    }

    [Fact]
    public async Task Key_IsReadAtEachCall_UnlessTheCallBringsItsOwn()
    {
        using var account = new Recording(HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK);
        await using var services = Services([("ELEVENLABS_API_KEY", "sk_first")], account: account);
        var api = services.GetRequiredService<IElevenLabsAccountApi>();
        await api.SubscriptionAsync(null, CancellationToken.None);
        await api.SubscriptionAsync("sk_given", CancellationToken.None);
        services.GetRequiredService<ElevenLabsKey>().Use("sk_second");
        await api.SubscriptionAsync(null, CancellationToken.None);
        services.GetRequiredService<ElevenLabsKey>().Use(null);
        await api.SubscriptionAsync(null, CancellationToken.None);
        Assert.Equal(["sk_first", "sk_given", "sk_second", null], account.Requests.Select(KeyHandler.KeyOf));
    }

    [Fact]
    public async Task AccountCall_ThatFails_ThrowsWhatTheNetworkThrows()
    {
        using var account = new Recording(Enumerable.Repeat(HttpStatusCode.OK, 20).ToArray()) { Fault = new HttpRequestException(HttpRequestError.NameResolutionError) };
        await using var services = Services([], account: account);
        var api = services.GetRequiredService<IElevenLabsAccountApi>();
        Assert.Equal(HttpRequestError.NameResolutionError, (await Assert.ThrowsAsync<HttpRequestException>(() => api.SubscriptionAsync(Upstream.Key, CancellationToken.None))).HttpRequestError);
        Assert.Equal(4, account.Requests.Count);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.SubscriptionAsync(Upstream.Key, cancelled.Token));
    }

    [Fact]
    public async Task Key_ReachesNoLogAndNoException()
    {
        var logs = new AllLogs();
        using var music = new Recording(HttpStatusCode.Unauthorized) { Body = $$$"""{"detail":{"message":"{{{Upstream.Key}}} is not valid"}}""" };
        using var account = new Recording(HttpStatusCode.OK) { Fault = new HttpRequestException("refused") };
        await using var services = Services([("ELEVENLABS_API_KEY", Upstream.Key)], music, account, logs);
        var rendered = await Rendered.OfAsync((ElevenLabsGenerator)services.GetServices<IMusicGenerator>().Single(generator => generator.Name == "elevenlabs"), Songs.Sung);
        Assert.Equal("invalid_key", rendered.Reason);
        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => services.GetRequiredService<IElevenLabsAccountApi>().SubscriptionAsync(null, CancellationToken.None));
        Assert.NotEmpty(logs.Lines);
        Assert.All([.. logs.Lines, exception.ToString(), rendered.Failure!.ToString(), services.GetRequiredService<ElevenLabsKey>().ToString()], line => Assert.DoesNotContain(Upstream.Key, line, StringComparison.OrdinalIgnoreCase));
    }

    private static ServiceProvider Services((string Key, string? Value)[] settings, HttpMessageHandler? music = null, HttpMessageHandler? account = null, ILoggerProvider? logs = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build());
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            if (logs is not null)
            {
                logging.AddProvider(logs);
            }
        });
        services.AddSingleton<TimeProvider>(new InstantTime(TimeSpan.FromSeconds(20)));
        services.AddElevenLabs();
        foreach (var (name, handler) in ((string, HttpMessageHandler?)[])[(ElevenLabsServices.MusicClient, music), (ElevenLabsServices.AccountClient, account)])
        {
            if (handler is not null)
            {
                services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => handler);
            }
        }

        return services.BuildServiceProvider();
    }

    /// <summary>Answers with statuses in turn, asking to be called again at once.</summary>
    private sealed class Recording(params HttpStatusCode[] statuses) : HttpMessageHandler
    {
        public List<HttpRequestMessage> Requests { get; } = [];

        public HttpRequestException? Fault { get; init; }

        public string Body { get; init; } = "{}";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            if (Fault is not null)
            {
                throw Fault;
            }

            var answer = new HttpResponseMessage(statuses[Requests.Count - 1]) { Content = new StringContent(Body) };
            answer.Headers.Add("Retry-After", "0");
            return Task.FromResult(answer);
        }
    }

    private sealed class AllLogs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + state + exception);

        public void Dispose()
        {
        }
    }
}
