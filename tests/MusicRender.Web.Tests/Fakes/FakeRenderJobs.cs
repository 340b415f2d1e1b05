using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Renders that do what the test says.</summary>
internal sealed class FakeRenderJobs : IRenderJobs
{
    public static readonly RenderId Id = new("0123456789abcdef0123456789abcdef");

    /// <summary>Where a watcher asked to begin, per watch.</summary>
    public List<long> Watches { get; } = [];

    public List<RenderRequest> Requests { get; } = [];

    public List<RenderId> Cancelled { get; } = [];

    public int Watchers;

    public Func<RenderRequest, RenderStart> OnStart { get; set; } = _ => RenderStart.Accepted(Id);

    /// <summary>Answers a start later, instead of <see cref="OnStart"/>.</summary>
    public Func<RenderRequest, Task<RenderStart>>? OnStartAsync { get; set; }

    /// <summary>The log of each watch in turn; by default one that the test writes to <see cref="Live"/>.</summary>
    public Func<int, CancellationToken, IAsyncEnumerable<RenderEvent>>? OnWatch { get; set; }

    public Func<RenderStatus?> OnFind { get; set; } = () => null;

    public Channel<RenderEvent> Live { get; } = Channel.CreateUnbounded<RenderEvent>();

    public Func<Task<IReadOnlyList<RenderStatus>>> OnUnderWay { get; set; } = () => Task.FromResult<IReadOnlyList<RenderStatus>>([]);

    public IReadOnlyList<GeneratorInfo> Generators { get; set; } = [new("sketch", "Sketch", true, ["mp3_44100_192"])];

    public Func<CompositionPlan, int?, IReadOnlyList<string>> OnUnderstand { get; set; } = (_, _) => [];

    public IReadOnlyList<string> Understand(string generator, CompositionPlan plan, int? seed) => generator == "sketch" ? OnUnderstand(plan, seed) : [];

    public Func<string, CompositionPlan, string?, IReadOnlyList<PlanRemark>> OnRemarks { get; set; } = (_, _, _) => [];

    public IReadOnlyList<PlanRemark> RemarksOn(string generator, CompositionPlan plan, string? modelId) => OnRemarks(generator, plan, modelId);

    public Task<RenderId?> OfKeyAsync(string idempotencyKey, CancellationToken ct) => Task.FromResult<RenderId?>(null);

    public Task<RenderStart> StartAsync(RenderRequest request, CancellationToken ct)
    {
        Requests.Add(request);
        return OnStartAsync?.Invoke(request) ?? Task.FromResult(OnStart(request));
    }

    public async IAsyncEnumerable<RenderEvent> WatchAsync(RenderId id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        Watches.Add(after);
        Interlocked.Increment(ref Watchers);
        try
        {
            var log = OnWatch?.Invoke(Watches.Count, ct) ?? Live.Reader.ReadAllAsync(ct);
            await foreach (var next in log.WithCancellation(ct))
            {
                yield return next;
            }
        }
        finally
        {
            Interlocked.Decrement(ref Watchers);
        }
    }

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ListenAsync(RenderId id, CancellationToken ct) => AsyncEnumerable.Empty<ReadOnlyMemory<byte>>();

    public Task CancelAsync(RenderId id, CancellationToken ct)
    {
        Cancelled.Add(id);
        return Task.CompletedTask;
    }

    public Task<RenderStatus?> FindAsync(RenderId id, CancellationToken ct) => Task.FromResult(OnFind());

    /// <summary>What the wish to keep a partial take comes to.</summary>
    public Func<RenderId, Task<KeptTake>> OnKeep { get; set; } = _ => Task.FromResult(new KeptTake(null, null));

    public Task<KeptTake> KeepTakeAsync(RenderId id, CancellationToken ct) => OnKeep(id);

    /// <summary>Renders whose partial takes nobody has kept.</summary>
    public List<RenderStatus> Unkept { get; } = [];

    public Task<IReadOnlyList<RenderStatus>> UnkeptTakesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<RenderStatus>>([.. Unkept]);

