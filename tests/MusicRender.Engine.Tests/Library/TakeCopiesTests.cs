using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library;
using MusicRender.Engine.Library.Backup;
using MusicRender.Engine.Tests.Generators.ElevenLabs;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>Paid takes in a bucket that change while a backup reads them.</summary>
public sealed class TakeCopiesTests(S3Server storage) : IClassFixture<S3Server>, IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Take_WhoseNotesAreWrittenAnewWhileItIsRead_IsReadAgainAndWhole(int changes)
    {
        using var client = new ChangingStorage(storage.Address) { Changes = changes };
        var bucket = await FillAsync(client);

        var files = await ReadAsync(bucket);

        Assert.Equal([($"partial/{Id}.json", $"notes {changes}"), ($"partial/{Id}.mp3", "sound, more")], files.Order());
    }

    [Fact]
    public async Task Take_ThatNeverRests_IsLeftOut_AndNothingLiesAround()
    {
        using var client = new ChangingStorage(storage.Address) { Changes = int.MaxValue };
        var bucket = await FillAsync(client);

        Assert.Empty(await ReadAsync(bucket));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Take_ThatBecomesATrackWhileItIsRead_IsNotInTheBackup()
    {
        using var client = new ChangingStorage(storage.Address);
        var bucket = await FillAsync(client);
        client.Reading = () => bucket.DeleteFolderAsync($"partial/{Id}", CancellationToken.None);

        Assert.Empty(await ReadAsync(bucket));
    }

    private async Task<S3Files> FillAsync(ChangingStorage client)
    {
        var bucket = new S3Files(client, S3Server.Bucket, $"{Path.GetFileName(_folder.Path)}/", Path.Combine(_folder.Path, "copies"));
        client.Reading = async () => await bucket.PutAsync($"partial/{Id}/notes", System.Text.Encoding.UTF8.GetBytes($"notes {client.Changed}"), CancellationToken.None);
        await bucket.PutAsync($"partial/{Id}/asked", ReadOnlyMemory<byte>.Empty, CancellationToken.None);
        await bucket.PutAsync($"partial/{Id}/000001", "sound, "u8.ToArray(), CancellationToken.None);
        await bucket.PutAsync($"partial/{Id}/000002", "more"u8.ToArray(), CancellationToken.None);
        await bucket.PutAsync($"partial/{Id}/notes", "notes 0"u8.ToArray(), CancellationToken.None);
        return bucket;
    }

    private async Task<List<(string Name, string Text)>> ReadAsync(S3Files bucket)
    {
        var store = new AudioStore(Options.Create(new LibraryOptions { Root = Path.Combine(_folder.Path, "library") }), bucket, new InstantTime(), NullLogger<AudioStore>.Instance);
        var copies = new TakeCopies(store, bucket, new InstantTime(), NullLogger<TakeCopies>.Instance);
        var files = new List<(string, string)>();
        await foreach (var (name, path) in copies.ReadAsync(Path.Combine(_folder.Path, "work"), TestContext.Current.CancellationToken))
        {
            files.Add((name, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)));
        }

        return files;
    }

    /// <summary>A storage in which something changes between its list and the reading of a take's notes.</summary>
    private sealed class ChangingStorage(string address) : AmazonS3Client(
        new BasicAWSCredentials(S3Server.AccessKey, S3Server.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = address,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        })
    {
        /// <summary>How often it changes.</summary>
        public int Changes { get; init; } = 1;

        /// <summary>How often it has.</summary>
        public int Changed { get; private set; }

        /// <summary>The change.</summary>
        public Func<Task> Reading { get; set; } = () => Task.CompletedTask;

        public override async Task<GetObjectResponse> GetObjectAsync(GetObjectRequest request, CancellationToken cancellationToken = default)
        {
            if (request.Key.EndsWith("/notes", StringComparison.Ordinal) && Changed < Changes)
            {
                Changed++;
                await Reading();
            }

            // The tests' storage does not look at the tag that is asked for, as others do.
            if ((await GetObjectMetadataAsync(request.BucketName, request.Key, cancellationToken)).ETag != request.EtagToMatch)
            {
                throw new AmazonS3Exception("At least one of the pre-conditions you specified did not hold.", ErrorType.Sender, "PreconditionFailed", "1", HttpStatusCode.PreconditionFailed);
            }

            return await base.GetObjectAsync(request, cancellationToken);
        }
    }
}
