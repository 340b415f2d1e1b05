using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Engine.Rendering;

/// <summary>Makes the track of a render that has its slot: asks the generator, takes up what it gives, saves it.</summary>
internal sealed class TrackMaker(IPlanWriter planWriter, PartialTakes takes, TrackSaver saver, AudioEncoder encoder, TimeProvider time)
{
    private static readonly TimeSpan NotedAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Has a plan written where the generator takes no prompts, and begins the take. The generator has not been asked yet.</summary>
    public async Task<Take> BeginAsync(RenderJob job, RenderProgress progress, CancellationToken ct)
    {
        var notes = TakeNotes.Of(job.Request);
        if (job.Request.Composition is PromptComposition prompt && !job.Generator.Capabilities.TakesPrompts)
        {
            progress.WritingPlan();
            var written = await planWriter.WriteAsync(
                new PlanRequest { Prompt = prompt.Prompt, Generator = job.Generator.Name, MusicLengthMs = prompt.MusicLengthMs, ForceInstrumental = prompt.ForceInstrumental, Title = prompt.Title, Seed = job.Seed },
                ct);
            notes = new TakeNotes { Composition = written.Plan with { Title = prompt.Title ?? written.Song.Title }, Known = written.Song };
        }

        ct.ThrowIfCancellationRequested();
        await job.Hold.ConfirmAsync(ct);
        if (job.Generator.Capabilities.IsLocal && job.Hold.Epoch > 1)
        {
            takes.Store.Partials.RemoveFreeBefore(job.Id.Value, job.Hold.Epoch);
        }

        return await Take.BeginAsync(takes, encoder, job, notes);
    }

    /// <summary>Asks the generator, and saves what it gives.</summary>
    public async Task<Made> MakeAsync(RenderJob job, RenderProgress progress, Take take, CancellationToken ct)
    {
        var request = new GenerationRequest
        {
            Composition = take.Notes.Composition,
            Seed = job.Seed,
            OutputFormat = GeneratorCatalogue.FormatOf(job.Generator, job.Request.Options) ?? job.Format.Name,
            Options = job.Request.Options,
        };
        take.Prepare(ct);
        var outputs = job.Generator.GenerateAsync(request, ct).GetAsyncEnumerator(ct);
        await using (outputs)
        {
            while (await NextAsync(outputs, job, progress, take))
            {
                if (job.Generator.Capabilities.IsLocal)
                {
                    // What is paid for is taken up whatever happens: it goes into a file that nobody else has open.
                    await job.Hold.ConfirmAsync(ct);
                }

                if (outputs.Current is GeneratorOutput.Failed failed)
                {
                    return Made.Not(failed.Failure);
                }

                await TakeUpAsync(outputs.Current, progress, take, ct);
            }
        }

        progress.Processing(job.Generator);
        await job.Hold.ConfirmAsync(ct);
        await take.FinishAsync(ct);
        if (!take.IsPlayable)
        {
            return Made.Not(RenderFailure.Server($"{job.Generator.DisplayName} gave no audio. Render again, or change the plan.", "no_audio"));
        }

        progress.Saving();
        var durationMs = take.DurationMs > 0 ? take.DurationMs : take.Notes.Composition.DurationMs ?? 0;
        await job.Hold.ConfirmAsync(ct);
        if (job.Hold.Epoch > 1)
        {
            await takes.ClearNamesAsync(job.Id, ct);
            await job.Hold.ConfirmAsync(ct);
        }

        var track = await saver.SaveAsync(
            TrackSaver.TrackOf(job.Id, job.Generator.Name, job.Request, take.Notes, durationMs, isPartial: false) with { GeneratorVersion = job.Generator.Capabilities.Version },
            take.Partial,
            take.InfoFrame(),
            ct);
        try
        {
            progress.Extracting();
            return new Made(track, take.Peaks ?? await saver.PeaksAsync(track, ct), null);
        }
        catch when (!job.Hold.IsSure)
        {
            // It may be somebody else's by now. What no row names is cleared away by whoever comes next.
            throw;
        }
        catch when (job.Generator.Capabilities.IsLocal)
        {
            await takes.Store.DeleteAsync(track.FileName, CancellationToken.None);
            throw;
        }
        catch
        {
            await takes.Store.WithdrawAsync(track.FileName, take.Partial.Path, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The generator's next output. In a wait the newest message is shown, and in one that lasts, what came is written down: the process may not survive it.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<GeneratorOutput> outputs, RenderJob job, RenderProgress progress, Take take)
    {
        var next = outputs.MoveNextAsync();
        if (next.IsCompleted || !(progress.HasMore || take.HasMore))
        {
            return await next;
        }

        var waiting = next.AsTask();
        await progress.ShowMoreAsync(waiting);
        if (take.HasMore && await time.LastsAsync(waiting, NotedAfter) && job.Hold.IsSure)
        {
            take.Note();
        }

        return await waiting;
    }

    private static async ValueTask TakeUpAsync(GeneratorOutput output, RenderProgress progress, Take take, CancellationToken ct)
    {
        switch (output)
        {
            case GeneratorOutput.Pcm pcm:
                await take.AddAsync(pcm, ct);
                break;
            case GeneratorOutput.Encoded encoded:
                await take.AddAsync(encoded.Bytes);
                break;
            case GeneratorOutput.Part part:
                await take.AddAsync(part);
                break;
            case GeneratorOutput.Waveform waveform:
                take.Add(waveform);
                break;
            case GeneratorOutput.Progress step:
                progress.Generated(step);
                break;
            default:
                take.Add(output);
                break;
        }

        if (take.IsPlayable)
        {
            progress.Playable();
        }
    }
}

/// <summary>What came of the stages: a track with its peaks, or why there is none.</summary>
internal sealed record Made(Track? Track, IReadOnlyList<float> Peaks, RenderFailure? Failure)
{
    public static Made Not(RenderFailure failure) => new(null, [], failure);
}
