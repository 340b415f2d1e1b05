namespace MusicRender.E2E;

/// <summary>A studio that wants its token, for all journeys to its door.</summary>
public sealed class GuardedStudio : IAsyncLifetime
{
    /// <summary>The token.</summary>
    public const string Token = "the-token_of.these~journeys";

    private readonly DirectoryInfo _library = Directory.CreateTempSubdirectory("musicrender-e2e-door-");

    /// <summary>Its program.</summary>
    public MusicRenderProcess Program { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        Program = await MusicRenderProcess.StartAsync(_library.FullName, settings: new Dictionary<string, string> { ["MusicRender__Access__Token"] = Token });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        _library.Delete(recursive: true);
    }
}
