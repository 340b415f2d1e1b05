using System.Text.Json.Serialization;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Library;

/// <summary>A composition on its way through the wizard.</summary>
public sealed record Draft
{
    /// <summary>In the page's address: 12 characters of a–z and 2–7.</summary>
    public required string Id { get; init; }

    /// <summary>Counts the saves. The later save wins, whatever version it is based on.</summary>
    public long Version { get; init; }

    /// <summary>The quick start that it began with, or null; its three choices may have changed since.</summary>
    public string? QuickStart { get; init; }

    /// <summary>The project blueprint's id, or null before the choice.</summary>
    public string? Blueprint { get; init; }

    /// <summary>The sound profile's id, or null.</summary>
    public string? Sound { get; init; }

    /// <summary>The delivery's id, or null.</summary>
    public string? Delivery { get; init; }

    /// <summary>No singing.</summary>
    public bool InstrumentalOnly { get; init; }

    /// <summary>What the person told.</summary>
    public string Story { get; init; } = "";

    /// <summary>The prompt, written or edited.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>One or two sentences.</summary>
    public string Description { get; init; } = "";

    /// <summary>The plan, once there is one.</summary>
    public CompositionPlan? Plan { get; init; }

    /// <summary>The plan's JSON exactly as somebody typed it, until the plan is edited elsewhere; it need not be a plan yet. Else null.</summary>
    public string? PlanText { get; init; }

    /// <summary>Which section of the plan is which, an id for each, in order; empty in drafts of programs that knew none. They stay in the studio: no plan has them.</summary>
    public IReadOnlyList<string> SectionIds { get; init => field = value ?? []; } = [];

    /// <summary>What the plan writer knows of the song.</summary>
    public SongMetadata? Song { get; init; }

    /// <summary>What a render of it is asked for: generator, seed, model, format. Null means as configured; a seed that is null is a new one each time.</summary>
    public RenderOptions Options { get; init; } = new();

    /// <summary>The seed of the <see cref="Options"/>.</summary>
    [JsonIgnore]
    public int? Seed { get => Options.Seed; init => Options = Options with { Seed = value }; }

    /// <summary>Their generator.</summary>
    [JsonIgnore]
    public string? Generator { get => Options.Generator; init => Options = Options with { Generator = value }; }

    /// <summary>Their custom style model.</summary>
    [JsonIgnore]
    public string? FinetuneId { get => Options.FinetuneId; init => Options = Options with { FinetuneId = value }; }

    /// <summary>Their music model; the custom style model goes with it.</summary>
    [JsonIgnore]
    public string? ModelId { get => Options.ModelId; init => Options = Options with { ModelId = value }; }

    /// <summary>How strongly the custom style model counts, above 0 to 2.</summary>
    [JsonIgnore]
    public double? FinetuneStrength { get => Options.FinetuneStrength; init => Options = Options with { FinetuneStrength = value }; }

    /// <summary>The number of the edit that it stands at; undo goes to the <see cref="DraftStep"/>s with smaller numbers, redo to those with greater ones.</summary>
    public long Step { get; init; }

    /// <summary>The newest render of this draft, or null.</summary>
    public string? RenderId { get; init; }

    /// <summary>The browsers' pages whose texts are in it, those heard last; what they send again is not taken twice.</summary>
    public IReadOnlyList<HeardPage> Heard { get; init => field = value ?? []; } = [];

    /// <summary>When it was saved last, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>How far the texts that were typed in a page of a browser have arrived.</summary>
/// <param name="Page">The browser's name for the page.</param>
/// <param name="Number">The number of the last text that arrived, and all before it.</param>
public sealed record HeardPage(string Page, long Number);

/// <summary>What a draft was, or would be again, at another edit.</summary>
/// <param name="Number">The edit's number.</param>
/// <param name="Contents">Its plan, texts and options; choices, story and renders are not among what is undone.</param>
public sealed record DraftStep(long Number, Draft Contents);

/// <summary>What changes in the steps kept of a draft.</summary>
/// <param name="First">The smallest number kept.</param>
/// <param name="Last">The greatest.</param>
/// <param name="Written">Steps that are new or not what they were.</param>
public sealed record StepChanges(long First, long Last, IReadOnlyList<DraftStep> Written);

/// <summary>The drafts of the wizard.</summary>
public interface IDrafts
{
    /// <summary>Starts a draft with these contents (its id and version are given here) and saves it.</summary>
    Task<Draft> CreateAsync(Draft contents, CancellationToken ct);

    /// <summary>A draft, or null.</summary>
    Task<Draft?> FindAsync(string id, CancellationToken ct);

    /// <summary>Saves whatever version came before: the later edit wins. Returns the draft with its new version and time; an unknown id is entered.</summary>
    Task<Draft> SaveAsync(Draft draft, CancellationToken ct) => SaveAsync(draft, null, ct);

    /// <summary>The same, together with what undo and redo go to: both are kept, or neither. Null leaves the steps as they are.</summary>
    Task<Draft> SaveAsync(Draft draft, StepChanges? steps, CancellationToken ct);

    /// <summary>The same, over the version that the draft names. Null, and nothing is saved, when a later one is there: somebody else saved it, in another process.</summary>
    Task<Draft?> SaveOverAsync(Draft draft, StepChanges? steps, CancellationToken ct);

    /// <summary>What undo and redo of a draft go to, by number.</summary>
    Task<IReadOnlyList<DraftStep>> StepsAsync(string id, CancellationToken ct);

    /// <summary>The drafts touched last, newest first.</summary>
    Task<IReadOnlyList<Draft>> RecentAsync(int count, CancellationToken ct);

    /// <summary>Forgets what undo and redo go to of drafts that nobody touched since a moment, and of all but the newest so many; the drafts stay as they are.</summary>
    /// <returns>How many steps were forgotten.</returns>
    Task<int> ForgetStepsAsync(DateTimeOffset before, int newest, CancellationToken ct);

    /// <summary>Removes a draft and its steps.</summary>
    Task DeleteAsync(string id, CancellationToken ct);
}
