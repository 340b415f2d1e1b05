using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering.Accounts;

/// <summary>The account's custom style models: all of them are asked for at once and kept for five minutes; filters and pages are cut from that.</summary>
internal sealed class FinetuneList : IAsyncDisposable
{
    /// <summary>How long an answer is new enough.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    /// <summary>How many the upstream gives at once.</summary>
    public const int UpstreamPageSize = 150;

    /// <summary>Where the reading ends, whatever the upstream says: 3 000 models.</summary>
    public const int MaxUpstreamPages = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IElevenLabsAccountApi _api;
    private readonly ElevenLabsKey _key;
    private readonly TimeProvider _time;
    private readonly SingleFlight<Answer> _asking;
    private volatile Answer? _last;
    private volatile int _account;

    public FinetuneList(IElevenLabsAccountApi api, ElevenLabsKey key, TimeProvider time)
    {
        _api = api;
        _key = key;
        _time = time;
        _asking = new SingleFlight<Answer>(AskAsync);
    }

    /// <summary>One page of those that match.</summary>
    public async Task<FinetuneAnswer> FindAsync(FinetuneQuery query, CancellationToken ct)
    {
        var last = _last;
        var answer = last is not null && !query.Refresh && _time.GetUtcNow() - last.AskedAt < FreshFor ? last : null;
        while (answer is null || answer.Account != _account)
        {
            // An answer about another account, because the key was changed meanwhile, is nobody's.
            if (!_key.IsThere)
            {
                return new FinetuneAnswer([], 0, _time.GetUtcNow(), AccountAnswer.NoKey);
            }

            answer = await _asking.Ask().WaitAsync(ct);
        }

        var matching = answer.Finetunes
            .Where(finetune => query.ModelId is null || finetune.ModelId == query.ModelId)
            .Where(finetune => query.Visibility is null || finetune.Visibility == query.Visibility)
            .Where(finetune => query.CreatedBy is null || finetune.CreatedBy == query.CreatedBy)
            .ToArray();
        var before = (int)Math.Min(int.MaxValue, (query.Page - 1L) * query.PageSize);
        return new FinetuneAnswer([.. matching.Skip(before).Take(query.PageSize)], matching.Length, answer.AskedAt, answer.Failure);
    }

    /// <summary>Forgets what is known: the account is another one.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _account);
        _last = null;
    }

    public ValueTask DisposeAsync() => _asking.DisposeAsync();

    private async Task<Answer> AskAsync(CancellationToken ct)
    {
        var account = _account;
        var found = new Dictionary<string, Finetune>(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < MaxUpstreamPages; page++)
        {
            var at = cursor;
            var answer = await AccountAnswer.OfAsync(token => _api.FinetunesAsync(UpstreamPageSize, at, token), Patience, _time, ct);
            if (answer.Failure is not null || AccountReading.Page(answer.Json) is not var (finetunes, next))
            {
                // Failures are not kept: whoever asks next asks the upstream.
                return new Answer(account, [], _time.GetUtcNow(), answer.Failure ?? AccountAnswer.Unreadable("it holds no list of finetunes"));
            }

            foreach (var finetune in finetunes)
            {
                found.TryAdd(finetune.Id, finetune);
            }

            if (next is null || next == cursor)
            {
                break;
            }

            cursor = next;
        }

        var all = new Answer(account, [.. found.Values], _time.GetUtcNow(), null);
        if (account == _account)
        {
            _last = all;
        }

        return all;
    }

    /// <summary>What the upstream said of the account that was known by this number then.</summary>
    private sealed record Answer(int Account, IReadOnlyList<Finetune> Finetunes, DateTimeOffset AskedAt, RenderFailure? Failure);
}
