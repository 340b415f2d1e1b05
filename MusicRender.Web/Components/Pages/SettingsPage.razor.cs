using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Pages;

/// <summary>Generators, the ElevenLabs key, the balance, defaults, origins, storage, about.</summary>
public sealed partial class SettingsPage : IAsyncDisposable
{
    private BalanceView? _balance;
    private KeySource _source;

    /// <summary>Where somebody came from, to go back to: a composition, and nothing else.</summary>
    [SupplyParameterFromQuery(Name = "back")]
    public string? Back { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    [Inject]
    public required IElevenLabsAccount Account { get; set; }

    [Inject]
    public required IOptions<ElevenLabsOptions> Options { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    /// <summary>What a minute costs, also before there is a key.</summary>
    private GeneratorPrice Price => new(Options.Value.CreditsPerMinute, Options.Value.UsdPerMinute);

    private string? BackAddress => WizardSteps.IsAddress(Back) ? Back : null;

    public ValueTask DisposeAsync() => _balance?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void OnInitialized()
    {
        _source = Account.Source;
        _balance = new BalanceView(Account, Time, () => _ = InvokeAsync(Refresh));
        _balance.AskIfOld();
    }

    private void Refresh()
    {
        if (Account.Source != _source)
        {
            _source = Account.Source;
            _balance!.AskIfOld();
        }

        StateHasChanged();
    }
}
