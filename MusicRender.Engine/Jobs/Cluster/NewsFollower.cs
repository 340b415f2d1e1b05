using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Engine.Jobs.Cluster;

/// <summary>Takes up here what was changed on another node: the key that was entered, a track that is gone.</summary>
internal sealed partial class NewsFollower(ILibraryNews news, TrackLibrary tracks, ElevenLabsAccount account, ILogger<NewsFollower> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        news.Changed += Follow;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        news.Changed -= Follow;
        return Task.CompletedTask;
    }

    private void Follow(LibraryChange change)
    {
        if (change.Part is LibraryPart.TrackRemoved)
        {
            tracks.TellDeleted(change.Id);
        }

        if (change is { Part: LibraryPart.Everything } or { Part: LibraryPart.Secret, Id: ElevenLabsAccount.SecretName })
        {
            _ = FollowKeyAsync();
        }
    }

    private async Task FollowKeyAsync()
    {
        try
        {
            await account.FollowAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.KeyNotFollowed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The ElevenLabs key was changed on another node, and could not be read here; this node goes on with what it had.")]
        public static partial void KeyNotFollowed(ILogger logger, Exception exception);
    }
}
