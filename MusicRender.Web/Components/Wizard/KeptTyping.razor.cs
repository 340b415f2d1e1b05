using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MusicRender.Web.Components.Controls;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Studio;

namespace MusicRender.Web.Components.Wizard;

/// <summary>
/// Nothing typed is lost on its way: the browser keeps what is typed into fields with a name of these until it hears that it is
/// saved, and sends it again after a lost connection, a reload or a restart of the server.
/// </summary>
public sealed partial class KeptTyping : IAsyncDisposable
{
    /// <summary>The story.</summary>
    public const string Story = "story";

    /// <summary>The prompt.</summary>
    public const string Prompt = "prompt";

    /// <summary>The title.</summary>
    public const string Title = "title";

    /// <summary>The description.</summary>
    public const string Description = "description";

    /// <summary>The seed.</summary>
    public const string Seed = "seed";

    /// <summary>The plan as JSON.</summary>
    public const string Json = "json";

    private readonly ScriptPart _part = new("/assets/unsent.js");
    private ElementReference _element;
    private DotNetObjectReference<KeptTyping>? _self;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Inject]
    public required IJSRuntime Js { get; set; }

    /// <summary>A section's name.</summary>
    public static string NameOf(int index) => $"sections[{index}].section_name";

    /// <summary>A section's length, s.</summary>
    public static string LengthOf(int index) => $"sections[{index}].duration_ms";

    /// <summary>A section's lyric lines.</summary>
    public static string LinesOf(int index) => $"sections[{index}].lines";

    /// <summary>Called by the page: completes when everything that reached the server until now is saved.</summary>
    [JSInvokable]
    public Task WhenSavedAsync() => Session.WhenSavedAsync();

    /// <summary>Called by the page: takes what was typed and perhaps never arrived.</summary>
    [JSInvokable]
    public void Take(string name, string text)
    {
        var plan = Session.Plan;
        switch (name)
        {
            case Story:
                Session.Update(draft => draft with { Story = text });
                break;
            case Prompt:
                Session.Update(draft => draft with { Prompt = text });
                break;
            case Title:
                Session.Update(draft => draft with { Title = text });
                break;
            case Description:
                Session.Update(draft => draft with { Description = text });
                break;
            case Seed when text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _):
                Session.Update(draft => draft with { Seed = text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture) });
                break;
            case Json when text.Length <= PlanText.MaxLength:
                plan.SetJson(text);
                break;
            default:
                TakeSection(plan, name, text);
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _part.DisposeAsync();
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await _part.StartAsync(Js, _element, _self, Session.Draft.Id);
        }
    }

    private static void TakeSection(PlanEditor plan, string name, string text)
    {
        if (SectionField().Match(name) is not { Success: true } match
            || !int.TryParse(match.Groups["index"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || plan.Plan?.Sections.ElementAtOrDefault(index) is not { } section)
        {
            return;
        }

        switch (match.Groups["field"].Value)
        {
            case "section_name" when text != section.SectionName:
                plan.Rename(index, text);
                break;
            case "duration_ms" when SecondsField.MillisecondsOf(text) is { } length && length != section.DurationMs:
                plan.SetLength(index, length);
                break;
            case "lines" when !LinesField.LinesOf(text).SequenceEqual(section.Lines):
                plan.SetLines(index, LinesField.LinesOf(text));
                break;
        }
    }

    [GeneratedRegex(@"^sections\[(?<index>\d{1,4})\]\.(?<field>\w+)\z")]
    private static partial Regex SectionField();
}
