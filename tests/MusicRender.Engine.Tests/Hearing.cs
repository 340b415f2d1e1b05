using MusicRender.Engine.Library;

namespace MusicRender.Engine.Tests;

/// <summary>Listens to what is being made.</summary>
internal static class Hearing
{
    /// <summary>Begins to listen now; ends when the sound does.</summary>
    public static async Task<byte[]> AllAsync(PartialAudio partial)
    {
        var heard = new MemoryStream();
        await using var file = partial.OpenRead();
        await foreach (var bytes in partial.ListenAsync(file, CancellationToken.None))
        {
            heard.Write(bytes.Span);
        }

        return heard.ToArray();
    }
}
