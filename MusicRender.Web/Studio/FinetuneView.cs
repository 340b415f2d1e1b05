using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Web.Texts;

namespace MusicRender.Web.Studio;

/// <summary>The custom style models that can be used, as a page lists and searches them.</summary>
public sealed class FinetuneView(IElevenLabsAccount account)
{
    /// <summary>More than this many want a search.</summary>
    public const int Many = 8;

    /// <summary>The least strength that is offered.</summary>
    public const double MinStrength = 0.1;

    /// <summary>The most that the upstream takes.</summary>
    public const double MaxStrength = 2;

    /// <summary>The strength that a model was made for.</summary>
    public const double FullStrength = 1;

    private const int PageSize = 100;

    /// <summary>More than anybody has: the list ends somewhere even when the upstream's does not.</summary>
    private const int MostPages = 10;

    /// <summary>Those that can be used, by name; null before the first answer.</summary>
    public IReadOnlyList<Finetune>? Usable { get; private set; }

    /// <summary>Why they are not known, or null.</summary>
    public RenderFailure? Failure { get; private set; }

    /// <summary>Genre, tags and maker in one line.</summary>
    public static string FactsOf(Finetune finetune) =>
        string.Join(" · ", new[] { finetune.PrimaryGenre, string.Join(", ", finetune.Tags), MakerOf(finetune), finetune.ModelId }.Where(fact => fact is { Length: > 0 }));

    /// <summary>Asks for all of them.</summary>
    /// <param name="refresh">Asks the upstream even when the list is fresh.</param>
    /// <param name="ct">Gives up.</param>
    public async Task LoadAsync(bool refresh, CancellationToken ct)
    {
        (Usable, Failure) = (null, null);
        var found = new List<Finetune>();
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await account.FinetunesAsync(new FinetuneQuery(Page: page, PageSize: PageSize, Refresh: refresh && page == 1), ct);
            if (answer.Failure is { } failure)
            {
                Failure = failure;
                return;
            }

            found.AddRange(answer.Finetunes);
            if (answer.Finetunes.Count == 0 || page * PageSize >= answer.Total)
            {
                break;
            }
        }

        Usable = [.. found.Where(finetune => finetune.Status == "completed").OrderBy(finetune => finetune.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>A model by its id, or null.</summary>
    public Finetune? Find(string id) => Usable?.FirstOrDefault(finetune => finetune.Id == id);

    /// <summary>Those that have all words in name, genre or tags, and the chosen one whatever the words are.</summary>
    public IReadOnlyList<Finetune> Matching(string text, string? chosen)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. (Usable ?? []).Where(finetune => finetune.Id == chosen || words.All(word => Has(finetune, word)))];
    }

    private static string? MakerOf(Finetune finetune) => finetune.CreatedBy switch
    {
        "self" => FinetuneTexts.Yours,
        "workspace" => FinetuneTexts.OfWorkspace,
        "elevenlabs" => FinetuneTexts.ByElevenLabs,
        _ => null,
    };

    private static bool Has(Finetune finetune, string word) =>
        new[] { finetune.Name, finetune.PrimaryGenre ?? "" }.Concat(finetune.Tags).Any(text => text.Contains(word, StringComparison.CurrentCultureIgnoreCase));
}
