namespace MusicRender.E2E;

/// <summary>A journey with a studio of its own on a slow machine: what it does is under way long enough to be met.</summary>
public abstract class SlowJourney(Studio studio) : Journey(studio)
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrender-e2e-");

    /// <summary>The studio's program.</summary>
    protected MusicRenderProcess Program { get; private set; } = null!;

    /// <summary>Its library's root.</summary>
    protected string Library => Path.Combine(_folder.FullName, "library");

    /// <summary>More of the program's environment.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync() => Program = await StartAsync();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await Program.DisposeAsync();
            _folder.Delete(recursive: true);
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Starts the program again, after it was killed, at the same address and with the same library.</summary>
    protected async Task StartAgainAsync()
    {
        var port = Program.Address.Port;
        await Program.DisposeAsync();
        Program = await StartAsync(port);
    }

    private Task<MusicRenderProcess> StartAsync(int port = 0) => MusicRenderProcess.StartAsync(Library, port, SlowMachine.In(_folder.FullName).Concat(Settings).ToDictionary());
}