    /// <summary>What has ended, the last first.</summary>
    public List<RenderStatus> HaveEnded { get; } = [];

    /// <summary>What comes of the wish to ask again.</summary>
    public Func<RenderId, RenderStart?> OnRetry { get; set; } = _ => RenderStart.Accepted(Id);

    public List<RenderId> Retried { get; } = [];

    public Task<RenderPage> ListAsync(RenderState? state, int page, int pageSize, CancellationToken ct)
    {
        var all = HaveEnded.Where(render => state is null || render.State == state).ToList();
        return Task.FromResult(new RenderPage([.. all.Skip((page - 1) * pageSize).Take(pageSize)], all.Count));
    }

    public Task<IReadOnlyList<RenderStatus>> EndedAsync(int most, CancellationToken ct) => Task.FromResult<IReadOnlyList<RenderStatus>>([.. HaveEnded.Take(most)]);

    public Task<RenderStart?> RetryAsync(RenderId id, string? client, CancellationToken ct)
    {
        Retried.Add(id);
        return Task.FromResult(OnRetry(id));
    }

    /// <summary>How often all renders under way were looked up, one by one.</summary>
    public int UnderWayAsked { get; private set; }

    public Task<IReadOnlyList<RenderStatus>> UnderWayAsync(CancellationToken ct)
    {
        UnderWayAsked++;
        return OnUnderWay();
    }

    public async Task<int> CountUnderWayAsync(CancellationToken ct) => (await OnUnderWay()).Count;

    /// <summary>The hosted generator, as it is when there is a key.</summary>
    public static GeneratorInfo ElevenLabs { get; } = new("elevenlabs", "ElevenLabs API", false, ["mp3_44100_128"]) { Price = new GeneratorPrice(900, 0.15m), TakesFinetunes = true };

    /// <summary>A key is there: ElevenLabs comes first.</summary>
    public void AddElevenLabs() => Generators = [ElevenLabs, new("sketch", "Sketch", true, ["mp3_44100_192"])];

    public static ProgressEvent Progress(long sequence, RenderStage stage, int percent, string message = "Working", int? place = null, bool isPlayable = false) => new()
    {
        Sequence = sequence,
        Timestamp = DateTimeOffset.UnixEpoch,
        Stage = stage,
        Percent = percent,
        Message = message,
        QueuePosition = place,
        IsPlayable = isPlayable,
    };

    public static ErrorEvent Error(long sequence, string message, string reason) => new()
    {
        Sequence = sequence,
        Timestamp = DateTimeOffset.UnixEpoch,
        Failure = RenderFailure.Server(message, reason),
    };

    /// <summary>A failure with these details (JSON).</summary>
    public static RenderFailure Failure(string message, string details, FailureCode code = FailureCode.ServerError) =>
        new(code, message) { Details = System.Text.Json.JsonDocument.Parse(details).RootElement };

    public static ErrorEvent Error(long sequence, RenderFailure failure) => new() { Sequence = sequence, Timestamp = DateTimeOffset.UnixEpoch, Failure = failure };

    /// <summary>The status of a render that ended badly.</summary>
    public static RenderStatus Ended(RenderFailure failure, PartialTake? take = null, string generator = "elevenlabs", string? draft = null) => new()
    {
        Id = Id,
        State = RenderState.Failed,
        Sequence = 1,
        Title = "Night Train",
        Generator = generator,
        DraftId = draft,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Failure = failure,
        PartialTake = take,
    };

    public static ResultEvent Result(long sequence) => new()
    {
        Sequence = sequence,
        Timestamp = DateTimeOffset.UnixEpoch,
        Result = new RenderResult
        {
            Id = Id,
            FileName = "song_89abcdef.mp3",
            FilePath = "audio/song_89abcdef.mp3",
            ContentType = "audio/mpeg",
            FileSizeBytes = 1,
            DurationMs = 30_000,
            Composition = Samples.Plan,
            Song = new SongMetadata(),
            Generator = "sketch",
            Seed = 1,
            RequestId = "r",
            FinishedAt = DateTimeOffset.UnixEpoch,
        },
    };
}
