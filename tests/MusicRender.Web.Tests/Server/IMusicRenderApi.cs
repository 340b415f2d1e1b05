using MusicRender.Web.Contracts;
using Refit;

namespace MusicRender.Web.Tests.Server;

/// <summary>The REST API as a typed client in the field would have it.</summary>
public interface IMusicRenderApi
{
    [Post("/prompt")]
    Task<PromptAnswer> WritePromptAsync([Body] PromptBody body);

    [Post("/plan")]
    Task<PlanAnswer> WritePlanAsync([Body] PlanBody body);

    [Get("/renders/{id}")]
    Task<RenderStatusBody> FindRenderAsync(string id);

    [Post("/renders/{id}/cancel")]
    Task<ApiResponse<RenderStatusBody>> CancelRenderAsync(string id);

    [Get("/tracks")]
    Task<TrackPageBody> SearchTracksAsync(string? query = null, int? page = null, [AliasAs("page_size")] int? pageSize = null);

    [Get("/tracks/{id}")]
    Task<TrackBody> FindTrackAsync(string id);

    [Patch("/tracks/{id}")]
    Task<TrackBody> EditTrackAsync(string id, [Body] TrackEditBody body);

    [Delete("/tracks/{id}")]
    Task<IApiResponse> DeleteTrackAsync(string id);

    [Get("/tracks/{id}/peaks")]
    Task<PeaksBody> PeaksAsync(string id, [AliasAs("from_ms")] int? from = null, [AliasAs("to_ms")] int? to = null, int? points = null);
}
