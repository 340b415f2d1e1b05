using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Library;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class ChooseStep
{
    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Parameter]
    public EventCallback OnContinue { get; set; }

    private Draft Draft => Session.Draft;

    private bool IsNeverSung => Presets.TryFindBlueprint(Draft.Blueprint, out var blueprint) && blueprint.IsInstrumental;

    private string? CurrentQuickStart => Presets.QuickStarts
        .FirstOrDefault(start => start.Blueprint == Draft.Blueprint && start.Sound == Draft.Sound && start.Delivery == Draft.Delivery)
        ?.Name;

    /// <summary>What keeps the person from going on, or null.</summary>
    private string? Missing
    {
        get
        {
            string[] missing =
            [
                .. Draft.Blueprint is null ? ["a blueprint"] : Array.Empty<string>(),
                .. Draft.Sound is null ? ["a sound"] : Array.Empty<string>(),
                .. Draft.Delivery is null ? ["a delivery"] : Array.Empty<string>(),
            ];
            return missing switch
            {
                [] => null,
                [var one] => $"Still to choose: {one}.",
                [.. var others, var last] => $"Still to choose: {string.Join(", ", others)} and {last}.",
            };
        }
    }

    private void TakeQuickStart(QuickStart start) => Session.Update(draft => draft with
    {
        Blueprint = start.Blueprint,
        Sound = start.Sound,
        Delivery = start.Delivery,
    });
}
