using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace MusicRender.Engine.Library;

/// <summary>What a storage's failures mean, for people.</summary>
internal static class StorageFailures
{
    /// <summary>The failure in words; null for what is none of the storage's: bugs, and calls that were given up.</summary>
    public static StorageException? Of(Exception exception) => exception switch
    {
        StorageException => null,
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new StorageException("The bucket for the audio files is not there. Check MusicRender:Library:S3:Bucket", exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
            new StorageException("The storage of the audio files refuses the access. Check MusicRender:Library:S3:AccessKey, :SecretKey and what they may", exception),
        AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound } => new StorageException("The file is not in the storage of the audio files any more. Look there", exception) { IsGone = true },
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException =>
            new StorageException("The storage of the audio files does not answer. Check it and the network", exception),
        _ => null,
    };
}
