using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Engine.Tests.Rendering.Accounts;

/// <summary>An account on a real library, with scripted calls and a clock of the test's.</summary>
internal sealed class AccountSetup : IAsyncDisposable
{
    private readonly EngineHost _engine;

    private AccountSetup(EngineHost engine, string? configured)
    {
        _engine = engine;
        Account = new ElevenLabsAccount(
            Api, Key, engine.Service<SecretStore>(), Options.Create(new ElevenLabsOptions { ApiKey = configured }), Time, Log);
        Account.Changed += () => Interlocked.Increment(ref _changes);
    }

    private int _changes;

    public FakeAccountApi Api { get; } = new();

    public ElevenLabsKey Key { get; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    public CapturedLog<ElevenLabsAccount> Log { get; } = new();

    public ElevenLabsAccount Account { get; }

    public SecretStore Secrets => _engine.Service<SecretStore>();

    public EngineHost Engine => _engine;

    public int Changes => Volatile.Read(ref _changes);

    /// <summary>The account of a library as it is after a start.</summary>
    public static async Task<AccountSetup> LoadAsync(string root, string? configured = null, string database = "")
    {
        var engine = new EngineHost(root, ("ConnectionStrings:MusicRender", database));
        await engine.PrepareLibraryAsync();
        var setup = new AccountSetup(engine, configured);
        await setup.Account.LoadAsync(CancellationToken.None);
        return setup;
    }

    public async ValueTask DisposeAsync()
    {
        await Account.DisposeAsync();
        await _engine.DisposeAsync();
    }
}
