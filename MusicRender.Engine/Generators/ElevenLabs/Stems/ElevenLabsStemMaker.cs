using System.Globalization;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Generators.ElevenLabs.Answers;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.ElevenLabs.Stems;

/// <summary>
/// Has ElevenLabs take tracks apart. It costs money: the track is sent again only when a refusal surely cost nothing. The
/// archive that comes back is kept on disk while it arrives, and read when it is whole.
/// </summary>
public sealed partial class ElevenLabsStemMaker : IStemMaker
{
    /// <summary>What the stems come as. The account's smaller tiers have no more.</summary>
    public const string OutputFormat = "mp3_44100_128";

    // Shares of the whole, %. How long the upstream works is not known: there it stands still.
    private const int SentShare = 15;
    private const int ReceivedShare = 85;
    private const int Whole = 100;

    private readonly IElevenLabsMusicApi _api;
    private readonly ElevenLabsKey _key;
    private readonly ElevenLabsOptions _options;
    private readonly ILogger<ElevenLabsStemMaker> _logger;
    private readonly FreedSlots _slots = new();
    private readonly Patience _patience;
    private readonly MusicSender _sender;

    internal ElevenLabsStemMaker(IElevenLabsMusicApi api, ElevenLabsKey key, ElevenLabsOptions options, TimeProvider time, Random random, ILogger<ElevenLabsStemMaker> logger)
    {
        (_api, _key, _options, _logger) = (api, key, options, logger);
        _patience = new Patience(time);
        _sender = new MusicSender(options, _slots, _patience, new Backoff(random), time);
    }

    /// <inheritdoc/>
    public string Generator => ElevenLabsGenerator.GeneratorName;

    /// <inheritdoc/>
    public bool IsReady => _key.IsThere;

    /// <inheritdoc/>
    public bool IsLocal => false;

    /// <inheritdoc/>
    public IAsyncEnumerable<StemOutput> SeparateAsync(StemRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Handover<StemOutput>().RunAsync((give, stop) => RunAsync(request, output => give(output, stop), stop), ct);
    }

    private async Task RunAsync(StemRequest request, Func<StemOutput, ValueTask> give, CancellationToken ct)
    {
        try
        {
            if (await SeparateAsync(request, give, ct) is { } failure)
            {
                Log.Failed(_logger, failure.Message);
                await give(new StemOutput.Failed(failure));
            }
        }
        catch (Exception exception) when (ct.IsCancellationRequested && exception is IOException or HttpRequestException)
        {
            // Cancelling closes the connection, which may be told as a broken one.
            throw new OperationCanceledException("The separation was cancelled.", exception, ct);
        }
        finally
        {
            _slots.Freed();
        }
    }

    private async Task<RenderFailure?> SeparateAsync(StemRequest request, Func<StemOutput, ValueTask> give, CancellationToken ct)
    {
        try
        {
            if (!File.Exists(request.PaidPath) && await AskAsync(request, give, ct) is { } failure)
            {
                return failure;
            }

            await give(new StemOutput.Progress(ReceivedShare, Whole, "Reading the stems"));
            await StemArchive.UnpackAsync(request.PaidPath, give, ct);
            return null;
        }
        catch (BadAnswerException exception)
        {
            // Nobody can ever read it; kept, it would stand in the way of another.
            File.Delete(request.PaidPath);
            return StemFailures.Bad(exception.Message);
        }
    }

    /// <summary>Sends the track, and puts the archive that comes back in its place, durable.</summary>
    private async Task<RenderFailure?> AskAsync(StemRequest request, Func<StemOutput, ValueTask> give, CancellationToken ct)
    {
        if (!File.Exists(request.AudioPath))
        {
            return RenderFailure.Server("The file of this track is not in the library any more. Nothing was sent.", "file_lost");
        }

        var length = new FileInfo(request.AudioPath).Length;
        var done = 0L;
        var sent = await _sender.SendAsync(
            async stop =>
            {
                Volatile.Write(ref done, 0);
                using var form = StemForm.Of(request, bytes => Volatile.Write(ref done, bytes));
                return await _api.SeparateAsync(form, OutputFormat, stop);
            },
            request.Composition,
            message => TellAsync(Volatile.Read(ref done), message),
            ct);
        using var answer = sent.Answer;
        if (answer is null)
        {
            return StemFailures.Of(sent);
        }

        var arriving = Path.Combine(request.WorkFolder, "stems.zip");
        if (!await ReceiveAsync(answer, arriving, give, ct))
        {
            return StemFailures.Interrupted;
        }

        File.Move(arriving, request.PaidPath);
        return null;

        ValueTask TellAsync(long bytes, string message) => give(bytes > 0 && bytes < length
            ? new StemOutput.Progress(bytes * SentShare / length, Whole, $"Sending the track, {Megabytes(bytes)} of {Megabytes(length)} MB")
            : new StemOutput.Progress(bytes == 0 ? 0 : SentShare, Whole, message));
    }

    /// <summary>Writes the answer to disk. False when the connection broke or nothing came any more; the disk's own failures are thrown.</summary>
    private async Task<bool> ReceiveAsync(HttpResponseMessage answer, string path, Func<StemOutput, ValueTask> give, CancellationToken ct)
    {
        var length = answer.Content.Headers.ContentLength;
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        var block = new byte[64 * 1024];
        var told = -1L;
        while (true)
        {
            var read = await ReadAsync(answer, block, ct);
            if (read <= 0)
            {
                file.Flush(flushToDisk: read == 0);
                return read == 0;
            }

            await file.WriteAsync(block.AsMemory(0, read), ct);
            if (file.Length > StemArchive.MaxBytes)
            {
                throw new BadAnswerException("more than stems can be");
            }

            var percent = length > 0 ? SentShare + (file.Length * (ReceivedShare - SentShare) / length.Value) : SentShare;
            var step = length > 0 ? percent : file.Length / 1_000_000;
            if (step != told)
            {
                told = step;
                await give(new StemOutput.Progress(percent, Whole, length > 0
                    ? $"Receiving the stems, {Megabytes(file.Length)} of {Megabytes(length.Value)} MB"
                    : $"Receiving the stems, {Megabytes(file.Length)} MB"));
            }
        }
    }

    /// <summary>The next bytes: 0 at the end, −1 when they cannot come any more.</summary>
    private async Task<int> ReadAsync(HttpResponseMessage answer, Memory<byte> block, CancellationToken ct)
    {
        try
        {
            var stream = await answer.Content.ReadAsStreamAsync(ct);
            return await _patience.WaitAsync(stop => stream.ReadAsync(block, stop).AsTask(), _options.IdleTimeout, null, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && exception is SilenceException or IOException or HttpRequestException or OperationCanceledException)
        {
            return -1;
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "ElevenLabs: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
