using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Hosting;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>Drafts in the formats of all programs so far, and what undo goes to.</summary>
public sealed class DraftDocumentTests : IAsyncLifetime
{
    /// <summary>As the program before steps and formats left it.</summary>
    private const string FirstFormat =
        """
        {"id":"olddraft2345","version":41,"blueprint":"standalone_song_mini","sound":"indie_live_band","delivery":"balanced_studio","instrumental_only":true,"story":"Snow 🎸","prompt":"A waltz","title":"Old","description":"Kept","plan":{"title":"Old","positive_global_styles":["warm"],"negative_global_styles":[],"sections":[{"section_name":"A","positive_local_styles":[],"negative_local_styles":[],"duration_ms":9000,"lines":["אור"],"mood":{"x":1}}],"mine":2},"plan_text":"{ half","song":{"genres":["waltz"],"moods":[],"tags":[],"languages":[],"understood":[]},"seed":7,"generator":"elevenlabs","finetune_id":"ft","model_id":"music_v2","finetune_strength":0.5,"render_id":"r","updated_at":"2026-01-02T03:04:05+00:00"}
        """;

    private readonly EngineHost _engine = new();

    private IDrafts Drafts => _engine.Service<IDrafts>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Draft_OfTheFirstFormat_OpensWholeAfterAnUpgradeOfTheDatabase()
    {
        Directory.CreateDirectory(_engine.Root);
        await _engine.ReadAsync(async catalogue =>
        {
            await catalogue.GetService<IMigrator>().MigrateAsync("Stems");
            return await catalogue.Database.ExecuteSqlRawAsync("INSERT INTO drafts (Id, Version, Document, UpdatedAt) VALUES ('olddraft2345', 41, {0}, 1)", FirstFormat);
        });

        await _engine.PrepareLibraryAsync();

        var draft = (await Drafts.FindAsync("olddraft2345", CancellationToken.None))!;
        Assert.Equal((41, "Snow 🎸", "A waltz", "Old", "Kept", "{ half", "r"), (draft.Version, draft.Story, draft.Prompt, draft.Title, draft.Description, draft.PlanText, draft.RenderId));
        Assert.Equal(("standalone_song_mini", "indie_live_band", "balanced_studio", true), (draft.Blueprint, draft.Sound, draft.Delivery, draft.InstrumentalOnly));
        Assert.Equal(new RenderOptions { Seed = 7, Generator = "elevenlabs", FinetuneId = "ft", ModelId = "music_v2", FinetuneStrength = 0.5 }, draft.Options);
        Assert.Equal(["waltz"], draft.Song!.Genres);
        var section = Assert.Single(draft.Plan!.Sections);
        Assert.Equal(("A", 9_000, "אור", 1), (section.SectionName, section.DurationMs, section.Lines[0], section.Extra["mood"]!.Value.GetProperty("x").GetInt32()));
        Assert.Equal(2, draft.Plan.Extra["mine"]!.Value.GetInt32());
        Assert.Empty(draft.Heard);
        Assert.Empty(draft.SectionIds);
        Assert.Empty(await Drafts.StepsAsync(draft.Id, CancellationToken.None));

        var saved = await Drafts.SaveAsync(draft, CancellationToken.None);
        Assert.Equal(42, saved.Version);
        Assert.Contains("\"format\":2", await _engine.ReadAsync(catalogue => catalogue.Drafts.Where(row => row.Id == draft.Id).Select(row => row.Document).SingleAsync()), StringComparison.Ordinal);
        Assert.Equal(draft.Options, (await Drafts.FindAsync("olddraft2345", CancellationToken.None))!.Options);
    }

    [Fact]
    public async Task Steps_WrittenReplacedAndForgotten_AreWhatTheLastSaveSaid()
    {
        await _engine.PrepareLibraryAsync();
        var draft = await Drafts.CreateAsync(new Draft { Id = "" }, CancellationToken.None);
        await SaveAsync(draft, 0, 3, (0, "zero"), (1, "one"), (2, "two"));
        Assert.Equal("0 zero, 1 one, 2 two", await StepsAsync(draft.Id));

        await SaveAsync(draft, 1, 2, (2, "other"));
        Assert.Equal("1 one, 2 other", await StepsAsync(draft.Id));
        await Drafts.SaveAsync(draft, CancellationToken.None);
        Assert.Equal("1 one, 2 other", await StepsAsync(draft.Id));

        await Drafts.DeleteAsync(draft.Id, CancellationToken.None);
        Assert.Equal("", await StepsAsync(draft.Id));
    }

    [Fact]
    public async Task Steps_OfDraftsThatNobodyTouches_AreForgottenAtTheNextStartAndTheDraftsStay()
    {
        await _engine.PrepareLibraryAsync();
        var (old, touched, newest) = (await DraftAsync("old"), await DraftAsync("touched"), await DraftAsync("newest"));
        await AgeAsync(old, days: 31);
        await AgeAsync(touched, days: 29);
        await _engine.ReadAsync(catalogue => catalogue.Database.ExecuteSqlRawAsync("INSERT INTO draft_steps (DraftId, Number, Document) VALUES ('gone', 1, '{{}}')"));

        await _engine.Service<IEnumerable<IHostedService>>().OfType<EngineStartup>().Single().StartingAsync(CancellationToken.None);

        Assert.Equal(("", "0 zero, 1 one", "0 zero, 1 one", ""), (await StepsAsync(old.Id), await StepsAsync(touched.Id), await StepsAsync(newest.Id), await StepsAsync("gone")));
        Assert.Equal(("old", "touched"), ((await Drafts.FindAsync(old.Id, CancellationToken.None))!.Story, (await Drafts.FindAsync(touched.Id, CancellationToken.None))!.Story));

        Assert.Equal(2, await Drafts.ForgetStepsAsync(DateTimeOffset.MinValue, 1, CancellationToken.None));
        Assert.Equal(("", "0 zero, 1 one"), (await StepsAsync(touched.Id), await StepsAsync(newest.Id)));
    }

    private async Task<Draft> DraftAsync(string story)
    {
        var draft = await Drafts.CreateAsync(new Draft { Id = "", Story = story }, CancellationToken.None);
        return await SaveAsync(draft, 0, 1, (0, "zero"), (1, "one"));
    }

    private Task<int> AgeAsync(Draft draft, int days) => _engine.ReadAsync(catalogue => catalogue.Drafts.Where(row => row.Id == draft.Id)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.UpdatedAt, DateTimeOffset.UtcNow.AddDays(-days).ToUnixTimeMilliseconds())));

    private Task<Draft> SaveAsync(Draft draft, long first, long last, params (long Number, string Prompt)[] written) => Drafts.SaveAsync(
        draft,
        new StepChanges(first, last, [.. written.Select(step => new DraftStep(step.Number, new Draft { Id = "", Prompt = step.Prompt, Seed = (int)step.Number }))]),
        CancellationToken.None);

    private async Task<string> StepsAsync(string id) =>
        string.Join(", ", (await Drafts.StepsAsync(id, CancellationToken.None)).Select(step => $"{step.Number} {(step.Contents.Seed == step.Number ? step.Contents.Prompt : "lost")}"));
}
