using System.Globalization;
using Microsoft.Extensions.Logging;

namespace MusicRender.Engine.Library;

/// <summary>
/// Paid takes in the bucket, so that they survive the machine that they are made on: <c>partial/{id}/asked</c> from before the generator
/// is asked, what arrived as numbered pieces <c>partial/{id}/000001</c>, …, and what is known of it beside its sound as
/// <c>partial/{id}/notes</c>. Without a bucket the folder itself is what survives, and nothing is done here.
/// </summary>
internal sealed partial class TakePieces(S3Files? bucket, PartialFiles partials, TimeProvider time, ILogger logger)
{
    /// <summary>How often what arrived is put there.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Where the takes are in the bucket.</summary>
    public const string Folder = "partial";

    private const string Asked = "asked";
    private const string Notes = "notes";
    private const string Ordered = "ordered";
    private const string FirstPiece = "000001";
    private const int MaxPiece = 4 * 1024 * 1024;
    private const int CopyBuffer = 128 * 1024;

    /// <summary>Says that a paid generator is about to be asked. Only then may it be.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public Task BeginAsync(string renderId, CancellationToken ct) => bucket?.PutAsync(KeyOf(renderId, Asked), ReadOnlyMemory<byte>.Empty, ct) ?? Task.CompletedTask;

    /// <summary>Puts what arrives there every few seconds until it is disposed; null without a bucket.</summary>
    public Follower? Follow(PartialAudio audio, string renderId) => bucket is null ? null : new Follower(this, audio, renderId);

    /// <summary>Puts a take there whose parts were put in order: it counts from now on, not the pieces.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task PutOrderedAsync(string renderId, CancellationToken ct)
    {
        if (bucket is not null)
        {
            var copy = partials.AudioOf(renderId, isOrdered: true) + ".copy" + AudioStore.UnfinishedExtension;
            File.Copy(partials.AudioOf(renderId, isOrdered: true), copy, overwrite: true);
            await bucket.PublishAsync(copy, KeyOf(renderId, Ordered), replace: true, ct);
            await PutNotesAsync(renderId, ct);
        }
    }

    /// <summary>Whether a paid generator was asked for a render and what it gave has not become a track.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task<bool> HasAsync(string renderId, CancellationToken ct) =>
        bucket is null ? partials.Has(renderId) : await bucket.ListAsync(KeyOf(renderId), ct).AnyAsync(ct);

    /// <summary>The renders for which that is true, in no order.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task<IReadOnlyList<string>> AllAsync(CancellationToken ct) =>
        bucket is null ? partials.All() : await bucket.ListAsync(Folder, ct).Select(file => file.Key.Split('/')[1]).Distinct().ToListAsync(ct);

    /// <summary>Brings a take to this machine, when another one made it.</summary>
    /// <exception cref="IOException">The storage does not answer, or the disk is full.</exception>
    public async Task FetchAsync(string renderId, CancellationToken ct)
    {
        var hasAudio = File.Exists(partials.AudioOf(renderId)) || File.Exists(partials.AudioOf(renderId, isOrdered: true));
        if (bucket is null || (hasAudio && File.Exists(partials.NotesOf(renderId))))
        {
            return;
        }

        var files = await bucket.ListAsync(KeyOf(renderId), ct).OrderBy(file => file.Key, StringComparer.Ordinal).ToListAsync(ct);
        if (files.Count == 0)
        {
            return;
        }

        partials.Prepare();
        // The notes first and the audio last: what is there has its notes.
        if (!File.Exists(partials.NotesOf(renderId)))
        {
            await FetchAsync(files.Where(file => file.Key == KeyOf(renderId, Notes)), partials.NotesOf(renderId), ct);
        }

        if (hasAudio)
        {
            return;
        }

        await FetchAsync(files.Where(file => file.Key == KeyOf(renderId, Ordered)), partials.AudioOf(renderId, isOrdered: true), ct);
        if (!File.Exists(partials.AudioOf(renderId, isOrdered: true)))
        {
            await FetchAsync(files.Where(file => char.IsAsciiDigit(file.Key[KeyOf(renderId).Length + 1])), partials.AudioOf(renderId), ct, isNeeded: true);
        }
    }

