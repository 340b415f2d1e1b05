using MusicRender.Engine.Library;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>What is set in the studio, on a real database.</summary>
public abstract class StudioSettingsTests(EngineHost engine) : IAsyncLifetime
{

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IStudioSettings Settings => engine.Service<IStudioSettings>();

    public async ValueTask InitializeAsync() => await engine.PrepareLibraryAsync();

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Settings_OfANewLibrary_SayNothing()
    {
        Assert.Equal(new CompositionDefaults(), await Settings.DefaultsAsync(Ct));
        Assert.Empty(await Settings.OriginsAsync(Ct));
    }

    [Fact]
    public async Task Settings_Kept_AreThereAndReplaceWhatWasKeptBefore()
    {
        var defaults = new CompositionDefaults { Sound = "lofi_cozy", Delivery = "balanced_studio", InstrumentalOnly = true, Generator = "sketch" };
        Assert.Null(await Settings.KeepAsync(new CompositionDefaults { Sound = "dark_trap_night" }, Ct));
        Assert.Null(await Settings.KeepAsync(defaults, Ct));
        Assert.Null(await Settings.KeepAsync(["https://b.example", "https://a.example"], Ct));

        Assert.Equal(defaults, await Settings.DefaultsAsync(Ct));
        Assert.Equal(["https://b.example", "https://a.example"], await Settings.OriginsAsync(Ct));
        Assert.Equal(2, await engine.ReadAsync(catalogue => Task.FromResult(catalogue.Settings.Count())));
    }
}

public sealed class StudioSettingsOnSqliteTests() : StudioSettingsTests(new EngineHost());

public sealed class StudioSettingsOnPostgresTests(PostgresServer server) : StudioSettingsTests(new PostgresEngine(server));
