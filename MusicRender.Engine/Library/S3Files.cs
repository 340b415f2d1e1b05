using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace MusicRender.Engine.Library;

/// <summary>Finished files in a bucket: publishing is an upload. Copies that programs of this machine need lie in a folder of its own for as long as they do.</summary>
/// <param name="s3">Whoever speaks to the storage.</param>
/// <param name="bucket">The bucket's name.</param>
/// <param name="prefix">What all keys begin with: empty, or with a slash at its end.</param>
/// <param name="copies">A folder of this machine.</param>
internal sealed class S3Files(IAmazonS3 s3, string bucket, string prefix, string copies) : IAudioFiles
{
    /// <summary>Where copies lie, below the library's root.</summary>
    public const string CopiesFolder = "copies";

    private const int CopyBuffer = 128 * 1024;

    /// <summary>How long a check may take: whoever asks whether all is well is not kept waiting by a storage that says nothing.</summary>
    private static readonly TimeSpan CheckPatience = TimeSpan.FromSeconds(5);

    public bool AreElsewhere => true;

    /// <summary>Puts the files of configured options together.</summary>
    public static S3Files Of(S3Options options, string root)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle,
            // Storages of one's own do not know Amazon's newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (string.IsNullOrEmpty(options.ServiceUrl))
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            (config.ServiceURL, config.AuthenticationRegion) = (options.ServiceUrl, options.Region);
        }

        var client = string.IsNullOrEmpty(options.AccessKey)
            ? new AmazonS3Client(config)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
        return new S3Files(client, options.Bucket!, options.Folder, Path.Combine(root, CopiesFolder));
    }

    public async Task<StoredFile?> FindAsync(string key, CancellationToken ct)
    {
        try
        {
            var found = await s3.GetObjectMetadataAsync(bucket, prefix + key, ct);
            return Of(key, found.ContentLength, found.LastModified, found.ETag);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (Exception exception) when (StorageFailures.Of(exception) is { } failure)
        {
            throw failure;
        }
    }

    public async IAsyncEnumerable<StoredFile> ListAsync(string folder, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix + (folder.Length == 0 ? "" : folder + "/") };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(() => s3.ListObjectsV2Async(request, ct));
            foreach (var found in page.S3Objects)
            {
                yield return Of(found.Key[prefix.Length..], found.Size, found.LastModified, found.ETag);
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated);
    }

    public bool TakesFrom(string folder) => true;

    public string DraftOf(string key, string near) => near + AudioStore.UnfinishedExtension;

    public async Task PublishAsync(string path, string key, bool replace, CancellationToken ct)
    {
        if (!replace && await FindAsync(key, ct) is not null)
        {
            throw new IOException("There is a file of that name already.");
        }

        await UploadAsync(path, key, ct);
        File.Delete(path);
    }

    public async Task PublishFolderAsync(string folder, string key, CancellationToken ct)
    {
        await DeleteFolderAsync(key, ct);
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            await UploadAsync(path, $"{key}/{Path.GetFileName(path)}", ct);
        }

        StemStore.Discard(folder);
    }

    public async Task TakeBackAsync(string key, string path, CancellationToken ct)
    {
        if (await FindAsync(key, ct) is { } file)
        {
            await DownloadAsync(file, path, ct);
            await DeleteAsync(key, ct);
        }
    }

    public async Task<LocalFile?> ToDiskAsync(string key, CancellationToken ct)
    {
        if (await FindAsync(key, ct) is not { } file)
        {
            return null;
        }

        Directory.CreateDirectory(copies);
        var path = Path.Combine(copies, $"{Guid.NewGuid():N}{Path.GetExtension(key)}");
        await DownloadAsync(file, path, ct);
        return new LocalFile(path, isCopy: true);
    }

    public Task DeleteAsync(string key, CancellationToken ct) => AskAsync(() => s3.DeleteObjectAsync(bucket, prefix + key, ct));

    public async Task DeleteFolderAsync(string key, CancellationToken ct)
    {
        foreach (var file in await ListAsync(key, ct).ToListAsync(ct))
        {
            await DeleteAsync(file.Key, ct);
        }
    }

    public async Task CheckAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CheckPatience);
        try
        {
            var key = $".check-{Environment.MachineName}";
            await PutAsync(key, new byte[] { 1 }, limit.Token);
            await DeleteAsync(key, limit.Token);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw StorageFailures.Of(new TimeoutException("The check took too long.", exception))!;
        }
    }

    /// <summary>Puts a few bytes under a key.</summary>
    public async Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        await AskAsync(() => s3.PutObjectAsync(Request(key, request => request.InputStream = stream), ct));
    }

    private Task<PutObjectResponse> UploadAsync(string path, string key, CancellationToken ct) =>
        AskAsync(() => s3.PutObjectAsync(Request(key, request => request.FilePath = path), ct));

    private PutObjectRequest Request(string key, Action<PutObjectRequest> with)
    {
        // Signed with the digest of its whole content: the storage takes all of it as it is, or nothing.
        var request = new PutObjectRequest { BucketName = bucket, Key = prefix + key, UseChunkEncoding = false };
        with(request);
        return request;
    }

    private static async Task DownloadAsync(StoredFile file, string path, CancellationToken ct)
    {
        var arriving = path + AudioStore.UnfinishedExtension;
        try
        {
            await using (var target = new FileStream(arriving, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                await using var source = file.Open();
                await source.CopyToAsync(target, CopyBuffer, ct);
                target.Flush(flushToDisk: true);
            }

            File.Move(arriving, path, overwrite: false);
        }
        catch
        {
            File.Delete(arriving);
            throw;
        }
    }

    private StoredFile Of(string key, long length, DateTime modified, string tag) =>
        new(key, length, new DateTimeOffset(modified.ToUniversalTime())) { Opening = () => new S3ReadStream(s3, bucket, prefix + key, tag, length) };

    private static async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (StorageFailures.Of(exception) is { } failure)
        {
            throw failure;
        }
    }
}
