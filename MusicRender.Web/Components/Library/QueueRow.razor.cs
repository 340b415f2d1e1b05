using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Library;

/// <summary>One render in words: what it is, who asked, where it stands or how it ended.</summary>
public sealed partial class QueueRow
{
    [Parameter, EditorRequired]
    public required RenderStatus Render { get; set; }

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public required string Client { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    private string? Address => Render.Result is { } result ? $"/tracks/{result.Id}"
        : Render.DraftId is { } draft ? WizardSteps.Address(draft, Render.Id)
        : null;

    private IEnumerable<string> Facts => new[]
    {
        Render.Client switch
        {
            null => "",
            var client when client == Client => QueueTexts.You,
            var client when client.StartsWith("browser:", StringComparison.Ordinal) => QueueTexts.AnotherBrowser,
            _ => QueueTexts.Program,
        },
        Jobs.ShownNameOf(Render.Generator),
        Render.LengthMs is { } length ? Wording.Length(length) : "",
    }.Where(fact => fact.Length > 0);

    private string Standing => Render switch
    {
        { State: RenderState.Queued, Progress.QueuePosition: 1 } => QueueTexts.Next,
        { State: RenderState.Queued, Progress.QueuePosition: { } place } => QueueTexts.Place.With(Wording.Count(place)),
        { State: RenderState.Queued } => QueueTexts.Waits,
        { State: RenderState.Running } => QueueTexts.Percent.With(Render.Progress?.Percent ?? 0),
        { State: RenderState.Succeeded } => QueueTexts.Succeeded,
        { State: RenderState.Cancelled } => QueueTexts.Cancelled,
        _ => QueueTexts.Failed,
    };

    private string? Aside => Render.FinishedAt is { } ended ? Wording.Ago(ended, Time.GetUtcNow())
        : Render.EtaSeconds is { } left ? QueueTexts.Left.With(Wording.Length((long)RenderPace.Rounded(TimeSpan.FromSeconds(left)).TotalMilliseconds))
        : null;

    /// <summary>What a render is called.</summary>
    public static string TitleOf(RenderStatus render) => render.Title is { Length: > 0 } title ? title : RenderTexts.Untitled;
}
