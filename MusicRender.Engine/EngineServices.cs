using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Jobs.Cluster;
using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Backup;
using MusicRender.Engine.Library.Postgres;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;
using Orleans.Configuration;
using Orleans.Serialization;

namespace MusicRender.Engine;

/// <summary>Puts the engine together.</summary>
public static class EngineServices
{
    /// <summary>Adds the engine: library, generators, rendering, jobs.</summary>
    public static IHostApplicationBuilder AddMusicRenderEngine(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<LibraryOptions>().BindConfiguration("MusicRender:Library")
            .Validate(options => options.Root.Trim().Length > 0, "MusicRender:Library:Root must name a folder, but is empty.").ValidateOnStart();
        services.AddOptions<FfmpegOptions>().BindConfiguration("MusicRender:Ffmpeg")
            .Validate(options => options.Path.Trim().Length > 0, "MusicRender:Ffmpeg:Path must name a program, but is empty.").ValidateOnStart();
        services.AddOptions<GeneratorOptions>().BindConfiguration("MusicRender");

        var postgres = PostgresConnection.Read(builder.Configuration.GetConnectionString("MusicRender"));
        services.AddLibrary(postgres);
        services.AddSingleton<AudioEncoder>();
        services.AddSingleton<AudioDecoder>();
        services.AddSingleton<AudioConverter>();
        services.AddGenerators();
        services.AddRendering();
        builder.AddJobs(postgres);
        services.AddSingleton(provider => new EngineHealth(
            provider.GetRequiredService<CatalogueSetup>(),
            provider.GetRequiredService<AudioStore>(),
            provider.GetRequiredService<FileClaims>(),
            provider.GetRequiredService<AudioEncoder>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    private static void AddLibrary(this IServiceCollection services, PostgresConnection? postgres)
    {
        services.AddKeyRing();
        services.AddCatalogue(postgres);
        services.AddAudioFiles();
        services.AddSingleton<FileClaims>();
        services.AddSingleton<ICatalogueCopy>(provider => postgres is null ? new SqliteCopy(provider.GetRequiredService<IOptions<LibraryOptions>>()) : new PostgresCopy(postgres.Text));
        services.AddSingleton<TakeCopies>();
        services.AddSingleton<LibraryBackup>();
        services.AddSingleton<LibraryRestore>();
        services.AddSingleton(provider => new EngineBackup(provider.GetRequiredService<LibraryBackup>(), provider.GetRequiredService<LibraryRestore>()));
        services.AddSingleton<TrackLibrary>();
        services.AddSingleton<ITrackLibrary>(provider => provider.GetRequiredService<TrackLibrary>());
        services.AddSingleton<IDrafts, Drafts>();
        services.AddSingleton<SecretStore>();
        services.AddSingleton<IStudioSettings, StudioSettings>();
        services.AddSingleton<IStorageMeter, StorageMeter>();
    }

    private static void AddGenerators(this IServiceCollection services)
    {
        services.AddOptions<SketchOptions>().BindConfiguration("MusicRender:Sketch")
            .Validate(
                options => options.MaxConcurrency is >= SketchOptions.MinMaxConcurrency and <= SketchOptions.MaxMaxConcurrency,
                $"MusicRender:Sketch:MaxConcurrency must be {SketchOptions.MinMaxConcurrency} to {SketchOptions.MaxMaxConcurrency}.")
            .ValidateOnStart();
        services.AddSingleton<IMusicGenerator>(provider => new SketchGenerator(provider.GetRequiredService<IOptions<SketchOptions>>().Value));
        services.AddSingleton<IStemMaker, SketchStemMaker>();
        services.AddSingleton<SketchPreview>();
        services.AddElevenLabs();
        services.AddSingleton<IPromptWriter, PresetPromptWriter>();
    }

    private static void AddRendering(this IServiceCollection services)
    {
        services.AddSingleton<GeneratorCatalogue>();
        services.AddSingleton<ElevenLabsAccount>();
        services.AddSingleton<IElevenLabsAccount>(provider => provider.GetRequiredService<ElevenLabsAccount>());
        services.AddSingleton<OwnPlanWriter>();
        services.AddSingleton<IPlanWriter, RemotePlanWriter>();
        services.AddSingleton(provider => new RenderTelemetry(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<TrackMaker>();
        services.AddSingleton<RenderPipeline>();
        services.AddSingleton<RenderRecords>();
        services.AddSingleton<QueueRecords>();
        services.AddSingleton<RenderHistory>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<PartialTakes>();
        services.AddSingleton<TrackSaver>();
        services.AddSingleton<ITrackFiles, TrackFiles>();
        services.AddSingleton<TakeKeeper>();
        services.AddSingleton<AbandonedTakes>();
        services.AddSingleton<LibraryOrder>();
    }

    private static void AddJobs(this IHostApplicationBuilder builder, PostgresConnection? postgres)
    {
        builder.Services.AddOptions<ShutdownOptions>().BindConfiguration("MusicRender:Shutdown")
            .Validate(options => options.Patience >= TimeSpan.Zero && options.Patience <= ShutdownOptions.MaxPatience, "MusicRender:Shutdown:Patience must be 00:00:00 to 00:30:00.").ValidateOnStart();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) => host.ShutdownTimeout = shutdown.Value.Patience + TimeSpan.FromSeconds(30));
        builder.Services.AddHostedService<EngineStartup>();
        builder.Services.AddOptions<QueueOptions>().BindConfiguration("MusicRender:Queue")
            .Validate(options => options.MaxWaiting is >= 1 and <= QueueOptions.Most, $"MusicRender:Queue:MaxWaiting must be 1 to {QueueOptions.Most}.")
            .Validate(options => options.MaxWaitingPerClient is >= 1 and <= QueueOptions.Most, $"MusicRender:Queue:MaxWaitingPerClient must be 1 to {QueueOptions.Most}.")
            .ValidateOnStart();
        builder.Services.AddHostedService<NewsFollower>();
        builder.Services.AddSingleton<IRenderSlots, GrainSlots>();
        builder.Services.AddSingleton<RenderRuns>();
        builder.Services.AddSingleton<GrainCalls>();
        builder.Services.AddSingleton<RenderAdmission>();
        builder.Services.AddSingleton<IRenderJobs, RenderJobs>();
        builder.Services.AddSingleton<StemRecords>();
        builder.Services.AddSingleton<StemPipeline>();
        builder.Services.AddSingleton<IStemJobs, StemJobs>();
        builder.Services.AddSingleton<PaidStems>();
        builder.UseOrleans(silo =>
        {
            if (postgres is null)
            {
                silo.UseOneProcess();
            }
            else
            {
                silo.UseCluster(builder.Configuration, postgres);
            }

            silo.AddPlacementDirector<RenderPlacement, RenderPlacementDirector>();
            // A span of whoever asks goes along to the grain, on whichever machine.
            silo.AddActivityPropagation();
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMinutes(2));
        });
        SteadyTime.UseFor(builder.Services);
        // Behind the silo: it begins when grains can be called, and ends before they cannot.
        builder.Services.AddHostedService<RenderRecovery>();
        builder.Services.AddSerializer(serializer => serializer.AddJsonSerializer(type =>
            type.Namespace == typeof(Composition).Namespace || type == typeof(RenderResult) || type == typeof(Track)));
    }
}
