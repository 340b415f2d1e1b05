using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>The answer to a wish to render: the draft to look at, or why not.</summary>
/// <param name="DraftId">The draft whose Listen step shows the render; null when nothing was started.</param>
/// <param name="Failure">Why nothing was started, or null.</param>
public readonly record struct TakeStart(string? DraftId, RenderFailure? Failure);

/// <summary>Starts renders from drafts and from finished tracks.</summary>
public sealed class TrackStudio(IRenderJobs jobs, IDrafts drafts, OpenDrafts open, StudioClient client)
{
    /// <summary>Renders the plan of a draft and notes the render in it.</summary>
    /// <returns>Why it was not started, or null.</returns>
    public async Task<RenderFailure?> RenderAsync(ComposeSession session, CancellationToken ct)
    {
        var draft = session.Draft;
        if (draft.Plan is not { } plan)
        {
            return new RenderFailure(FailureCode.ValidationError, "There is no plan yet. Make the plan first.");
        }

        return await StartAsync(session, plan, SongOf(draft), OptionsOf(draft, draft.Generator) with { Seed = draft.Seed }, ct);
    }

    /// <summary>Renders the plan of a draft with the generator that runs here and costs nothing, and stays with it.</summary>
    /// <returns>Why it was not started, or null.</returns>
    public Task<RenderFailure?> RenderWithSketchAsync(ComposeSession session, CancellationToken ct)
    {
        session.Update(draft => draft with { Generator = GeneratorChoice.Sketch });
        return RenderAsync(session, ct);
    }

    /// <summary>Renders a finished track's plan once more, with a new seed, in its draft: with the draft's generator, or else the track's own.</summary>
    /// <returns>Why it was not started, or null.</returns>
    public Task<RenderFailure?> RenderAnotherAsync(ComposeSession session, Track track, CancellationToken ct) =>
        StartAsync(session, track.Composition, track.Song, OptionsOf(session.Draft, session.Draft.Generator ?? track.Generator), ct);

    /// <summary>Renders a finished track's plan once more, with a new seed, in a draft of its own, with the track's generator where it is ready.</summary>
    public async Task<TakeStart> RenderAnotherAsync(Track track, CancellationToken ct)
    {
        var draft = await OpenAsync(track, ct);
        var start = await jobs.StartAsync(
            new RenderRequest
            {
                Composition = track.Composition,
                Options = OptionsOf(draft, track.Generator),
                Song = track.Song,
                RequestId = NewRequestId(),
                DraftId = draft.Id,
                Client = client.Id,
            },
            CancellationToken.None);
        if (start.Failure is { } failure)
        {
            await drafts.DeleteAsync(draft.Id, CancellationToken.None);
            return new TakeStart(null, failure);
        }

        await drafts.SaveAsync(draft with { RenderId = start.Id.Value }, CancellationToken.None);
        return new TakeStart(draft.Id, null);
    }

    /// <summary>Asks once more for what a render that failed was asked for. Its draft shows the new one, where it showed the old.</summary>
    /// <returns>Why it was not started, or null.</returns>
    public async Task<RenderFailure?> RetryAsync(RenderStatus render)
    {
        if (await jobs.RetryAsync(render.Id, client.Id, CancellationToken.None) is not { } start)
        {
            return RenderFailure.Server(QueueTexts.Gone, "unknown");
        }

        if (start.Failure is null && render.DraftId is { } id && await open.OpenAsync(id) is { } session)
        {
            await using (session)
            {
                await session.KeepAsync(draft => draft.RenderId == render.Id.Value ? draft with { RenderId = start.Id.Value } : draft);
            }
        }

        return start.Failure;
    }

    /// <summary>A new draft with a track's plan and generator.</summary>
    public Task<Draft> OpenAsync(Track track, CancellationToken ct) => drafts.CreateAsync(
        new Draft
        {
            Id = "",
            Plan = track.Composition is PromptComposition ? null : PlanConversion.ToSections(track.Composition) with { Title = track.Title },
            Prompt = (track.Composition as PromptComposition)?.Prompt ?? "",
            Title = track.Title,
            Generator = track.Generator,
            Description = track.Song.Description ?? "",
            Song = track.Song,
        },
        ct);

    /// <summary>
    /// What a draft asks for. A generator that is not ready any more gives way to the default one; a custom style model goes
    /// along only where it is taken.
    /// </summary>
    private RenderOptions OptionsOf(Draft draft, string? generator)
    {
        var chosen = jobs.Find(generator);
        var options = draft.Options with { Generator = generator is null ? null : chosen?.Name, Seed = null };
        return chosen is { TakesFinetunes: true }
            ? options with { FinetuneStrength = draft.FinetuneId is null ? null : draft.FinetuneStrength }
            : options with { ModelId = null, FinetuneId = null, FinetuneStrength = null };
    }

    private static SongMetadata SongOf(Draft draft) => (draft.Song ?? new SongMetadata()) with
    {
        Title = draft.Title.Length == 0 ? null : draft.Title,
        Description = draft.Description.Length == 0 ? null : draft.Description,
    };

    private static string NewRequestId() => Guid.NewGuid().ToString("N");

    private async Task<RenderFailure?> StartAsync(
        ComposeSession session, Composition composition, SongMetadata song, RenderOptions options, CancellationToken ct)
    {
        await session.FlushAsync();
        ct.ThrowIfCancellationRequested();

        // From here on it runs through, so that no render is begun that its draft does not know.
        var start = await jobs.StartAsync(
            new RenderRequest
            {
                Composition = composition,
                Options = options,
                Song = song,
                RequestId = NewRequestId(),
                DraftId = session.Draft.Id,
                Client = client.Id,
            },
            CancellationToken.None);
        if (start.Failure is { } failure)
        {
            return failure;
        }

        await session.KeepAsync(draft => draft with { RenderId = start.Id.Value });
        return null;
    }
}
