using System.Globalization;
using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class WholeTrack
{
    private string _seed = "";

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Parameter, EditorRequired]
    public required CompositionPlan Plan { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TimelineView View { get; set; }

    private StyleSuggestions Suggestions => new(Plan, View.MusicOf(Plan));

    private Draft Draft => Session.Draft;

    private PlanEditor Editor => Session.Plan;

    private string[] SeedProblems => _seed.Length > 0 && Parse(_seed) is null
        ? [TimelineTexts.SeedProblem.With(Wording.Count(PlanLimits.MaxSeed))]
        : [];

    /// <inheritdoc/>
    protected override object Looks => (
        Editor.IsUnreadable, Plan.PositiveGlobalStyles, Plan.NegativeGlobalStyles, View.MusicOf(Plan),
        Draft.Description, Draft.Options, _seed, string.Join('\n', [.. Messages("positive_global_styles"), "", .. Messages("negative_global_styles")]));

    protected override void OnParametersSet()
    {
        if (Parse(_seed) != Draft.Seed)
        {
            _seed = Draft.Seed?.ToString(CultureInfo.InvariantCulture) ?? "";
        }

        base.OnParametersSet();
    }

    private static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;

    private void SetSeed(string text)
    {
        _seed = text;
        Session.Update(draft => draft with { Seed = Parse(text) });
    }

    private string[] Messages(string path) => [.. Editor.ProblemsAt(path).Select(ProblemWording.AtField)];
}
