using System.IO.Compression;
using System.Net;
using System.Text;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>The upstream's end of the wire: takes whole requests and answers what the test says.</summary>
internal sealed class StemUpstream : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    /// <summary>What came: address, content type, body.</summary>
    public List<(string Address, string ContentType, byte[] Body)> Requests { get; } = [];

    /// <summary>Called with each block of a request's body.</summary>
    public Func<Task> OnReceive { get; set; } = () => Task.CompletedTask;

    /// <summary>The next answer; the last one is given again.</summary>
    public void Answer(Func<HttpResponseMessage> answer) => _answers.Enqueue(answer);

    public void Answer(HttpStatusCode status, string json) =>
        Answer(() => new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public void AnswerZip(params (string Name, byte[] Bytes)[] entries) => AnswerBytes(Zip(entries));

    public void AnswerBytes(byte[] bytes, string type = "application/zip") => Answer(() =>
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(type);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    });

    public void AnswerStream(Stream stream) => Answer(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(stream) });

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new ReceivingStream(OnReceive);
        await request.Content!.CopyToAsync(body, cancellationToken);
        lock (Requests)
        {
            Requests.Add((request.RequestUri!.PathAndQuery, request.Content.Headers.ContentType!.ToString(), body.ToArray()));
        }

        return (_answers.Count > 1 ? _answers.Dequeue() : _answers.Peek())();
    }

    private sealed class ReceivingStream(Func<Task> onReceive) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await onReceive().WaitAsync(cancellationToken);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}

/// <summary>A body that breaks, or stalls, after its first bytes.</summary>
internal sealed class BrokenStream(byte[] first, bool stalls) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == first.Length)
        {
            await (stalls ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.FromException(new HttpIOException(HttpRequestError.ResponseEnded)));
        }

        var count = Math.Min(buffer.Length, first.Length - _at);
        first.AsMemory(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
