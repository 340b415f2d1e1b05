using Refit;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>
/// The calls of the ElevenLabs API that cost money (public OpenAPI of August 2026). Nothing below this interface sends
/// such a call twice. Answers come as they are, read up to their headers; the caller disposes them. The key goes along by
/// itself.
/// </summary>
internal interface IElevenLabsMusicApi
{
    /// <summary>Music as server-sent events: plan, metadata, audio in parts.</summary>
    [Post("/v1/music/detailed/stream")]
    Task<HttpResponseMessage> StreamAsync([Body] ComposeBody body, [AliasAs("output_format")] string outputFormat, CancellationToken ct);

    /// <summary>The same in one <c>multipart/mixed</c> answer.</summary>
    [Post("/v1/music/detailed")]
    Task<HttpResponseMessage> ComposeAsync([Body] ComposeBody body, [AliasAs("output_format")] string outputFormat, CancellationToken ct);

    /// <summary>A ZIP of stems. The form holds <c>file</c> and <c>stem_variation_id</c> (two_stems_v1, six_stems_v1).</summary>
    [Post("/v1/music/stem-separation")]
    Task<HttpResponseMessage> SeparateAsync([Body] HttpContent form, [AliasAs("output_format")] string outputFormat, CancellationToken ct);
}
