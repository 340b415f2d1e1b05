using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Generators.ElevenLabs.Stems;
using Refit;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Puts the ElevenLabs client together.</summary>
internal static class ElevenLabsServices
{
    /// <summary>Name of the HTTP client of calls that cost money: nothing in it sends a call twice.</summary>
    public const string MusicClient = "ElevenLabs music";

    /// <summary>Name of the HTTP client of calls that cost nothing: it tries again.</summary>
    public const string AccountClient = "ElevenLabs account";

    /// <summary>The variable that holds the key beside the configuration's own name for it.</summary>
    public const string KeyVariable = "ELEVENLABS_API_KEY";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AccountAttempt = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AccountTotal = TimeSpan.FromSeconds(90);

    /// <summary>How requests are written: null is not sent; failures of the network come as .NET gives them, without the request, which holds the key.</summary>
    public static RefitSettings Settings { get; } = new()
    {
        ContentSerializer = new SystemTextJsonContentSerializer(new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull }),
        RequestBodySerialization = RequestBodySerializationMode.Buffered,
        TransportExceptionFactory = (_, exception, _) => exception,
    };

    /// <summary>Adds options, key, clients and the generator.</summary>
    public static IServiceCollection AddElevenLabs(this IServiceCollection services)
    {
        services.AddOptions<ElevenLabsOptions>().BindConfiguration(ElevenLabsOptionsValidator.Section)
            .Configure<IConfiguration>((options, configuration) =>
                options.ApiKey = string.IsNullOrWhiteSpace(options.ApiKey) ? configuration[KeyVariable] : options.ApiKey)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ElevenLabsOptions>, ElevenLabsOptionsValidator>();
        services.AddSingleton(provider =>
        {
            var key = new ElevenLabsKey();
            key.Use(provider.GetRequiredService<IOptions<ElevenLabsOptions>>().Value.ApiKey);
            return key;
        });
        services.AddTransient<KeyHandler>();
        services.AddSingleton<IMusicGenerator>(provider => new ElevenLabsGenerator(
            provider.GetRequiredService<IElevenLabsMusicApi>(),
            provider.GetRequiredService<ElevenLabsKey>(),
            provider.GetRequiredService<IOptions<ElevenLabsOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            Random.Shared,
            provider.GetRequiredService<ILogger<ElevenLabsGenerator>>()));
        services.AddSingleton<IStemMaker>(provider => new ElevenLabsStemMaker(
            provider.GetRequiredService<IElevenLabsMusicApi>(),
            provider.GetRequiredService<ElevenLabsKey>(),
            provider.GetRequiredService<IOptions<ElevenLabsOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            Random.Shared,
            provider.GetRequiredService<ILogger<ElevenLabsStemMaker>>()));

        services.AddClient<IElevenLabsMusicApi>(MusicClient).AddHttpMessageHandler<KeyHandler>();
        var account = services.AddClient<IElevenLabsAccountApi>(AccountClient).AddHttpMessageHandler(() => new GivenUpHandler());
        account.AddStandardResilienceHandler(resilience =>
        {
            resilience.AttemptTimeout.Timeout = AccountAttempt;
            resilience.TotalRequestTimeout.Timeout = AccountTotal;
            resilience.CircuitBreaker.SamplingDuration = AccountTotal;
            resilience.Retry.Delay = TimeSpan.FromSeconds(1);
        });
        account.AddHttpMessageHandler<KeyHandler>();
        return services;
    }

    private static IHttpClientBuilder AddClient<T>(this IServiceCollection services, string name)
        where T : class => services
        .AddRefitGeneratedClient<T>(Settings, name)
        .ConfigureHttpClient((provider, client) =>
        {
            client.BaseAddress = provider.GetRequiredService<IOptions<ElevenLabsOptions>>().Value.BaseUrl;
            // Music takes minutes, and its answer is read for as long as it comes.
            client.Timeout = Timeout.InfiniteTimeSpan;
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect would send the body again, and the key to whom it names.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        // They print headers.
        .RemoveAllLoggers();
}
