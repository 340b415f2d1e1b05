using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Studio;
using MusicRender.Web.Studio.Previews;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

/// <summary>What will render the plan, and what that costs: beside the button that starts it. The balance comes in the background and never keeps anybody from rendering.</summary>
public sealed partial class RenderChoice : IAsyncDisposable
{
    private BalanceView? _balance;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [CascadingParameter]
    private PlanPreview? Preview { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required IElevenLabsAccount Account { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    /// <inheritdoc/>
    protected override object Looks => (Draft.Id, Draft.Generator, Session.Plan.Plan?.DurationMs, Preview?.UnkeptSeed, Preview?.IsSoundKept, string.Join(' ', Jobs.Generators.Select(generator => generator.ShownName())));

    private Draft Draft => Session.Draft;

    private GeneratorInfo? Chosen => Jobs.Find(Draft.Generator);

    private CostEstimate? Cost => CostEstimate.Of(Chosen, Session.Plan.Plan?.DurationMs, _balance?.Balance);

    private string SettingsAddress => $"/settings?back={Uri.EscapeDataString(WizardSteps.Address(Draft.Id, WizardStep.Plan))}";

    private string? Note => Chosen switch
    {
        null => null,
        { IsLocal: true } chosen when Draft.Generator is { } wanted && wanted != chosen.Name =>
            RenderTexts.NotReady.With(Jobs.ShownNameOf(wanted), chosen.ShownName()),
        { IsLocal: true } chosen => RenderTexts.CostsNothing.With(chosen.ShownName()),
        _ when Cost is { } cost => cost.ToString(),
        var chosen => RenderTexts.Bills.With(chosen.ShownName()),
    };

    public ValueTask DisposeAsync() => _balance?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void OnInitialized() => _balance = new BalanceView(Account, Time, () => _ = InvokeAsync(StateHasChanged));

    protected override void OnParametersSet()
    {
        if (Chosen is { IsLocal: false })
        {
            _balance!.AskIfOld();
        }

        base.OnParametersSet();
    }

    private string PriceOf(GeneratorInfo generator) =>
        CostEstimate.Of(generator, Session.Plan.Plan?.DurationMs, null) is { } cost ? Wording.Dollars(cost.Dollars)
        : generator.IsLocal ? RenderTexts.Free
        : RenderTexts.Billed;
}
