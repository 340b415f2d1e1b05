using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Generators.ElevenLabs;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering.Accounts;

/// <summary>The account: a configured key is the operator's will and wins; else the one that somebody entered is used.</summary>
internal sealed partial class ElevenLabsAccount : IElevenLabsAccount, IAsyncDisposable
{
    /// <summary>The key's name in the store.</summary>
    public const string SecretName = "elevenlabs_api_key";

    private const int MinKey = 8;
    private const int MaxKey = 256;
    private const string UnreadableKey = "The ElevenLabs key that was entered here can no longer be read, because the library's folder keys was lost or replaced. Enter the key again.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IElevenLabsAccountApi _api;
    private readonly ElevenLabsKey _key;
    private readonly SecretStore _secrets;
    private readonly TimeProvider _time;
    private readonly ILogger<ElevenLabsAccount> _logger;
    private readonly string? _configured;
    private readonly SingleFlight<RenderFailure?> _refreshing;
    private readonly FinetuneList _finetunes;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _lock = new();
    private State _state;

    public ElevenLabsAccount(
        IElevenLabsAccountApi api, ElevenLabsKey key, SecretStore secrets, IOptions<ElevenLabsOptions> options, TimeProvider time, ILogger<ElevenLabsAccount> logger)
    {
        (_api, _key, _secrets, _time, _logger) = (api, key, secrets, time, logger);
        _configured = string.IsNullOrWhiteSpace(options.Value.ApiKey) ? null : options.Value.ApiKey.Trim();
        _state = new State(_configured is null ? KeySource.None : KeySource.Configuration, null, null);
        _refreshing = new SingleFlight<RenderFailure?>(AskAsync);
        _finetunes = new FinetuneList(api, key, time);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public KeySource Source => Volatile.Read(ref _state).Source;

    /// <inheritdoc/>
    public AccountBalance? Balance => Volatile.Read(ref _state).Balance;

    /// <inheritdoc/>
    public string? Notice => Volatile.Read(ref _state).Notice;

    /// <summary>Takes up the key that was entered earlier, unless one is configured. Before the first request is taken.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        if (_configured is not null)
        {
            Use(KeySource.Configuration, _configured, null, null);
            return;
        }

        var kept = await _secrets.FindAsync(SecretName, ct);
        if (kept.IsUnreadable)
        {
            Log.Unreadable(_logger);
        }

        Use(kept.Value is null ? KeySource.None : KeySource.Entered, kept.Value, null, kept.IsUnreadable ? UnreadableKey : null);
    }

    /// <summary>Takes up the key that was entered, or removed, on another node. Nothing happens when it is the one in use.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        if (_configured is not null)
        {
            return;
        }

