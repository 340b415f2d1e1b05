namespace MusicRender.E2E;

/// <summary>One studio over the simulator for journeys that leave nothing behind in it.</summary>
public sealed class SharedElevenLabs : IAsyncLifetime
{
    /// <summary>The studio.</summary>
    public ElevenLabsStudio Studio { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Studio = await ElevenLabsStudio.StartAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Studio.DisposeAsync();
}
