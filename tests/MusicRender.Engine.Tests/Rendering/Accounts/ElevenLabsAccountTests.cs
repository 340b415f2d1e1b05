using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering.Accounts;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering.Accounts;

public abstract class ElevenLabsAccountTests(PostgresServer? server) : IDisposable
{
    protected const string Good = "sk_0123456789abcdef0123456789abcdef";
    protected const string Other = "sk_fedcba9876543210fedcba9876543210";

    private readonly TestFolder _folder = new();
    private string? _database;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal TestFolder Folder => _folder;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Key_ThatTheUpstreamTakes_IsUsedAtOnceAndTheBalanceIsKnown()
    {
        await using var setup = await LoadAsync();

        Assert.Null(await setup.Account.EnterKeyAsync($"  {Good}\n", Ct));

        Assert.Equal(KeySource.Entered, setup.Account.Source);
        Assert.Equal(Good, setup.Key.Reveal());
        Assert.Equal([Good], setup.Api.KeysAsked);
        Assert.Equal(new AccountBalance("creator", "active", 1_200, 100_000, DateTimeOffset.FromUnixTimeSeconds(1_790_000_000), setup.Time.GetUtcNow()), setup.Account.Balance);
        Assert.Equal(98_800, setup.Account.Balance!.RemainingCredits);
    }

