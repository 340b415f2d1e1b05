using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Library;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class ChooseStep
{
    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Parameter]
    public EventCallback OnContinue { get; set; }

    private Draft Draft => Session.Draft;

    private bool IsNeverSung => Presets.TryFindBlueprint(Draft.Blueprint, out var blueprint) && blueprint.IsInstrumental;

    private string? CurrentQuickStart => Presets.FindQuickStart(Draft.QuickStart, Draft.Blueprint, Draft.Sound, Draft.Delivery)?.Id;

    /// <summary>What keeps the person from going on, or null.</summary>
    private string? Missing
    {
        get
        {
            string[] missing =
            [
                .. Draft.Blueprint is null ? [ChooseTexts.MissingBlueprint] : Array.Empty<string>(),
                .. Draft.Sound is null ? [ChooseTexts.MissingSound] : Array.Empty<string>(),
                .. Draft.Delivery is null ? [ChooseTexts.MissingDelivery] : Array.Empty<string>(),
            ];
            return missing.Length == 0 ? null : ChooseTexts.Missing.With(Wording.List(missing));
        }
    }

    private void TakeQuickStart(QuickStart start) => Session.Update(draft => draft with
    {
        QuickStart = start.Id,
        Blueprint = start.Blueprint,
        Sound = start.Sound,
        Delivery = start.Delivery,
    });
}
