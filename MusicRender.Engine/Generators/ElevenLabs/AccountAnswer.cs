using System.Text.Json;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>What came of a call that costs nothing: JSON, or why there is none. Never throws for what the upstream or the network does.</summary>
/// <param name="Json">The answer; meaningless when there is a failure.</param>
/// <param name="Failure">Why there is none, or null.</param>
internal readonly record struct AccountAnswer(JsonElement Json, RenderFailure? Failure)
{
    /// <summary>A longer answer is not read to its end: none of these calls has one.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>There is no key to ask with.</summary>
    public static RenderFailure NoKey { get; } = Failed(
        FailureReasons.NoKey, FailureActions.Settings, "There is no ElevenLabs key. Enter one in the settings, or set ELEVENLABS_API_KEY where MusicRender runs.");

    private static RenderFailure Unreachable { get; } = Failed(
        FailureReasons.Unreachable, FailureActions.Retry, "ElevenLabs could not be reached. Check the server's network, then try again.");

    private static RenderFailure Late { get; } = Failed(
        FailureReasons.Unavailable, FailureActions.Retry, "ElevenLabs did not answer in time. Try again in a few minutes.");

    /// <summary>Makes the call and reads its answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="patience">How long all of it may take.</param>
    /// <param name="time">Measures that.</param>
    /// <param name="ct">The caller's own wish to stop.</param>
    /// <exception cref="OperationCanceledException">The caller wished to stop.</exception>
    public static async Task<AccountAnswer> OfAsync(Func<CancellationToken, Task<HttpResponseMessage>> call, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var response = await call(either.Token);
            return response.IsSuccessStatusCode
                ? await ReadAsync(response, either.Token)
                : new AccountAnswer(default, UpstreamFailures.Of(await UpstreamErrors.ReadAsync(response, either.Token, time)));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new AccountAnswer(default, Late);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new AccountAnswer(default, Unreachable);
        }
    }

    /// <summary>The answer came, and this in it makes no sense.</summary>
    public static RenderFailure Unreadable(string what) => Failed(
        FailureReasons.BadAnswer, FailureActions.Retry, $"ElevenLabs gave an answer that MusicRender does not understand: {what}. Try again later.");

    private static async Task<AccountAnswer> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var block = new byte[16 * 1024];
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        for (int read; (read = await stream.ReadAsync(block, ct)) > 0;)
        {
            body.Write(block, 0, read);
            if (body.Length > MaxBytes)
            {
                return new AccountAnswer(default, Unreadable($"it is longer than {MaxBytes} bytes"));
            }
        }

        var answer = body.GetBuffer().AsMemory(0, (int)body.Length);
        KeyHandler.Blot(answer.Span, response.RequestMessage);
        try
        {
            return new AccountAnswer(JsonElement.Parse(answer.Span), null);
        }
        catch (JsonException)
        {
            return new AccountAnswer(default, Unreadable("it is not JSON"));
        }
    }

    private static RenderFailure Failed(string reason, string action, string message) =>
        new(FailureCode.ServerError, message) { Details = FailureDetails.Of(reason, action) };
}
