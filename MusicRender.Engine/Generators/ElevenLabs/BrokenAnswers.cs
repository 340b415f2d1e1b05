using MusicRender.Engine.Generators.ElevenLabs.Answers;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>
/// The failures of requests of which nobody knows what they cost. They are never sent again without asking the person.
/// </summary>
internal static class BrokenAnswers
{
    private const string Charged = "The render may have been charged, and rendering again may be charged again.";

    /// <summary>The connection broke after the request was sent.</summary>
    /// <param name="song">What has arrived; null when that is nothing.</param>
    public static RenderFailure Interrupted(GatheredSong? song) =>
        Failure(FailureReasons.Interrupted, $"The connection to ElevenLabs broke {(Has(song) ? "while the music arrived" : "before any music arrived")}. {Arrived(song)}{Charged}");

    /// <summary>Nothing came any more.</summary>
    public static RenderFailure Silent(GatheredSong? song, TimeSpan limit) =>
        Failure(FailureReasons.Interrupted, $"ElevenLabs sent nothing for {(limit < TimeSpan.FromMinutes(2) ? $"{limit.TotalSeconds:0} seconds" : $"{limit.TotalMinutes:0} minutes")}, and was given up. {Arrived(song)}{Charged}");

    /// <summary>
    /// The upstream said in the middle of its answer that it failed: it had taken the request. Only what it suggests instead
    /// of a prompt or plan is told as in a refusal.
    /// </summary>
    public static RenderFailure Failed(GatheredSong song, UpstreamError error, Composition asked) => error.Code is UpstreamCodes.BadPrompt or UpstreamCodes.BadCompositionPlan
        ? UpstreamFailures.Of(error, asked) is var failure && song.HasMusic ? failure with { Message = $"{failure.Message} {Arrived(song)}{Charged}" } : failure
        : Failure(FailureReasons.UpstreamFailed, $"ElevenLabs took the request and then failed {(Has(song) ? "while the music arrived" : "before any music arrived")}.{UpstreamFailures.Words(error)} {Arrived(song)}{Charged}", error);

    /// <summary>The answer makes no sense.</summary>
    /// <param name="song">What has arrived.</param>
    /// <param name="what">What came: "music that is not readable".</param>
    public static RenderFailure Bad(GatheredSong song, string what) =>
        Failure(FailureReasons.BadAnswer, $"ElevenLabs sent {what}. {Arrived(song)}{Charged}");

    /// <summary>The connection could not be made: nothing was sent.</summary>
    /// <param name="isCertificate">True when it was the certificate that is not trusted.</param>
    public static RenderFailure Unreachable(bool isCertificate) =>
        new(FailureCode.ServerError, isCertificate
            ? "The server at the address of ElevenLabs has no certificate that can be trusted. Nothing was sent and nothing charged. Look at MusicRender:ElevenLabs:BaseUrl and at proxies in between, or render with Sketch."
            : "ElevenLabs cannot be reached. Nothing was sent and nothing charged. Look at the network, try again later, or render with Sketch.")
        {
            Details = FailureDetails.Of(FailureReasons.Unreachable, FailureActions.Retry),
        };

    private static bool Has(GatheredSong? song) => song is { ArrivedMs: > 0 };

    /// <summary>How much came; whether it is kept is not known here.</summary>
    private static string Arrived(GatheredSong? song) => song switch
    {
        { ArrivedMs: > 0, PlannedMs: > 0 } => $"{Seconds(song.ArrivedMs)} of {song.PlannedMs / 1000} s had arrived. ",
        { ArrivedMs: > 0 } => $"{Seconds(song.ArrivedMs)} had arrived. ",
        _ => "",
    };

    private static string Seconds(long milliseconds) => milliseconds < 1_000 ? "Less than 1 s" : $"{milliseconds / 1000} s";

    private static RenderFailure Failure(string reason, string message, UpstreamError? error = null) =>
        new(FailureCode.ServerError, message) { Details = FailureDetails.Of(reason, FailureActions.RenderAgain, error, mayBeBilled: true) };
}
