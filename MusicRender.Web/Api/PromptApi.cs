using MusicRender.Engine.Prompting;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary><c>POST /prompt</c> and <c>POST /plan</c>: the writers.</summary>
internal static class PromptApi
{
    public static void MapPromptApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/prompt", WritePromptAsync)
            .Documented("writePrompt", "Writing", "Write a prompt", "Turns three choices and a story into a prompt for `POST /plan`, with a title and a description.")
            .Takes<PromptBody>()
            .Gives<PromptAnswer>(200, "The prompt.")
            .Refuses(403, 413, 422, 500);
        routes.MapPost("/plan", WritePlanAsync).WithMetadata(StartsWork.Mark)
            .Documented("writePlan", "Writing", "Write a composition plan", "Turns a prompt into a plan of sections with styles, lengths and lyrics, ready for `POST /render` as it is. With an ElevenLabs key ElevenLabs writes it; `written_by` and `notice` tell.")
            .Takes<PlanBody>()
            .Gives<PlanAnswer>(200, "The plan.")
            .Refuses(403, 413, 422, 500, 503);
    }

    private static async Task<IResult> WritePromptAsync(HttpContext context, IPromptWriter writer, TimeProvider time, CancellationToken ct)
    {
        var (body, problem) = await context.Request.ReadAsync(WireJson.Wire.PromptBody, ct);
        if (body is null)
        {
            return problem!;
        }

        var request = new PromptRequest
        {
            ProjectBlueprint = body.ProjectBlueprint ?? "",
            SoundProfile = body.SoundProfile ?? "",
            DeliveryAndControl = body.DeliveryAndControl ?? "",
            InstrumentalOnly = body.InstrumentalOnly ?? false,
            UserNarrative = body.UserNarrative,
        };
        if (PromptRules.Check(request) is { Count: > 0 } problems)
        {
            return Problems.Of(problems, "request");
        }

        var written = await writer.WriteAsync(request, ct);
        return Results.Json(
            new PromptAnswer
            {
                Prompt = written.Prompt,
                Title = written.Title,
                Description = written.Description,
                RequestId = context.RequestId(),
                Timestamp = time.GetUtcNow(),
                InputParameters = new PromptInput
                {
                    ProjectBlueprint = request.ProjectBlueprint,
                    SoundProfile = request.SoundProfile,
                    DeliveryAndControl = request.DeliveryAndControl,
                    InstrumentalOnly = request.InstrumentalOnly,
                    UserNarrative = request.UserNarrative,
                    Title = written.Title,
                    Description = written.Description,
                },
            },
            WireJson.Wire.PromptAnswer);
    }

    private static async Task<IResult> WritePlanAsync(HttpContext context, IPlanWriter writer, CancellationToken ct)
    {
        var (body, problem) = await context.Request.ReadAsync(WireJson.Wire.PlanBody, ct);
        if (body is null)
        {
            return problem!;
        }

        var request = new PlanRequest { Prompt = body.Prompt ?? "", MusicLengthMs = body.MusicLengthMs, ModelId = body.ModelId };
        if (PromptRules.Check(request) is { Count: > 0 } problems)
        {
            return Problems.Of(problems, "request");
        }

        var written = await writer.WriteAsync(request, ct);
        return Results.Json(
            new PlanAnswer { CompositionPlan = written.Plan, SongMetadata = written.Song.ToBody(), WrittenBy = written.Writer, Notice = written.Notice },
            WireJson.Wire.PlanAnswer);
    }
}
