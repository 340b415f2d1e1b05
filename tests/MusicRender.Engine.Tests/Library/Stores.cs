using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>Stores of tests.</summary>
internal static class Stores
{
    /// <summary>With its finished files in the folder.</summary>
    public static AudioStore Folder(string root) => Of(root, new FolderFiles(root));

    /// <summary>With its finished files elsewhere.</summary>
    public static AudioStore Of(string root, IAudioFiles files, TimeProvider? time = null) =>
        new(Options.Create(new LibraryOptions { Root = root }), files, time ?? TimeProvider.System, NullLogger<AudioStore>.Instance);

    /// <summary>A part of a server's bucket.</summary>
    public static S3Files Bucket(this S3Server server, string prefix, string root, string bucket = S3Server.Bucket, string secret = S3Server.SecretKey) => S3Files.Of(
        new S3Options { Bucket = bucket, ServiceUrl = server.Address, AccessKey = S3Server.AccessKey, SecretKey = secret, Prefix = prefix, ForcePathStyle = true },
        root);

    /// <summary>The bytes of a finished track; null when there is none.</summary>
    public static async Task<byte[]?> ReadAsync(this AudioStore store, string fileName)
    {
        if (await store.FindAsync(fileName, CancellationToken.None) is not { } file)
        {
            return null;
        }

        var bytes = new byte[file.Length];
        await using var stream = file.Open();
        await stream.ReadExactlyAsync(bytes);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        return bytes;
    }
}
