using Microsoft.Extensions.Logging;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>What is to be done with a render whose process is gone, by whoever has taken it up.</summary>
internal sealed partial class AbandonedTakes(PartialTakes takes, GeneratorCatalogue generators, TimeProvider time, ILogger<AbandonedTakes> logger)
{
    /// <summary>How often a render is taken up: one that ends its process each time must not do so for ever.</summary>
    private const long MostEpochs = 30;

    /// <summary>
    /// How such a render ends; null when it may run again. A paid generator that may have been asked is not asked again: what
    /// arrived is put in order, and kept for whoever wants it.
    /// </summary>
    /// <param name="render">The render.</param>
    /// <param name="isCancelled">True when it was taken up because somebody wants it to stop.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<RenderOutcome?> EndingOfAsync(RenderRecord render, bool isCancelled, CancellationToken ct)
    {
        if (render.Epoch > MostEpochs)
        {
            Log.GivenUp(logger, render.Id, render.Epoch);
            return RenderOutcome.Failed(
                RenderFailure.Server($"This render was begun {MostEpochs} times, and the server never came to its end. The server's log may say why. Change the plan, then render again.", "internal"),
                time.GetUtcNow(),
                await takes.TryMeasureAsync(render.Id),
                isUnread: true);
        }

        var generator = generators.Known(render.Generator);
        var isThere = await takes.HasAsync(render.Id, ct);
        if (generator is not null && !isThere && (generator.Capabilities.IsLocal || render.StartedAt is null))
        {
            return null;
        }

        PartialTake? take = null;
        var isUnread = false;
        try
        {
            // Even when nothing is there: it may have got its track's name already, and no row.
            take = await takes.RecoverAsync(render.Id, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be put in order now may be kept later.
            Log.NotRecovered(logger, render.Id, exception);
            take = await takes.TryMeasureAsync(render.Id);
            isUnread = true;
        }

        var (name, wasAsked) = (generator?.DisplayName ?? render.Generator, isThere || take is not null || render.StartedAt is not null);
        return isCancelled
            ? RenderOutcome.Failed(RenderEndings.Cancelled(wasAsked ? name : null, take), time.GetUtcNow(), take, isUnread) with { State = RenderState.Cancelled }
            : RenderOutcome.Failed(RenderEndings.Interrupted(name, wasAsked, take), time.GetUtcNow(), take, isUnread);
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "Render {RenderId} has been given to nodes {Epoch} times and never came to its end; it is given up.")]
        public static partial void GivenUp(ILogger logger, RenderId renderId, long epoch);


        [LoggerMessage(1, LogLevel.Error, "Render {RenderId}: what arrived of it could not be read; its files stay as they are.")]
        public static partial void NotRecovered(ILogger logger, RenderId renderId, Exception exception);
    }
}
