using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

/// <summary>What will render the plan, and what that costs: beside the button that starts it. The balance comes in the background and never keeps anybody from rendering.</summary>
public sealed partial class RenderChoice : IAsyncDisposable
{
    private BalanceView? _balance;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required IElevenLabsAccount Account { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    private Draft Draft => Session.Draft;

    private GeneratorInfo? Chosen => Jobs.Find(Draft.Generator);

    private CostEstimate? Cost => CostEstimate.Of(Chosen, Session.Plan.Plan?.DurationMs, _balance?.Balance);

    private string SettingsAddress => $"/settings?back={Uri.EscapeDataString(WizardSteps.Address(Draft.Id, WizardStep.Plan))}";

    private string? Note => Chosen switch
    {
        null => null,
        { IsLocal: true } chosen when Draft.Generator is { } wanted && wanted != chosen.Name =>
            $"{Jobs.ShownNameOf(wanted)} is not ready; {chosen.ShownName()} renders this on this machine, for nothing.",
        { IsLocal: true } chosen => $"{chosen.ShownName()} renders on this machine and costs nothing.",
        _ when Cost is { } cost => cost.ToString(),
        var chosen => $"{chosen.ShownName()} renders this and bills your account.",
    };

    public ValueTask DisposeAsync() => _balance?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void OnInitialized() => _balance = new BalanceView(Account, Time, () => _ = InvokeAsync(StateHasChanged));

    protected override void OnParametersSet()
    {
        if (Chosen is { IsLocal: false })
        {
            _balance!.AskIfOld();
        }
    }

    private string PriceOf(GeneratorInfo generator) =>
        CostEstimate.Of(generator, Session.Plan.Plan?.DurationMs, null) is { } cost ? Wording.Dollars(cost.Dollars)
        : generator.IsLocal ? "free"
        : "billed";
}
