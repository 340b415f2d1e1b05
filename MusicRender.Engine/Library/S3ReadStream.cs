using Amazon.S3;
using Amazon.S3.Model;

namespace MusicRender.Engine.Library;

/// <summary>
/// Reads a file of a bucket from any position, as it comes: nothing is kept in memory. Asks for it when the first byte is wanted, and
/// once more from where it was when the connection breaks, for a listener may be slow for long.
/// </summary>
/// <param name="s3">Whoever speaks to the storage.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="key">The whole key.</param>
/// <param name="tag">The file's tag: it is this very file, or none.</param>
/// <param name="length">Bytes.</param>
internal sealed class S3ReadStream(IAmazonS3 s3, string bucket, string key, string tag, long length) : Stream
{
    private const int Attempts = 3;

    private GetObjectResponse? _answer;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _position; set => Seek(value, SeekOrigin.Begin); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _answer ??= await AskAsync(cancellationToken);
                var read = await _answer.ResponseStream.ReadAsync(buffer, cancellationToken);
                // An end before the end is a broken connection that did not say so.
                _position += read > 0 ? read : throw new IOException("The storage's answer breaks off.");
                return read;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && StorageFailures.Of(exception) is { } failure)
            {
                Forget();
                if (attempt == Attempts || exception is AmazonS3Exception)
                {
                    throw failure;
                }
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => length + offset };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        if (position != _position)
        {
            Forget();
            _position = position;
        }

        return position;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Reading is asynchronous here.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Forget();
        base.Dispose(disposing);
    }

    private Task<GetObjectResponse> AskAsync(CancellationToken ct) =>
        s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, EtagToMatch = tag, ByteRange = new ByteRange(_position, length - 1) }, ct);

    private void Forget()
    {
        _answer?.Dispose();
        _answer = null;
    }
}