    [Fact]
    public async Task Key_ThatWasEntered_IsThereAfterARestartAndEncryptedOnDisk()
    {
        await using (var before = await LoadAsync())
        {
            Assert.Null(await before.Account.EnterKeyAsync(Other, Ct));
            Assert.Null(await before.Account.EnterKeyAsync(Good, Ct));
        }

        await using var after = await LoadAsync();

        Assert.Equal(KeySource.Entered, after.Account.Source);
        Assert.Equal(Good, after.Key.Reveal());
        Assert.Null(after.Account.Balance);
        Assert.Null(after.Account.Notice);
        Assert.Empty(after.Api.KeysAsked);
        var row = await after.Engine.ReadAsync(catalogue => catalogue.Secrets.SingleAsync(Ct));
        Assert.DoesNotContain(Good, Encoding.Latin1.GetString(row.Ciphertext), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ThatWasEntered_IsInUseAsSoonAsTheEngineHasStarted()
    {
        await using (var before = await LoadAsync())
        {
            Assert.Null(await before.Account.EnterKeyAsync(Good, Ct));
        }

        await using var engine = await EngineHost.StartAsync(_folder.Path, ("ConnectionStrings:MusicRender", _database!));

        Assert.Equal(KeySource.Entered, engine.Service<IElevenLabsAccount>().Source);
        Assert.Equal(Good, engine.Service<ElevenLabsKey>().Reveal());
    }

    [Fact]
    public async Task Key_ThatTheUpstreamRefuses_IsNotKeptAndTheOneBeforeStays()
    {
        await using var setup = await LoadAsync();
        Assert.Null(await setup.Account.EnterKeyAsync(Good, Ct));
        var balance = setup.Account.Balance;
        setup.Api.OnSubscription = (_, _) => FakeAccountApi.Refuse(HttpStatusCode.Unauthorized, "invalid_api_key");

        var failure = await setup.Account.EnterKeyAsync(Other, Ct);

        Assert.Equal("invalid_key", failure!.Reason);
        Assert.Equal("settings", failure.Details!.Value.GetProperty("action").GetString());
        Assert.DoesNotContain("could not be checked", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Good, setup.Key.Reveal());
        Assert.Same(balance, setup.Account.Balance);
        Assert.Equal(Good, (await setup.Secrets.FindAsync(ElevenLabsAccount.SecretName, Ct)).Value);
    }

    [Theory]
    [InlineData("unreachable", "unreachable")]
    [InlineData("500", "unavailable")]
    [InlineData("not json", "bad_answer")]
    [InlineData("{}", "bad_answer")]
    [InlineData("[]", "bad_answer")]
    public async Task Key_ThatCannotBeChecked_IsNotKeptAndSaysSo(string answer, string reason)
    {
        await using var setup = await LoadAsync();
        setup.Api.OnSubscription = (_, _) => answer switch
        {
            "unreachable" => FakeAccountApi.Unreachable(),
            "500" => FakeAccountApi.Answer("", HttpStatusCode.InternalServerError),
            _ => FakeAccountApi.Answer(answer),
        };

        var failure = await setup.Account.EnterKeyAsync(Good, Ct);

        Assert.Equal(reason, failure!.Reason);
        Assert.StartsWith("The key could not be checked, and was not kept. ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(KeySource.None, setup.Account.Source);
        Assert.Null((await setup.Secrets.FindAsync(ElevenLabsAccount.SecretName, Ct)).Value);
    }

    [Fact]
    public async Task Key_WhoseCheckTakesTooLong_IsNotKept()
    {
        await using var setup = await LoadAsync();
        setup.Api.OnSubscription = (_, ct) => FakeAccountApi.Never(ct);

        var entering = setup.Account.EnterKeyAsync(Good, Ct);
        await Until.TrueAsync(() => !setup.Api.KeysAsked.IsEmpty, "the key is checked");
        setup.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("unavailable", (await entering)!.Reason);
        Assert.Equal(KeySource.None, setup.Account.Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("short")]
    [InlineData("two words-of-a-key")]
    [InlineData("line\r\nx-other: header")]
    [InlineData("sk_schlüssel-mit-umlaut")]
    [InlineData("sk_\u200b0123456789abcdef")]
    public async Task Key_ThatCanBeNone_IsRefusedWithoutAskingAndWithoutRepeatingIt(string key)
    {
        await using var setup = await LoadAsync();

        var failure = await setup.Account.EnterKeyAsync(key, Ct);

        Assert.Equal("malformed_key", failure!.Reason);
        Assert.Empty(setup.Api.KeysAsked);
        Assert.True(key.Trim().Length == 0 || !failure.Message.Contains(key.Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_ThatIsTooLong_IsRefusedWithoutAsking()
    {
        await using var setup = await LoadAsync();

        Assert.Equal("malformed_key", (await setup.Account.EnterKeyAsync(new string('k', 257), Ct))!.Reason);
        Assert.Null(await setup.Account.EnterKeyAsync(new string('k', 256), Ct));
    }

    [Fact]
    public async Task Key_ThatTheLibraryCannotKeep_IsNotUsed()
    {
        await using var setup = await LoadAsync();
        await setup.Engine.ReadAsync(catalogue => catalogue.Database.ExecuteSqlRawAsync("DROP TABLE secrets", Ct));

        var failure = await setup.Account.EnterKeyAsync(Good, Ct);

        Assert.Equal("catalogue", failure!.Reason);
        Assert.Equal(KeySource.None, setup.Account.Source);
        Assert.False(setup.Key.IsThere);
        Assert.Equal("catalogue", (await setup.Account.RemoveKeyAsync(Ct))!.Reason);
    }

    [Fact]
    public async Task ConfiguredKey_WinsOverAnEnteredOneAndCannotBeChangedHere()
    {
        await using (var before = await LoadAsync())
        {
            Assert.Null(await before.Account.EnterKeyAsync(Good, Ct));
        }

        await using (var configured = await LoadAsync(Other))
        {
            Assert.Equal(KeySource.Configuration, configured.Account.Source);
            Assert.Equal(Other, configured.Key.Reveal());
            Assert.Equal("configured_key", (await configured.Account.EnterKeyAsync(Good, Ct))!.Reason);
            Assert.Equal(Other, configured.Key.Reveal());
        }

        await using var after = await LoadAsync();
        Assert.Equal(Good, after.Key.Reveal());
    }

    [Fact]
    public async Task RemovedKey_IsForgottenWithAllThatItBrought()
    {
        await using (var setup = await LoadAsync())
        {
            Assert.Null(await setup.Account.EnterKeyAsync(Good, Ct));
            setup.Api.OnFinetunes = (_, _) => FakeAccountApi.Answer("""{"finetunes":[{"id":"f1"}],"next_cursor":null,"has_more":false}""");
            Assert.Equal(1, (await setup.Account.FinetunesAsync(new FinetuneQuery(), Ct)).Total);
            var changes = setup.Changes;

            Assert.Null(await setup.Account.RemoveKeyAsync(Ct));

            Assert.Equal(KeySource.None, setup.Account.Source);
            Assert.False(setup.Key.IsThere);
            Assert.Null(setup.Account.Balance);
            Assert.True(setup.Changes > changes);
            var finetunes = await setup.Account.FinetunesAsync(new FinetuneQuery(), Ct);
            Assert.Equal(("no_key", 0), (finetunes.Failure!.Reason, finetunes.Total));
            Assert.Equal("no_key", (await setup.Account.RefreshAsync(Ct))!.Reason);
        }

        await using var after = await LoadAsync();
        Assert.Equal(KeySource.None, after.Account.Source);
    }

    [Fact]
    public async Task Key_EnteredWhileTheOneBeforeIsRemoved_IsInUseJustWhenItIsKept()
    {
        await using var setup = await LoadAsync();
        for (var round = 0; round < 20; round++)
        {
            Assert.Null(await setup.Account.EnterKeyAsync(Good, Ct));
            // The catalogue's writer is held until both wait for it, or for each other.
            var hold = new TaskCompletionSource();
            var held = setup.Engine.Service<CatalogueWriter>().WriteAsync((_, _) => hold.Task, Ct);
            var removed = Task.Run(() => setup.Account.RemoveKeyAsync(Ct), Ct);
            var entered = Task.Run(() => setup.Account.EnterKeyAsync(Other, Ct), Ct);
            hold.SetResult();
            await Task.WhenAll(held, removed, entered);
            Assert.Equal((await setup.Secrets.FindAsync(ElevenLabsAccount.SecretName, Ct)).Value, setup.Key.Reveal());
        }
    }

    [Fact]
    public async Task RemovedKey_BesideAConfiguredOne_LeavesThatInUse()
    {
        await using (var before = await LoadAsync())
        {
            Assert.Null(await before.Account.EnterKeyAsync(Good, Ct));
        }

        await using (var configured = await LoadAsync(Other))
        {
            Assert.Null(await configured.Account.RemoveKeyAsync(Ct));
            Assert.Equal((KeySource.Configuration, Other), (configured.Account.Source, configured.Key.Reveal()));
        }

        await using var after = await LoadAsync();
        Assert.Equal(KeySource.None, after.Account.Source);
    }

    [Fact]
    public async Task Balance_IsAskedForOnce_HoweverManyAskAtTheSameTime()
    {
        await using var setup = await LoadAsync(Good);
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        setup.Api.OnSubscription = (_, _) => answer.Task;

        var asking = Enumerable.Range(0, 20).Select(_ => setup.Account.RefreshAsync(Ct)).ToArray();
        await Until.TrueAsync(() => !setup.Api.KeysAsked.IsEmpty, "the balance is asked for");
        var changes = setup.Changes;
        answer.SetResult(await FakeAccountApi.Answer(FakeAccountApi.Subscription));

        Assert.All(await Task.WhenAll(asking), Assert.Null);
        Assert.Equal([null], setup.Api.KeysAsked);
        Assert.Equal(98_800, setup.Account.Balance!.RemainingCredits);
        Assert.Equal(changes + 1, setup.Changes);
    }

    [Fact]
    public async Task Balance_ThatCannotBeHad_LeavesTheLastOne()
    {
        await using var setup = await LoadAsync(Good);
        Assert.Null(await setup.Account.RefreshAsync(Ct));
        var balance = setup.Account.Balance;
        setup.Api.OnSubscription = (_, _) => FakeAccountApi.Unreachable();

        Assert.Equal("unreachable", (await setup.Account.RefreshAsync(Ct))!.Reason);
        Assert.Same(balance, setup.Account.Balance);
    }

    [Fact]
    public async Task Balance_ThatComesWhenTheKeyIsGone_IsNobodys()
    {
        await using var setup = await LoadAsync();
        Assert.Null(await setup.Account.EnterKeyAsync(Good, Ct));
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        setup.Api.OnSubscription = (_, _) => answer.Task;
        var asking = setup.Account.RefreshAsync(Ct);
        await Until.TrueAsync(() => setup.Api.KeysAsked.Count == 2, "the balance is asked for");

        Assert.Null(await setup.Account.RemoveKeyAsync(Ct));
        answer.SetResult(await FakeAccountApi.Answer(FakeAccountApi.Subscription));
        await asking;

        Assert.Null(setup.Account.Balance);
    }

    [Fact]
    public async Task Waiting_ForTheBalance_EndsWhenTheCallerGoes_ButTheCallGoesOn()
    {
        await using var setup = await LoadAsync(Good);
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        setup.Api.OnSubscription = (_, _) => answer.Task;
        using var impatient = new CancellationTokenSource();

        var asking = setup.Account.RefreshAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        answer.SetResult(await FakeAccountApi.Answer(FakeAccountApi.Subscription));

        await Until.TrueAsync(() => setup.Account.Balance is not null, "the balance is known");
    }

    [Fact]
    public async Task Spending_AsksForTheBalanceAnewAfterACallThatMayHaveBeenTooEarly()
    {
        await using var setup = await LoadAsync(Good);
        var early = new TaskCompletionSource<HttpResponseMessage>();
        setup.Api.OnSubscription = (_, _) => setup.Api.KeysAsked.Count == 1 ? early.Task : FakeAccountApi.Answer(FakeAccountApi.Subscription.Replace("1200", "2100", StringComparison.Ordinal));
        var asking = setup.Account.RefreshAsync(Ct);
        await Until.TrueAsync(() => !setup.Api.KeysAsked.IsEmpty, "the balance is asked for");

        setup.Account.Spent("elevenlabs");
        setup.Account.Spent("elevenlabs");
        early.SetResult(await FakeAccountApi.Answer(FakeAccountApi.Subscription));
        await asking;

        await Until.TrueAsync(() => setup.Account.Balance is { UsedCredits: 2_100 }, "the newer balance is known");
        Assert.Equal(2, setup.Api.KeysAsked.Count);
    }

    [Fact]
    public async Task Spending_OfAnotherGeneratorOrWithoutAKey_AsksNobody()
    {
        await using var setup = await LoadAsync(Good);
        setup.Account.Spent("sketch");
        await using var without = await LoadAsync();
        without.Account.Spent("elevenlabs");

        Assert.Null(await setup.Account.RefreshAsync(Ct));
        Assert.Equal([null], setup.Api.KeysAsked);
        Assert.Empty(without.Api.KeysAsked);
    }

    [Theory]
    [InlineData("""{"character_count":150000,"character_limit":100000}""", 0, null)]
    [InlineData("""{"character_count":1.0,"character_limit":10,"tier":null,"status":7,"next_character_count_reset_unix":null}""", 9, null)]
    [InlineData("""{"character_count":0,"character_limit":10,"next_character_count_reset_unix":-5}""", 10, null)]
    [InlineData("""{"character_count":0,"character_limit":10,"next_character_count_reset_unix":1e300}""", 10, null)]
    [InlineData("""{"character_count":0,"character_limit":10,"next_character_count_reset_unix":86400,"tier":"\ud83d"}""", 10, 86_400L)]
    public async Task Balance_OfAnOddAnswer_IsWhatCanBeRead(string json, long remaining, long? resets)
    {
        await using var setup = await LoadAsync(Good);
        setup.Api.OnSubscription = (_, _) => FakeAccountApi.Answer(json);

        Assert.Null(await setup.Account.RefreshAsync(Ct));

        Assert.Equal(remaining, setup.Account.Balance!.RemainingCredits);
        Assert.Equal(resets, setup.Account.Balance.ResetsAt?.ToUnixTimeSeconds());
        Assert.Equal("", setup.Account.Balance.Status);
    }

    [Fact]
    public async Task Answer_WithoutEnd_IsGivenUp()
    {
        await using var setup = await LoadAsync(Good);
        setup.Api.OnSubscription = (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new Endless()) });

        Assert.Equal("bad_answer", (await setup.Account.RefreshAsync(Ct))!.Reason);
    }

    internal async Task<AccountSetup> LoadAsync(string? configured = null)
    {
        _database ??= server is null ? "" : await server.NewDatabaseAsync();
        return await AccountSetup.LoadAsync(_folder.Path, configured, _database);
    }

    /// <summary>Blanks for ever.</summary>
    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}

public sealed class ElevenLabsAccountOnSqliteTests() : ElevenLabsAccountTests(null)
{
    [Fact]
    public async Task KeyRing_IsForItsOwnerAlone()
    {
        await using var setup = await LoadAsync();
        Assert.Null(await setup.Account.EnterKeyAsync(Good, Ct));

        var keys = Path.Combine(Folder.Path, "keys");
        Assert.NotEmpty(Directory.EnumerateFiles(keys));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        }
    }

    [Fact]
    public async Task Key_WhoseKeyRingIsLost_IsNoKeyAndSaysSo_AndCanBeEnteredAgain()
    {
        await using (var before = await LoadAsync())
        {
            Assert.Null(await before.Account.EnterKeyAsync(Good, Ct));
        }

        Directory.Delete(Path.Combine(Folder.Path, "keys"), recursive: true);
        await using (var after = await LoadAsync())
        {
            Assert.Equal(KeySource.None, after.Account.Source);
            Assert.False(after.Key.IsThere);
            Assert.Contains("can no longer be read", after.Account.Notice, StringComparison.Ordinal);
            Assert.Contains("Warning: The ElevenLabs key in the library cannot be read", after.Log.Text, StringComparison.Ordinal);

            Assert.Null(await after.Account.EnterKeyAsync(Other, Ct));
            Assert.Null(after.Account.Notice);
        }

        await using var mended = await LoadAsync();
        Assert.Equal(Other, mended.Key.Reveal());
    }
}

public sealed class ElevenLabsAccountOnPostgresTests(PostgresServer server) : ElevenLabsAccountTests(server);
