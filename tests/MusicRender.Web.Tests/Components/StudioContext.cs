using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Prompting;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Access;
using MusicRender.Web.Studio;
using MusicRender.Web.Studio.Previews;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Components;

/// <summary>The studio's components on fakes.</summary>
public abstract class StudioContext : BunitContext
{
    /// <summary>How long a page may take for one thing: far more than a quiet machine needs.</summary>
    static StudioContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    protected StudioContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IRenderJobs>(Jobs);
        Services.AddSingleton<IStemJobs>(Stems);
        Services.AddSingleton<IDrafts>(Drafts);
        Services.AddSingleton<ILibraryNews>(new FakeNews());
        Services.AddSingleton<ITrackLibrary>(Library);
        Services.AddSingleton<IPromptWriter>(Prompts);
        Services.AddSingleton<IPlanWriter>(Plans);
        Services.AddSingleton<IElevenLabsAccount>(Account);
        Services.AddSingleton(Door);
        Services.AddSingleton<OpenDrafts>();
        Services.AddScoped<StudioClient>();
        Services.AddScoped<TrackStudio>();
        Services.AddSingleton<UnderWayFeed>();
        Services.AddSingleton(new PreviewDesk(new SketchPreview(new AudioEncoder(Options.Create(new FfmpegOptions { Path = "/nonexistent/ffmpeg" })))));
        Services.AddScoped<TimelineView>();
        Services.AddSingleton<ITrackFiles>(Files);
        Services.AddScoped<NowPlaying>();
        Services.AddSingleton<IStudioSettings>(Settings);
        Services.AddSingleton<IStorageMeter>(Storage);
        Services.AddSingleton<AllowedOrigins>();
        Services.AddScoped<NewDrafts>();
        // Numbers and dates are those of a reader, not of the machine.
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
    }

    private protected FakeTimeProvider Time { get; } = new();

    /// <summary>Neither open nor guarded: what the test makes of it.</summary>
    private protected Door Door { get; } = new(Options.Create(new LimitOptions()), TimeProvider.System);

    private protected FakeRenderJobs Jobs { get; } = new();

    private protected FakeStemJobs Stems { get; } = new();

    private protected FakeDrafts Drafts { get; } = new();

    private protected FakeTrackLibrary Library { get; } = new();

    private protected FakeTrackFiles Files { get; } = new();

    private protected FakePromptWriter Prompts { get; } = new();

    private protected FakePlanWriter Plans { get; } = new();

    private protected FakeAccount Account { get; } = new();

    private protected FakeStudioSettings Settings { get; } = new();

    private protected FakeStorageMeter Storage { get; } = new();

    /// <summary>What has last been given the focus.</summary>
    private protected string Focused => ((ElementReference)JSInterop.Invocations["Blazor._internal.domWrapper.focus"][^1].Arguments[0]!).Id;

    private protected ComposeSession Session(Draft draft) =>
        new(draft, Drafts, Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<ComposeSession>.Instance);

    /// <summary>An element as <see cref="Focused"/> names it. It has this name only until it is drawn again.</summary>
    private protected static string ReferenceOf(AngleSharp.Dom.IElement element)
    {
        var reference = element.GetAttribute("blazor:elementreference");
        Assert.NotEmpty(reference ?? "");
        return reference!;
    }
}
