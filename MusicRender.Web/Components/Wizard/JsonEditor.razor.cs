using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MusicRender.Engine.Plan;
using MusicRender.Web.Components.Player;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

/// <summary>The JSON view: what is typed goes to the plan, what becomes of the plan elsewhere comes back, and so do its problems, each to its line.</summary>
public sealed partial class JsonEditor : IAsyncDisposable
{
    private const string SchemaAddress = "/schemas/render-request.json";

    /// <summary>What the schema finds wrong, in people's words, until the server has looked.</summary>
    private static object Faults => new
    {
        type = PlanTexts.FaultType,
        or = PlanTexts.FaultOr,
        oneOf = PlanTexts.FaultOneOf,
        range = PlanTexts.FaultRange,
        above = PlanTexts.FaultAbove,
        tooLong = PlanTexts.FaultTooLong,
        empty = PlanTexts.FaultEmpty,
        entries = PlanTexts.FaultEntries,
        missing = PlanTexts.FaultMissing,
        types = new Dictionary<string, string>
        {
            ["array"] = PlanTexts.TypeArray,
            ["object"] = PlanTexts.TypeObject,
            ["string"] = PlanTexts.TypeString,
            ["integer"] = PlanTexts.TypeInteger,
            ["number"] = PlanTexts.TypeNumber,
            ["boolean"] = PlanTexts.TypeBoolean,
            ["null"] = PlanTexts.TypeNull,
        },
    };

    /// <summary>What the editor's library says, by its own words.</summary>
    private static Dictionary<string, string> Phrases => new()
    {
        ["Completions"] = PlanTexts.EditorCompletions,
        ["Diagnostics"] = PlanTexts.EditorDiagnostics,
        ["No diagnostics"] = PlanTexts.EditorNoDiagnostics,
        ["close"] = PlanTexts.EditorClose,
        ["Control character"] = PlanTexts.EditorControlCharacter,
        ["Selection deleted"] = PlanTexts.EditorSelectionDeleted,
    };

    private readonly ScriptPart _part = new("/assets/json-editor.js");
    private ElementReference _element;
    private string? _shown;
    private IReadOnlyList<PlanProblem>? _marked;
    private string? _refusal;
    private bool _isStarted;

    [Parameter, EditorRequired]
    public required PlanEditor Editor { get; set; }

    [Inject]
    public required IJSRuntime Js { get; set; }

    /// <summary>Called by the page when typing has paused.</summary>
    [JSInvokable]
    public void Typed(string text)
    {
        _refusal = null;
        _shown = text;
        Editor.SetJson(text);
        StateHasChanged();
    }

    /// <summary>Called by the page when a text is too long to be a plan; nothing was changed.</summary>
    [JSInvokable]
    public void Refuse(long length)
    {
        _refusal = PlanTexts.TooLong.With(length, PlanText.MaxLength);
        StateHasChanged();
    }

    public ValueTask DisposeAsync() => _part.DisposeAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _shown = Editor.Json;
            await _part.StartForAsync(Js, _element, this, _shown, new
            {
                label = PlanTexts.JsonLabel,
                describedBy = "json-hint json-problems",
                schema = SchemaAddress,
                needed = PlanTexts.NeededField,
                faults = Faults,
                phrases = Phrases,
                longest = PlanText.MaxLength,
            });
            _isStarted = true;
        }

        if (_isStarted)
        {
            await ShowAsync();
        }
    }

    private async Task ShowAsync()
    {
        var json = Editor.Json;
        if (json != _shown)
        {
            _shown = json;
            _marked = null;
            await _part.CallAsync("show", json);
        }

        if (!ReferenceEquals(_marked, Editor.Problems))
        {
            _marked = Editor.Problems;
            await _part.CallAsync("mark", json.Length, _marked.Select(Wire));
        }
    }

    private async Task GoAsync(PlanProblem problem) => await _part.CallAsync("go", Wire(problem));

    private static object Wire(PlanProblem problem) => new { path = problem.Path, message = problem.ToString(), line = problem.Line };
}
