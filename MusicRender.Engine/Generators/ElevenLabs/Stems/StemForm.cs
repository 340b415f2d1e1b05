using System.Net;
using System.Net.Http.Headers;

namespace MusicRender.Engine.Generators.ElevenLabs.Stems;

/// <summary>The form of a separation, whose file is read from disk as it is sent.</summary>
internal static class StemForm
{
    /// <summary>Makes one; it can be sent once.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="sent">Takes how many bytes of the file are sent.</param>
    public static MultipartFormDataContent Of(StemRequest request, Action<long> sent)
    {
        var form = new MultipartFormDataContent();
        var file = new FileContent(request.AudioPath, sent);
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/mpeg");
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{PlainName(request.FileName)}\"" };
        form.Add(file);
        var variation = new StringContent(request.Set == StemSet.Two ? "two_stems_v1" : "six_stems_v1");
        variation.Headers.ContentType = null;
        variation.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"stem_variation_id\"" };
        form.Add(variation);
        return form;
    }

    /// <summary>The name in letters that every server reads the same.</summary>
    private static string PlainName(string name) =>
        string.Concat(Path.GetFileNameWithoutExtension(name).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_')) + ".mp3";

    private sealed class FileContent(string path, Action<long> sent) : HttpContent
    {
        private const int Block = 64 * 1024;

        private readonly long _length = new FileInfo(path).Length;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var block = new byte[Block];
            var done = 0L;
            for (int read; (read = await file.ReadAsync(block, cancellationToken)) > 0;)
            {
                await stream.WriteAsync(block.AsMemory(0, read), cancellationToken);
                done += read;
                sent(done);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