    /// <summary>Moves a take there that lies on this machine alone; nothing happens without a bucket.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task MoveAsync(string renderId, CancellationToken ct)
    {
        if (bucket is null)
        {
            return;
        }

        await BeginAsync(renderId, ct);
        foreach (var (path, name) in new[] { (partials.AudioOf(renderId), FirstPiece), (partials.AudioOf(renderId, isOrdered: true), Ordered), (partials.NotesOf(renderId), Notes) })
        {
            if (File.Exists(path))
            {
                await bucket.PublishAsync(path, KeyOf(renderId, name), replace: true, ct);
            }
        }
    }

    /// <summary>Removes all there is of a take, in the bucket and here.</summary>
    /// <exception cref="IOException">The storage does not answer.</exception>
    public async Task RemoveAsync(string renderId, CancellationToken ct)
    {
        partials.Remove(renderId);
        if (bucket is not null)
        {
            await bucket.DeleteFolderAsync(KeyOf(renderId), ct);
        }
    }

    private static string KeyOf(string renderId, string? name = null) => name is null ? $"{Folder}/{renderId}" : $"{Folder}/{renderId}/{name}";

    private static async Task FetchAsync(IEnumerable<StoredFile> pieces, string path, CancellationToken ct, bool isNeeded = false)
    {
        var list = pieces.ToList();
        if (list.Count == 0 && !isNeeded)
        {
            return;
        }

        var arriving = path + AudioStore.UnfinishedExtension;
        await using (var target = new FileStream(arriving, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
        {
            foreach (var piece in list)
            {
                await using var source = piece.Open();
                await source.CopyToAsync(target, CopyBuffer, ct);
            }

            target.Flush(flushToDisk: true);
        }

        File.Move(arriving, path, overwrite: true);
    }

    private async Task PutNotesAsync(string renderId, CancellationToken ct)
    {
        if (File.Exists(partials.NotesOf(renderId)))
        {
            await bucket!.PutAsync(KeyOf(renderId, Notes), await File.ReadAllBytesAsync(partials.NotesOf(renderId), ct), ct);
        }
    }

    /// <summary>Follows one take.</summary>
    internal sealed class Follower : IAsyncDisposable
    {
        private readonly TakePieces _pieces;
        private readonly PartialAudio _audio;
        private readonly string _renderId;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _following;
        private long _put;
        private int _number;
        private long _notes;

        public Follower(TakePieces pieces, PartialAudio audio, string renderId)
        {
            (_pieces, _audio, _renderId) = (pieces, audio, renderId);
            _following = Task.Run(FollowAsync);
        }

        /// <summary>Puts the rest there, as far as that goes: what cannot be put lies on this machine.</summary>
        public async Task FinishAsync()
        {
            await DisposeAsync();
            await TryPutAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_stop.IsCancellationRequested)
            {
                await _stop.CancelAsync();
                await _following;
                _stop.Dispose();
            }
        }

        private async Task FollowAsync()
        {
            try
            {
                using var timer = new PeriodicTimer(Interval, _pieces.Time);
                while (await timer.WaitForNextTickAsync(_stop.Token))
                {
                    await TryPutAsync(_stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // It is over.
            }
        }

        private async Task TryPutAsync(CancellationToken ct)
        {
            try
            {
                await PutAsync(ct);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NotPut(_pieces.Logger, _renderId, exception);
            }
        }

        private async Task PutAsync(CancellationToken ct)
        {
            var notes = new FileInfo(_pieces.Partials.NotesOf(_renderId));
            if (notes.Exists && notes.Length != _notes)
            {
                await _pieces.PutNotesAsync(_renderId, ct);
                _notes = notes.Length;
            }

            while (_audio.Length - _put is > 0 and var more)
            {
                var piece = new byte[Math.Min(more, MaxPiece)];
                await using (var file = _audio.OpenRead())
                {
                    file.Position += _put;
                    await file.ReadExactlyAsync(piece, ct);
                }

                await _pieces.Bucket.PutAsync(KeyOf(_renderId, (_number + 1).ToString("D6", CultureInfo.InvariantCulture)), piece, ct);
                (_put, _number) = (_put + piece.Length, _number + 1);
            }
        }
    }

    private S3Files Bucket => bucket!;

    private PartialFiles Partials => partials;

    private TimeProvider Time => time;

    private ILogger Logger => logger;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Render {RenderId}: what arrived could not be put into the storage now; it lies on this machine, and is tried again.")]
        public static partial void NotPut(ILogger logger, string renderId, Exception exception);
    }
}
