using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ElevenLabs.Simulator.Accounts;

/// <summary>Every account, made when its key is first seen.</summary>
internal sealed class AccountBook(SimulatorOptions options)
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new();

    /// <summary>The account of a key. Keys that are not simulated ones have one too, for their calls; they may be real, so only their hash is kept.</summary>
    public Account Of(string key) =>
        _accounts.GetOrAdd(IsSimulated(key) ? key : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key))), _ => new Account(key, options));

    /// <summary>Every account.</summary>
    public IEnumerable<Account> All => _accounts.Values;

    /// <summary>True for keys that the simulator takes.</summary>
    public static bool IsSimulated(string key) => key.StartsWith("sim-", StringComparison.Ordinal);
}
