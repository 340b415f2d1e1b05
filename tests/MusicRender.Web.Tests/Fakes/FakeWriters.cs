using MusicRender.Engine.Plan;
using MusicRender.Engine.Prompting;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Writes the prompt that the test wants.</summary>
internal sealed class FakePromptWriter : IPromptWriter
{
    public List<PromptRequest> Requests { get; } = [];

    public Func<PromptRequest, WrittenPrompt> OnWrite { get; set; } = _ => new WrittenPrompt("A prompt.", "A Title", "A description.");

    public Task<WrittenPrompt> WriteAsync(PromptRequest request, CancellationToken ct)
    {
        Requests.Add(request);
        return Task.FromResult(OnWrite(request));
    }
}

/// <summary>Writes the plan that the test wants.</summary>
internal sealed class FakePlanWriter : IPlanWriter
{
    public List<PlanRequest> Requests { get; } = [];

    public Func<PlanRequest, WrittenPlan> OnWrite { get; set; } = _ => new WrittenPlan(Samples.Plan, new SongMetadata { Genres = ["indie folk"] });

    public Task<WrittenPlan> WriteAsync(PlanRequest request, CancellationToken ct)
    {
        Requests.Add(request);
        return Task.FromResult(OnWrite(request));
    }
}