        await _changing.WaitAsync(ct);
        try
        {
            var kept = await _secrets.FindAsync(SecretName, ct);
            if (!kept.IsUnreadable && kept.Value != (_key.IsThere ? _key.Reveal() : null))
            {
                Use(kept.Value is null ? KeySource.None : KeySource.Entered, kept.Value, null, null);
            }
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<RenderFailure?> EnterKeyAsync(string key, CancellationToken ct)
    {
        var entered = key.Trim();
        if (_configured is not null)
        {
            return RenderFailure.Server("The ElevenLabs key comes from this server's configuration. Change it there, or remove it there to enter one here.", "configured_key");
        }

        if (entered.Length is < MinKey or > MaxKey || !KeyHandler.IsSendable(entered))
        {
            return RenderFailure.Server($"That is not an ElevenLabs key: a key is one word of {MinKey} to {MaxKey} letters, digits and signs. Copy it again from your ElevenLabs profile.", "malformed_key");
        }

        await _changing.WaitAsync(ct);
        try
        {
            var (balance, failure) = await SubscriptionAsync(entered, ct);
            failure = failure is null ? await KeepAsync(entered) : NotChecked(failure);
            if (failure is null)
            {
                Use(KeySource.Entered, entered, balance, null);
                Log.Entered(_logger);
            }

            return failure;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<RenderFailure?> RemoveKeyAsync(CancellationToken ct)
    {
        await _changing.WaitAsync(ct);
        try
        {
            await _secrets.RemoveAsync(SecretName, ct);
            if (_configured is null)
            {
                Use(KeySource.None, null, null, null);
            }

            return null;
        }
        catch (Exception exception) when (exception is DbUpdateException or DbException or IOException)
        {
            Log.NotRemoved(_logger, exception);
            return RenderFailure.Server("The key could not be removed from the library's catalogue. Check the disk, then remove it again.", "catalogue");
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public Task<RenderFailure?> RefreshAsync(CancellationToken ct) => _refreshing.Ask().WaitAsync(ct);

    /// <inheritdoc/>
    public Task<FinetuneAnswer> FinetunesAsync(FinetuneQuery query, CancellationToken ct) => _finetunes.FindAsync(query, ct);

    /// <summary>A generator or stem maker of this name may have cost something: the balance is asked for anew, in the background.</summary>
    public void Spent(string generator)
    {
        if (generator == ElevenLabsGenerator.GeneratorName && _key.IsThere)
        {
            _refreshing.AskAnew();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _refreshing.DisposeAsync();
        await _finetunes.DisposeAsync();
        _changing.Dispose();
    }

    /// <summary>Asks with the key in use. An answer that comes when the key has changed meanwhile is dropped.</summary>
    private async Task<RenderFailure?> AskAsync(CancellationToken ct)
    {
        var before = Volatile.Read(ref _state);
        if (!_key.IsThere)
        {
            return AccountAnswer.NoKey;
        }

        var (balance, failure) = await SubscriptionAsync(null, ct);
        if (failure is not null)
        {
            Log.NotRefreshed(_logger, failure.Message);
            return failure;
        }

        var isNews = false;
        lock (_lock)
        {
            if (ReferenceEquals(before, _state))
            {
                _state = _state with { Balance = balance };
                isNews = true;
            }
        }

        if (isNews)
        {
            Changed?.Invoke();
        }

        return null;
    }

    private async Task<(AccountBalance? Balance, RenderFailure? Failure)> SubscriptionAsync(string? key, CancellationToken ct)
    {
        var answer = await AccountAnswer.OfAsync(token => _api.SubscriptionAsync(key, token), Patience, _time, ct);
        if (answer.Failure is not null)
        {
            return (null, answer.Failure);
        }

        var balance = AccountReading.Balance(answer.Json, _time.GetUtcNow());
        return (balance, balance is null ? AccountAnswer.Unreadable("it says nothing of credits") : null);
    }

    private async Task<RenderFailure?> KeepAsync(string key)
    {
        try
        {
            await _secrets.KeepAsync(SecretName, key, CancellationToken.None);
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or DbUpdateException or DbException or IOException or UnauthorizedAccessException)
        {
            Log.NotKept(_logger, exception);
            return RenderFailure.Server("ElevenLabs takes the key, but it could not be kept in the library. Check the disk and the permissions of its folder, then enter the key again.", "catalogue");
        }
    }

    private void Use(KeySource source, string? key, AccountBalance? balance, string? notice)
    {
        lock (_lock)
        {
            _key.Use(key);
            _state = new State(source, balance, notice);
        }

        _finetunes.Forget();
        Changed?.Invoke();
    }

    /// <summary>A refusal of the key is about the key; everything else only says that nobody knows.</summary>
    private static RenderFailure NotChecked(RenderFailure failure) =>
        failure.Reason == FailureReasons.InvalidKey ? failure : failure with { Message = $"The key could not be checked, and was not kept. {failure.Message}" };

    /// <summary>Replaced whole, never changed: whoever holds one can tell that it is still the one.</summary>
    private sealed record State(KeySource Source, AccountBalance? Balance, string? Notice);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The ElevenLabs key in the library cannot be read with the library's key ring (its folder keys was lost or replaced). There is no key until it is entered again.")]
        public static partial void Unreadable(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "An ElevenLabs key was entered in the studio.")]
        public static partial void Entered(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The ElevenLabs key could not be kept.")]
        public static partial void NotKept(ILogger logger, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "The ElevenLabs key could not be removed.")]
        public static partial void NotRemoved(ILogger logger, Exception exception);

        [LoggerMessage(5, LogLevel.Information, "The ElevenLabs balance is not known: {Reason}")]
        public static partial void NotRefreshed(ILogger logger, string reason);
    }
}
