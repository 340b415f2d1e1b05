using MusicRender.Engine.Generators.ElevenLabs.Answers;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Makes the body of a composing call: what the API takes, where it takes it, and no more.</summary>
internal static class ComposeRequests
{
    /// <summary>Makes it.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="model">The model of requests that name none.</param>
    public static ComposeBody Of(GenerationRequest request, string model)
    {
        var options = request.Options;
        var body = new ComposeBody
        {
            ModelId = options.ModelId is { Length: > 0 } own ? own : model,
            FinetuneId = options.FinetuneId is { Length: > 0 } finetune ? finetune : null,
            StoreForInpainting = options.StoreForInpainting,
            SignWithC2pa = options.SignWithC2pa is true ? true : null,
        };
        body = body with { FinetuneStrength = body.FinetuneId is null ? null : options.FinetuneStrength };
        return request.Composition is PromptComposition prompt
            ? body with
            {
                Prompt = prompt.Prompt,
                MusicLengthMs = prompt.MusicLengthMs,
                ForceInstrumental = prompt.ForceInstrumental,
                WithTimestamps = options.WithTimestamps ?? !prompt.ForceInstrumental,
            }
            : body with
            {
                CompositionPlan = SentPlan.Of(request.Composition, body.ModelId),
                Seed = request.Seed,
                WithTimestamps = options.WithTimestamps ?? LyricWords.Of(request.Composition) is { IsSung: true },
            };
    }
}
