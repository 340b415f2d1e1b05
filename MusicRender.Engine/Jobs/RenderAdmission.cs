using System.Data.Common;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>
/// Decides what becomes of a good request: a new render, the render that its idempotency key stands for, or a refusal
/// because too many wait. A refused request leaves nothing behind and uses no key up.
/// </summary>
internal sealed class RenderAdmission(IRenderSlots slots, IdempotencyKeys keys, TimeProvider time)
{
    /// <summary>Enters a render in the catalogue and starts it: its generator, its request with the seed chosen, what tells the request from others. Null when that is done.</summary>
    public delegate Task<RenderFailure?> Starter(RenderId id, string generator, RenderRequest request, string? requestHash);

    /// <summary>Lets a request in.</summary>
    /// <param name="generator">Who renders it.</param>
    /// <param name="request">Checked already.</param>
    /// <param name="start">Starts it.</param>
    /// <param name="ct">Gives up before anything is entered.</param>
    public async Task<RenderStart> StartAsync(IMusicGenerator generator, RenderRequest request, Starter start, CancellationToken ct)
    {
        var hash = request.IdempotencyKey is null ? null : IdempotencyKeys.HashOf(request);
        while (true)
        {
            if (hash is not null)
            {
                var (known, trouble) = await FindAsync(request.IdempotencyKey!, hash, ct);
                if (trouble is not null || known is not null)
                {
                    return known is { } id ? RenderStart.Accepted(id) : RenderStart.Refused(trouble!);
                }
            }

            if (await TryNewAsync(generator, request, hash, start, ct) is { } answer)
            {
                return answer;
            }

            // Somebody with the same key was quicker: it is there now.
        }
    }

    /// <summary>The render of a key that is still remembered, or null.</summary>
    public async Task<RenderId?> OfKeyAsync(string key, CancellationToken ct) => (await keys.FindAsync(key, ct))?.Id;

    private async Task<(RenderId? Known, RenderFailure? Trouble)> FindAsync(string key, string hash, CancellationToken ct)
    {
        try
        {
            return await keys.FindAsync(key, ct) is not { } found ? default
                : found.RequestHash == hash ? (found.Id, null)
                : (null, IdempotencyKeys.Reused);
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            return (null, RenderRecords.FailureOf(exception));
        }
    }

    /// <summary>Null when the key was taken in the meantime.</summary>
    private async Task<RenderStart?> TryNewAsync(IMusicGenerator generator, RenderRequest request, string? hash, Starter start, CancellationToken ct)
    {
        var id = RenderId.New(time.GetUtcNow());
        if (await slots.EnterAsync(RenderJob.SlotOf(generator, id, request), ct) is { } full)
        {
            return RenderStart.Refused(full);
        }

        var isStarted = false;
        try
        {
            var failure = await start(id, generator.Name, request with { Options = request.Options with { Seed = request.Options.Seed ?? Random.Shared.Next() } }, hash);
            isStarted = failure is null;
            return isStarted ? RenderStart.Accepted(id)
                : failure!.Reason == IdempotencyKeys.Taken.Reason ? null
                : RenderStart.Refused(failure);
        }
        finally
        {
            if (!isStarted)
            {
                await slots.ReleaseAsync(generator.Name, id);
            }
        }
    }
}
