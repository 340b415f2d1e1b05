using System.IO.Compression;
using System.Net.Mime;
using System.Text;
using Microsoft.Net.Http.Headers;
using MusicRender.Engine.Jobs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Web.Contracts;

namespace MusicRender.Web.Api;

/// <summary>
/// All of a track in one ZIP, made while it is sent: the track's file, <c>plan.json</c>, <c>lyrics.txt</c> when it is
/// sung, and the stems there are in <c>stems/two</c> and <c>stems/six</c>.
/// </summary>
/// <param name="track">The track.</param>
/// <param name="audio">Its file.</param>
/// <param name="stems">Its stems.</param>
/// <param name="stemStore">Where they are.</param>
internal sealed class TrackZip(Track track, StoredFile audio, IReadOnlyList<StemStatus> stems, StemStore stemStore) : IResult
{
    private const int CopyBuffer = 128 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaTypeNames.Application.Zip;
        response.Headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileNames.Of(track, "zip"));
        response.Headers.ContentDisposition = disposition.ToString();

        var ends = httpContext.UntilServerStops();
        await using var body = new AsyncWrites(response.Body);
        await using var zip = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ends);
        try
        {
            await AddAllAsync(zip, ends);
        }
        catch (Exception exception)
        {
            // A broken download, and not an archive that looks whole.
            httpContext.Abort();
            if (exception is not OperationCanceledException || !ends.IsCancellationRequested)
            {
                throw;
            }
        }
    }

    private async Task AddAllAsync(ZipArchive zip, CancellationToken ct)
    {
        await AddFileAsync(zip, FileNames.Of(track, Path.GetExtension(track.FileName)), audio, ct);
        await AddTextAsync(zip, "plan.json", PlanJson.ToText(track.Composition), ct);
        if (LyricsOf(track.UpstreamPlan ?? track.Composition) is { Length: > 0 } lyrics)
        {
            await AddTextAsync(zip, "lyrics.txt", lyrics, ct);
        }

        foreach (var set in stems)
        {
            var name = StemMapping.NameOf(set.Set);
            foreach (var stem in set.Stems)
            {
                await AddFileAsync(zip, $"stems/{name}/{stem.Name}.mp3", await stemStore.FindAsync(track.Id, name, stem.Name, ct), ct);
            }
        }
    }

    private async Task AddFileAsync(ZipArchive zip, string name, StoredFile? stored, CancellationToken ct)
    {
        if (stored is null)
        {
            return;
        }

        Stream file;
        try
        {
            file = stored.Open();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // It was deleted meanwhile.
            return;
        }

        await using (file)
        {
            await using var entry = await Entry(zip, name).OpenAsync(ct);
            await file.CopyToAsync(entry, CopyBuffer, ct);
        }
    }

    private async Task AddTextAsync(ZipArchive zip, string name, string text, CancellationToken ct)
    {
        await using var entry = await Entry(zip, name).OpenAsync(ct);
        await entry.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }

    /// <summary>Audio does not get smaller; packed it can be unpacked while it arrives, which plain storing does not allow everywhere.</summary>
    private ZipArchiveEntry Entry(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = track.CreatedAt;
        return entry;
    }

    private static string LyricsOf(Composition composition)
    {
        var text = new StringBuilder();
        foreach (var section in composition is PromptComposition ? [] : PlanConversion.ToSections(composition).Sections)
        {
            if (section.Lines.Count > 0)
            {
                text.Append('[').Append(section.SectionName).Append("]\n").AppendJoin('\n', section.Lines).Append("\n\n");
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// The body of an answer takes asynchronous writes only; of .NET 10 the archive still writes its small headers
    /// synchronously. They wait here for the next asynchronous write.
    /// </summary>
    private sealed class AsyncWrites(Stream body) : Stream
    {
        private readonly MemoryStream _waiting = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => SendWaitingAsync(cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await SendWaitingAsync(cancellationToken);
            await body.WriteAsync(buffer, cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            await SendWaitingAsync(CancellationToken.None);
            await base.DisposeAsync();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private async ValueTask SendWaitingAsync(CancellationToken cancellationToken)
        {
            if (_waiting.Length > 0)
            {
                await body.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), cancellationToken);
                _waiting.SetLength(0);
            }
        }
    }
}
