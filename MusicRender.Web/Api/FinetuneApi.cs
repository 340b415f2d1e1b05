using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary><c>GET /finetunes</c>: the custom style models of the ElevenLabs account. Its key never leaves the server.</summary>
internal static class FinetuneApi
{
    private static readonly string[] Visibilities = ["private", "workspace", "public"];
    private static readonly string[] Makers = ["self", "workspace", "elevenlabs"];
    private static readonly string[] Flags = ["true", "false"];

    public static void MapFinetuneApi(this IEndpointRouteBuilder routes) => routes.MapGet("/finetunes", ListAsync)
        .Documented("listFinetunes", "Custom style models", "The account's custom style models", "Of the ElevenLabs account whose key the server has, for `finetune_id` beside a plan.")
        .Asks(new("model_id", "Only those that go with this music model.") { Most = PromptRules.MaxModelId })
        .Asks(new("visibility", "Only those.") { Choices = Visibilities })
        .Asks(new("created_by", "Only those.") { Choices = Makers })
        .Asks(Queries.PageDoc)
        .Asks(Queries.PageSizeDoc(new FinetuneQuery().PageSize))
        .Asks(new("refresh", "Asks ElevenLabs anew instead of using what was read in the last five minutes.") { Choices = Flags, Otherwise = "false" })
        .Gives<FinetunePageBody>(200, "A page of models.")
        .Refuses(409, 422, 500, 502, 503);

    private static async Task<IResult> ListAsync(HttpContext context, IElevenLabsAccount account, CancellationToken ct)
    {
        var problems = new List<PlanProblem>();
        var query = Read(context.Request, problems);
        if (problems.Count > 0)
        {
            return Problems.Of(problems, "query");
        }

        var answer = await account.FinetunesAsync(query, ct);
        return answer.Failure is { } failure
            ? Problems.Of(failure)
            : Results.Json(
                new FinetunePageBody([.. answer.Finetunes.Select(finetune => finetune.ToBody())], answer.Total, query.Page, query.PageSize, answer.AskedAt),
                WireJson.Wire.FinetunePageBody);
    }

    private static FinetuneQuery Read(HttpRequest request, List<PlanProblem> problems)
    {
        var model = request.Query["model_id"].FirstOrDefault();
        if (model is not null && (string.IsNullOrWhiteSpace(model) || model.Length > PromptRules.MaxModelId))
        {
            problems.Add(new PlanProblem("model_id", $"must be 1 to {PromptRules.MaxModelId} characters"));
        }

        return new FinetuneQuery(
            model,
            request.Choice("visibility", Visibilities, problems),
            request.Choice("created_by", Makers, problems),
            request.Page(problems),
            request.PageSize(new FinetuneQuery().PageSize, problems),
            request.Choice("refresh", Flags, problems) == "true");
    }
}
