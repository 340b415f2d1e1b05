using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

/// <summary>What the chosen generator understands of the plan, before it renders it. Follows the plan; not there when the generator does not say.</summary>
public sealed partial class UnderstoodLine
{
    private (CompositionPlan? Plan, int? Seed, string? Generator) _read;
    private IReadOnlyList<string> _understood = [];
    private string _name = "";

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Parameter, EditorRequired]
    public required CompositionPlan Plan { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    protected override void OnParametersSet()
    {
        var chosen = Jobs.Find(Session.Draft.Generator);
        var now = (Plan, Session.Draft.Seed, chosen?.Name);
        if (now == _read)
        {
            return;
        }

        _read = now;
        _name = chosen?.ShownName() ?? "";
        _understood = chosen is null ? [] : Jobs.Understand(chosen.Name, Plan, Session.Draft.Seed);
    }
}
