using MudBlazor;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

/// <summary>Asks before a render is cancelled that may be billed all the same.</summary>
internal static class CancelQuestion
{
    /// <summary>True when it is to be cancelled. Nothing is asked of a render that cannot have cost anything yet.</summary>
    /// <param name="dialogs">Asks.</param>
    /// <param name="generator">What renders, or null when that is not known.</param>
    /// <param name="stage">Where it stands, or null before the first stage.</param>
    internal static async Task<bool> AskAsync(IDialogService dialogs, GeneratorInfo? generator, RenderStage? stage)
    {
        if (generator is null or { IsLocal: true } || stage is null or RenderStage.Validating or RenderStage.Validated or RenderStage.Queued)
        {
            return true;
        }

        return await dialogs.ShowMessageBoxAsync(
            RenderTexts.CancelQuestion,
            RenderTexts.CancelWarning.With(generator.ShownName()),
            yesText: RenderTexts.CancelYes,
            cancelText: RenderTexts.CancelNo) == true;
    }
}
