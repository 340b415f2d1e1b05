using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

/// <summary>What the chosen generator understands of the plan, before it renders it. Follows the plan; not there when the generator does not say.</summary>
public sealed partial class UnderstoodLine : IAsyncDisposable
{
    /// <summary>A plan is read through at most this often while somebody types.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private UpdateThrottle? _readings;
    private (CompositionPlan? Plan, int? Seed, string? Generator) _read;
    private IReadOnlyList<string> _understood = [];
    private string _name = "";

    private (CompositionPlan? Plan, int? Seed, string? Generator) Now => (Plan, Session.Draft.Seed, Jobs.Find(Session.Draft.Generator)?.Name);

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Parameter, EditorRequired]
    public required CompositionPlan Plan { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    /// <inheritdoc/>
    protected override object Looks => (_name, _understood);

    public ValueTask DisposeAsync() => _readings?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void OnParametersSet()
    {
        if (_readings is null)
        {
            Read();
            _readings = new UpdateThrottle(Pause, Time, () => _ = InvokeAsync(ReadAgain));
        }
        else if (_read != Now)
        {
            _readings.Request();
        }

        base.OnParametersSet();
    }

    private void ReadAgain()
    {
        Read();
        StateHasChanged();
    }

    private void Read()
    {
        var chosen = Jobs.Find(Session.Draft.Generator);
        _read = Now;
        _name = chosen?.ShownName() ?? "";
        _understood = chosen is null ? [] : Jobs.Understand(chosen.Name, Plan, Session.Draft.Seed);
    }
}
