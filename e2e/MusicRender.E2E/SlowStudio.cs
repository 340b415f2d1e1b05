[assembly: Xunit.AssemblyFixture(typeof(MusicRender.E2E.SlowStudio))]

namespace MusicRender.E2E;

/// <summary>A studio on a slow machine for all journeys that share it: what it does is under way long enough to be met. It starts when the first of them comes.</summary>
public sealed class SlowStudio : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("musicrender-e2e-");
    private readonly Lazy<Task<MusicRenderProcess>> _program;

    /// <summary>Prepares it.</summary>
    public SlowStudio() => _program = new Lazy<Task<MusicRenderProcess>>(() => MusicRenderProcess.StartAsync(
        Library,
        settings: SlowMachine.In(_folder.FullName).Append(new("MusicRender__Sketch__MaxConcurrency", "16")).ToDictionary()));

    /// <summary>Its library's root.</summary>
    public string Library => Path.Combine(_folder.FullName, "library");

    /// <summary>Where it answers. Nobody waits in line there for somebody else's render.</summary>
    public async Task<Uri> AddressAsync() => (await _program.Value).Address;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_program.IsValueCreated)
        {
            await (await _program.Value).DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}
