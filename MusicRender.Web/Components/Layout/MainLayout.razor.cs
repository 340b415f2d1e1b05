using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using MusicRender.Web.Components.Controls;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Layout;

public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    private string SkipAddress => $"{new Uri(Navigation.Uri).PathAndQuery}#content";

    public void Dispose() => Navigation.LocationChanged -= Recover;

    protected override void OnInitialized() => Navigation.LocationChanged += Recover;

    private void Recover(object? sender, LocationChangedEventArgs change) => _boundary?.Recover();

    private async Task ShowKeysAsync() => await Dialogs.ShowAsync<KeysDialog>(LayoutTexts.Keys);
}
