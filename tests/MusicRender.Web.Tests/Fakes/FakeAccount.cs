using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>An ElevenLabs account that says what the test wants.</summary>
internal sealed class FakeAccount : IElevenLabsAccount
{
    public static readonly AccountBalance Creator = new("creator", "active", 10_000, 30_000, DateTimeOffset.UnixEpoch.AddDays(12), DateTimeOffset.UnixEpoch);

    public KeySource Source { get; set; }

    public AccountBalance? Balance { get; set; }

    public string? Notice { get; set; }

    /// <summary>Why the key cannot be forgotten, or null.</summary>
    public RenderFailure? RemoveFailure { get; set; }

    public List<string> Entered { get; } = [];

    public int Removals { get; private set; }

    public int Refreshes { get; private set; }

    public List<FinetuneQuery> Queries { get; } = [];

    /// <summary>The answer to a key; without a failure it is kept.</summary>
    public Func<string, Task<RenderFailure?>> OnEnter { get; set; } = _ => Task.FromResult<RenderFailure?>(null);

    /// <summary>The answer to the wish for the balance.</summary>
    public Func<CancellationToken, Task<RenderFailure?>> OnRefresh { get; set; } = _ => Task.FromResult<RenderFailure?>(null);

    public Func<FinetuneQuery, Task<FinetuneAnswer>> OnFinetunes { get; set; } = _ => Task.FromResult(new FinetuneAnswer([], 0, DateTimeOffset.UnixEpoch, null));

    public event Action? Changed;

    public bool IsHeard => Changed is not null;

    public void Change() => Changed?.Invoke();

    public async Task<RenderFailure?> EnterKeyAsync(string key, CancellationToken ct)
    {
        Entered.Add(key);
        var failure = await OnEnter(key);
        if (failure is null)
        {
            Source = KeySource.Entered;
            Change();
        }

        return failure;
    }

    public Task<RenderFailure?> RemoveKeyAsync(CancellationToken ct)
    {
        Removals++;
        if (RemoveFailure is null)
        {
            (Source, Balance) = (KeySource.None, null);
            Change();
        }

        return Task.FromResult(RemoveFailure);
    }

    public Task<RenderFailure?> RefreshAsync(CancellationToken ct)
    {
        Refreshes++;
        return OnRefresh(ct);
    }

    public Task<FinetuneAnswer> FinetunesAsync(FinetuneQuery query, CancellationToken ct)
    {
        Queries.Add(query);
        return OnFinetunes(query);
    }

    public static Finetune Finetune(string id, string name, string status = "completed", string? genre = "house", string tags = "warm") =>
        new(id, name, "music_v2", genre, [tags], "private", "self", status, DateTimeOffset.UnixEpoch);

    public static Func<FinetuneQuery, Task<FinetuneAnswer>> Listing(params Finetune[] finetunes) =>
        _ => Task.FromResult(new FinetuneAnswer(finetunes, finetunes.Length, DateTimeOffset.UnixEpoch, null));
}
