using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using MusicRender.Engine.Library;
using MusicRender.Engine.Prompting;
using MusicRender.Web.Studio;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Components.Wizard;

public sealed partial class StoryStep : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private ProjectBlueprint? _blueprint;
    private bool _isWriting;
    private string? _failure;

    [Parameter, EditorRequired]
    public required ComposeSession Session { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    /// <summary>The prompt is there.</summary>
    [Parameter]
    public EventCallback OnWritten { get; set; }

    [Inject]
    public required IPromptWriter Writer { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    private Draft Draft => Session.Draft;

    [MemberNotNullWhen(true, nameof(_blueprint))]
    private bool HasChoices => _blueprint is not null && Draft.Sound is not null && Draft.Delivery is not null;

    private bool IsTooLong => Draft.Story.Length > PromptRules.MaxNarrative;

    private string[] Choices =>
    [
        _blueprint!.Label,
        Presets.TryFindSound(Draft.Sound, out var sound) ? sound.Label : "",
        Presets.TryFindDelivery(Draft.Delivery, out var delivery) ? delivery.Label : "",
    ];

    /// <summary>The three choices, with the quick start that made them.</summary>
    private string Chosen =>
        string.Join(" · ", Choices) is var choices
        && Presets.FindQuickStart(Draft.QuickStart, Draft.Blueprint, Draft.Sound, Draft.Delivery) is { } start
        && start.Id == Draft.QuickStart
            ? StoryTexts.QuickStart.With(start.Name, choices)
            : choices;

    private bool IsSung => !Draft.InstrumentalOnly && !_blueprint!.IsInstrumental;

    private string Example =>
        Presets.FindQuickStart(Draft.QuickStart, Draft.Blueprint, Draft.Sound, Draft.Delivery)?.StoryExample ?? _blueprint!.StoryExample;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    protected override void OnParametersSet() =>
        _blueprint = Presets.TryFindBlueprint(Draft.Blueprint, out var blueprint) ? blueprint : null;

    private async Task WriteAsync()
    {
        if (_isWriting || IsTooLong)
        {
            return;
        }

        var request = new PromptRequest
        {
            ProjectBlueprint = Draft.Blueprint!,
            SoundProfile = Draft.Sound!,
            DeliveryAndControl = Draft.Delivery!,
            InstrumentalOnly = Draft.InstrumentalOnly || _blueprint!.IsInstrumental,
            UserNarrative = Draft.Story,
        };
        if (PromptRules.Check(request) is [var problem, ..])
        {
            _failure = problem.ToString();
            return;
        }

        _isWriting = true;
        _failure = null;
        try
        {
            var written = await Writer.WriteAsync(request, _stop.Token);
            TakeUp(written);
            await OnWritten.InvokeAsync();
        }
        finally
        {
            _isWriting = false;
        }
    }

    /// <summary>Stores what was written; a prompt that was there before can be had back.</summary>
    private void TakeUp(WrittenPrompt written)
    {
        var (session, before) = (Session, Draft);
        session.Update(draft => draft with
        {
            Prompt = written.Prompt,
            Title = draft.Plan is null ? written.Title : draft.Title,
            Description = written.Description,
        });
        if (before.Prompt.Length > 0 && before.Prompt != written.Prompt)
        {
            Snackbar.Add(StoryTexts.WrittenAnew, Severity.Normal, options =>
            {
                options.Action = StoryTexts.TakeBack;
                options.OnClick = _ => session.KeepAsync(draft => draft with
                {
                    Prompt = before.Prompt,
                    Title = draft.Plan is null ? before.Title : draft.Title,
                    Description = before.Description,
                });
            });
        }
    }
}
