using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary><c>/render</c> and <c>/renders</c>: renders without a socket.</summary>
internal static class RenderApi
{
    private const int DefaultPageSize = 20;

    /// <summary>What <c>state</c> of a render can be.</summary>
    internal static readonly string[] States = [.. Enum.GetNames<RenderState>().Select(name => name.ToLowerInvariant())];

    public static void MapRenderApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/render", RenderAsync).WithMetadata(StartsWork.Mark)
            .Documented("render", "Rendering", "Render and wait", "Renders a plan or a prompt and answers when the track is finished: one long request. A caller that goes away does not stop the render. With live progress the same is the socket `/render/ws`. A server that stops meanwhile answers 503 with `details.reason` `draining`; the render goes on, `Location` and `details.render_id` say where it is.")
            .Takes<RenderRequestDoc>()
            .TakesIdempotencyKey()
            .Gives<RenderResultBody>(200, "The track.")
            .Refuses(403, 409, 413, 422, 500, 502, 503);
        routes.MapPost("/renders", StartAsync).WithMetadata(StartsWork.Mark)
            .Documented("startRender", "Rendering", "Start a render", "Takes the same as `POST /render` and answers at once. `Location` is where the render can be asked for.")
            .Takes<RenderRequestDoc>()
            .TakesIdempotencyKey()
            .Gives<RenderAcceptedBody>(202, "Accepted.")
            .Refuses(403, 409, 413, 422, 500, 502, 503);
        routes.MapGet("/renders", ListAsync)
            .Documented("listRenders", "Rendering", "All renders", "Those that wait or run and those that have ended, newest first.")
            .Asks(new("state", "Only renders in this state.") { Choices = States })
            .Asks(Queries.PageDoc)
            .Asks(Queries.PageSizeDoc(DefaultPageSize))
            .Gives<RenderPageBody>(200, "A page of renders.")
            .Refuses(422, 500);
        routes.MapGet("/renders/{id}", FindAsync)
            .Documented("findRender", "Rendering", "Where a render stands", "The authority on a render: under way, finished, failed or cancelled.")
            .Gives<RenderStatusBody>(200, "Where it stands.")
            .Refuses(404, 500);
        routes.MapGet("/renders/{id}/events", WatchAsync)
            .Documented("watchRender", "Rendering", "Follow a render", "The socket's messages as server-sent events: replayed from any point, then live, ending with `result` or `error`. The event's `id` is the message's `sequence`, its name the message's `type`, its data a `RenderMessage`. `Last-Event-ID` counts before `after`.")
            .Asks(new("after", "The number of the last message that was seen.") { Least = 0, Most = long.MaxValue, Otherwise = "0" })
            .Gives(200, "The messages after that number.", "text/event-stream", typeof(EventsDoc))
            .Gives(204, "It has ended and there is nothing after that number: no need to come back.")
            .Refuses(404, 422, 500);
        routes.MapPost("/renders/{id}/cancel", CancelOfIdAsync)
            .Documented("cancelRender", "Rendering", "Cancel a render", "Asks a render to stop. One that has ended stays as it is.")
            .Gives<RenderStatusBody>(202, "Asked; where it stands now.")
            .Refuses(403, 404, 500);
        routes.MapPost("/renders/cancel", CancelOfKeyAsync)
            .Documented("cancelRenderOfKey", "Rendering", "Cancel a render by its key", "Asks the render to stop that was started with an idempotency key: for a client that never heard its id. It starts nothing.")
            .NeedsIdempotencyKey()
            .Gives<RenderStatusBody>(202, "Asked; where it stands now.")
            .Refuses(403, 404, 422, 500);
        routes.MapPost("/renders/{id}/keep", KeepAsync)
            .Documented("keepTake", "Rendering", "Keep what arrived", "Makes a track of what arrived of a paid render that broke off. Asking again gives the same answer.")
            .Gives<RenderResultBody>(200, "The track.")
            .Refuses(403, 404, 409, 500);
    }

    /// <summary>Starts and waits. A caller that goes away does not stop the render.</summary>
    private static async Task<IResult> RenderAsync(HttpContext context, IRenderJobs jobs, CancellationToken ct)
    {
        var (start, problem) = await AcceptAsync(context, jobs, ct);
        if (problem is not null)
        {
            return problem;
        }

        try
        {
            await foreach (var entry in jobs.WatchAsync(start.Id, 0, context.UntilServerStops()))
            {
                switch (entry)
                {
                    case ResultEvent result:
                        return Results.Json(result.Result.ToBody(), WireJson.Wire.RenderResultBody);
                    case ErrorEvent error:
                        return Problems.Of(error.Failure.Of(start.Id));
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The server stops.
        }

        // The render goes on elsewhere, or when the server is back.
        var status = $"/renders/{start.Id}";
        context.Response.Headers.Location = status;
        return Draining.Refusal(context, RenderFailure.Server($"This server is stopping; the render goes on. GET {status} tells what becomes of it.", Draining.Reason).With("render_id", JsonSerializer.SerializeToElement(start.Id.Value)));
    }

    private static async Task<IResult> StartAsync(HttpContext context, IRenderJobs jobs, CancellationToken ct)
    {
        var (start, problem) = await AcceptAsync(context, jobs, ct);
        if (problem is not null)
        {
            return problem;
        }

        var status = $"/renders/{start.Id}";
        context.Response.Headers.Location = status;
        return Results.Json(
            new RenderAcceptedBody(start.Id.Value, status, $"{status}/events", WireMapping.LiveUrl(start.Id)),
            WireJson.Wire.RenderAcceptedBody,
            statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IRenderJobs jobs, CancellationToken ct)
    {
        var problems = new List<PlanProblem>();
        var state = request.Choice("state", States, problems);
        var (page, pageSize) = (request.Page(problems), request.PageSize(DefaultPageSize, problems));
        if (problems.Count > 0)
        {
            return Problems.Of(problems, "query");
        }

        var found = await jobs.ListAsync(state is null ? null : Enum.Parse<RenderState>(state, ignoreCase: true), page, pageSize, ct);
        return Results.Json(new RenderPageBody([.. found.Renders.Select(status => status.ToBody())], found.Total, page, pageSize), WireJson.Wire.RenderPageBody);
    }

    private static async Task<IResult> FindAsync(string id, IRenderJobs jobs, CancellationToken ct) =>
        RenderId.TryParse(id, out var render) && await jobs.FindAsync(render, ct) is { } status
            ? Results.Json(status.ToBody(), WireJson.Wire.RenderStatusBody)
            : Unknown();

    private static Task<IResult> CancelOfIdAsync(string id, IRenderJobs jobs, CancellationToken ct) =>
        RenderId.TryParse(id, out var render) ? CancelAsync(render, jobs, ct) : Task.FromResult(Unknown());

    private static async Task<IResult> CancelOfKeyAsync(HttpContext context, IRenderJobs jobs, CancellationToken ct) => context.Request.IdempotencyKey() switch
    {
        (_, { } problem) => problem,
        (null, _) => Problems.Of([new PlanProblem(Callers.IdempotencyHeader, "is needed: it says which render is meant")], "header"),
        ({ } key, _) => await jobs.OfKeyAsync(key, ct) is { } id ? await CancelAsync(id, jobs, ct) : Problems.Of(StatusCodes.Status404NotFound, "There is no render of that key."),
    };

    private static async Task<IResult> CancelAsync(RenderId render, IRenderJobs jobs, CancellationToken ct)
    {
        if (await jobs.FindAsync(render, ct) is null)
        {
            return Unknown();
        }

        await jobs.CancelAsync(render, ct);
        return Results.Json((await jobs.FindAsync(render, ct))!.ToBody(), WireJson.Wire.RenderStatusBody, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>Makes a track of what arrived of a paid render that failed. Asking again gives the same answer.</summary>
    private static async Task<IResult> KeepAsync(string id, IRenderJobs jobs, CancellationToken ct)
    {
        if (!RenderId.TryParse(id, out var render))
        {
            return Unknown();
        }

        var kept = await jobs.KeepTakeAsync(render, ct);
        return kept.Failure is { } failure ? Problems.Of(failure)
            : kept.Track is not null && await jobs.FindAsync(render, ct) is { Result: { } result } ? Results.Json(result.ToBody(), WireJson.Wire.RenderResultBody)
            : Unknown();
    }

    private static async Task<IResult> WatchAsync(HttpContext context, string id, IRenderJobs jobs, CancellationToken ct)
    {
        if (!RenderId.TryParse(id, out var render) || await jobs.FindAsync(render, ct) is not { } status)
        {
            return Unknown();
        }

        // A browser that comes back by itself says where it was in a header.
        var asked = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query["after"].FirstOrDefault() ?? "0";
        if (!long.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var after))
        {
            return Problems.Of([new PlanProblem("after", "must be the number of the last event that was seen, 0 or more")], "query");
        }

        // 204 tells it that there is nothing left to come back for.
        var hasEnded = status.Result is not null || status.Failure is not null;
        return hasEnded && after == status.Sequence
            ? Results.NoContent()
            : TypedResults.ServerSentEvents(MessagesAsync(jobs, render, after, context.UntilServerStops()));
    }

    private static async IAsyncEnumerable<SseItem<string>> MessagesAsync(IRenderJobs jobs, RenderId id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var entry in jobs.WatchAsync(id, after, ct).EndedBy(ct))
        {
            var message = entry.ToMessage(id);
            yield return new SseItem<string>(JsonSerializer.Serialize(message, WireJson.Wire.RenderMessage), message.Type) { EventId = $"{entry.Sequence}" };
        }
    }

    private static async Task<(RenderStart Start, IResult? Problem)> AcceptAsync(HttpContext context, IRenderJobs jobs, CancellationToken ct)
    {
        var (key, wrong) = context.Request.IdempotencyKey();
        if (wrong is not null)
        {
            return (default, wrong);
        }

        var (json, problem) = await context.Request.ReadJsonAsync(ct);
        if (problem is not null)
        {
            return (default, problem);
        }

        var plan = PlanReader.Read(json);
        if (plan.Composition is null)
        {
            return (default, Problems.Of(RenderFailure.Invalid(plan.Problems)));
        }

        var request = new RenderRequest { Composition = plan.Composition, Options = plan.Options, Song = plan.Song, RequestId = context.RequestId(), Client = context.Client(), IdempotencyKey = key };
        var start = await jobs.StartAsync(request, ct);
        return start.Failure is { } failure ? (default, Problems.Of(failure)) : (start, null);
    }

    private static IResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "There is no render of that id.");
}
