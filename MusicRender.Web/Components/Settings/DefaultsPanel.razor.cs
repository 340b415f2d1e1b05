using Microsoft.AspNetCore.Components;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Settings;

/// <summary>What new compositions begin with. Kept at every change.</summary>
public sealed partial class DefaultsPanel : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private CompositionDefaults? _defaults;
    private string? _said;
    private string? _failure;

    [Inject]
    public required IStudioSettings Settings { get; set; }

    [Inject]
    public required IRenderJobs Jobs { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync() => _defaults = await Settings.DefaultsAsync(_stop.Token);

    private static string? Chosen(ChangeEventArgs change) => change.Value as string is { Length: > 0 } value ? value : null;

    /// <summary>Those that are ready, and the one that was chosen even when it is not.</summary>
    private IEnumerable<(string Name, string Label)> GeneratorsOf(CompositionDefaults defaults)
    {
        foreach (var generator in Jobs.Generators)
        {
            yield return (generator.Name, generator.ShownName());
        }

        if (defaults.Generator is { } chosen && Jobs.Generators.All(generator => generator.Name != chosen))
        {
            yield return (chosen, SettingsTexts.DefaultNotReady.With(Jobs.ShownNameOf(chosen)));
        }
    }

    private async Task KeepAsync(CompositionDefaults defaults)
    {
        var before = _defaults;
        (_defaults, _said, _failure) = (defaults, null, null);
        if (await Settings.KeepAsync(defaults, _stop.Token) is { } failure)
        {
            // What is shown is what is kept.
            (_defaults, _failure) = (before, failure.Message);
            return;
        }

        _said = SettingsTexts.DefaultsKept;
    }
}
