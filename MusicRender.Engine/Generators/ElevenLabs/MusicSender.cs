using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>What became of a request: an answer, which the caller disposes, or why there is none.</summary>
/// <param name="Answer">The answer, read up to its headers, its status a success; or null.</param>
/// <param name="Refusal">What the upstream said instead, when it said something.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
internal sealed record Sent(HttpResponseMessage? Answer, UpstreamError? Refusal, RenderFailure? Failure);

/// <summary>
/// Sends a request that costs money. It is sent again only when it surely cost nothing: the connection could not be made, or
/// the upstream refused it as one too many (429) or for a fault of its own (5xx, but not what a gateway says that lost it). Each wait is told.
/// </summary>
internal sealed class MusicSender(ElevenLabsOptions options, FreedSlots slots, Patience patience, Backoff backoff, TimeProvider time)
{
    /// <summary>For a slot of the account's own it waits so many times longer than for anything else.</summary>
    private const int SlotPatience = 10;

    /// <summary>Sends until there is an answer, a refusal for good, or no more patience.</summary>
    /// <param name="call">Sends once.</param>
    /// <param name="asked">What is to be made.</param>
    /// <param name="tell">Takes what is going on, in words.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task<Sent> SendAsync(Func<CancellationToken, Task<HttpResponseMessage>> call, Composition asked, Func<string, ValueTask> tell, CancellationToken ct)
    {
        long? refusedFirst = null;
        for (var attempt = 1; ; attempt++)
        {
            var freed = slots.Next;
            var (sent, again, retryAfter) = await TryAsync(call, asked, tell, ct);
            if (sent.Failure is null || again == Again.Never)
            {
                return sent;
            }

            refusedFirst ??= time.GetTimestamp();
            var limit = again == Again.WhenSlotIsFree ? options.RetryTimeout * SlotPatience : options.RetryTimeout;
            var pause = backoff.After(attempt, retryAfter);
            if (time.GetElapsedTime(refusedFirst.Value) + pause > limit)
            {
                return sent;
            }

            await PauseAsync(WhyOf(sent, again), attempt + 1, pause, again == Again.WhenSlotIsFree ? freed : null, tell, ct);
        }
    }

    private async Task<(Sent Sent, Again Again, TimeSpan? RetryAfter)> TryAsync(Func<CancellationToken, Task<HttpResponseMessage>> call, Composition asked, Func<string, ValueTask> tell, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            var begun = time.GetTimestamp();
            response = await patience.WaitAsync(call, options.IdleTimeout, () => tell($"Waiting for ElevenLabs, {(int)time.GetElapsedTime(begun).TotalSeconds} s"), ct);
        }
        catch (SilenceException)
        {
            return (new Sent(null, null, BrokenAnswers.Silent(null, options.IdleTimeout)), Again.Never, null);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && RetryRules.IsUnsent(exception))
        {
            var isHopeless = RetryRules.IsHopeless(exception);
            return (new Sent(null, null, BrokenAnswers.Unreachable(isHopeless)), isHopeless ? Again.Never : Again.Later, null);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return (new Sent(null, null, BrokenAnswers.Interrupted(null)), Again.Never, null);
        }

        if (response.IsSuccessStatusCode)
        {
            return (new Sent(response, null, null), Again.Never, null);
        }

        using (response)
        {
            var error = await UpstreamErrors.ReadAsync(response, ct, time);
            ct.ThrowIfCancellationRequested();
            var failure = RetryRules.IsUncertain(error) ? BrokenAnswers.Interrupted(null) : UpstreamFailures.Of(error, asked);
            return (new Sent(null, error, failure), RetryRules.Of(error), RetryRules.RetryAfter(response, time.GetUtcNow()));
        }
    }

    /// <summary>Waits, and tells each second how long still.</summary>
    private async Task PauseAsync(string why, int attempt, TimeSpan pause, Task? freed, Func<string, ValueTask> tell, CancellationToken ct)
    {
        for (var seconds = (int)Math.Ceiling(pause.TotalSeconds); seconds > 0 && freed is not { IsCompleted: true }; seconds--)
        {
            await tell($"{why}; trying again in {seconds} s (attempt {attempt})");
            var next = TimeSpan.FromSeconds(seconds - 1);
            await patience.PauseAsync(freed, pause - next, ct);
            pause = next;
        }
    }

    private static string WhyOf(Sent sent, Again again) => (again, sent.Refusal?.HttpStatus) switch
    {
        (Again.WhenSlotIsFree, _) => "All slots of the ElevenLabs account are taken",
        (_, null) => "ElevenLabs cannot be reached",
        (_, 429) => "ElevenLabs is busy",
        _ => "ElevenLabs has a problem of its own",
    };
}
