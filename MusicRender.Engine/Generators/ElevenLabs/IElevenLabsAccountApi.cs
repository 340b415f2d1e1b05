using Refit;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>
/// The calls of the ElevenLabs API that cost nothing (public OpenAPI of August 2026): they are tried again a few times when
/// the upstream is busy or the network fails. The caller disposes the answers. The key in use goes along by itself, unless
/// one is given.
/// </summary>
internal interface IElevenLabsAccountApi
{
    /// <summary>A composition plan of a prompt: sections for <c>music_v1</c>, chunks for newer models.</summary>
    [Post("/v1/music/plan")]
    Task<HttpResponseMessage> PlanAsync([Body] PlanBody body, CancellationToken ct);

    /// <summary>One page of custom style models; at most 150 a page.</summary>
    [Get("/v1/music/finetunes")]
    Task<HttpResponseMessage> FinetunesAsync([AliasAs("page_size")] int pageSize, string? cursor, CancellationToken ct);

    /// <summary>Tier, credits used and left.</summary>
    [Get("/v1/user/subscription")]
    Task<HttpResponseMessage> SubscriptionAsync([Header("xi-api-key")] string? key, CancellationToken ct);
}
