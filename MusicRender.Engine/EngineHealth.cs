using System.Data.Common;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;

namespace MusicRender.Engine;

/// <summary>Tries what renders depend on.</summary>
public sealed class EngineHealth : IDisposable
{
    /// <summary>What a check says when all is well.</summary>
    public const string Ok = "ok";

    private readonly CatalogueSetup _catalogue;
    private readonly FileClaims _claims;
    private readonly Check _library;
    private readonly Check _encoder;

    internal EngineHealth(CatalogueSetup catalogue, AudioStore store, FileClaims claims, AudioEncoder encoder, TimeProvider time)
    {
        (_catalogue, _claims) = (catalogue, claims);
        // A folder is tried each time; a storage is asked only now and then, for it may cost something, and an encoder is a process.
        _library = new Check(store.CheckAsync, store.IsElsewhere ? TimeSpan.FromSeconds(10) : TimeSpan.Zero, time);
        _encoder = new Check(encoder.CheckAsync, TimeSpan.FromSeconds(30), time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _library.Dispose();
        _encoder.Dispose();
    }

    /// <summary>Each dependency: catalogue, library, encoder, the tracks' files; <see cref="Ok"/>, or what is wrong, for people.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CheckAsync(CancellationToken ct) =>
        new Dictionary<string, string>(await CheckLibraryAsync(ct)) { ["encoder"] = await _encoder.SaysAsync(ct), ["tracks"] = await CheckTracksAsync(ct) };

    /// <summary>Whether the library can be read and written.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CheckLibraryAsync(CancellationToken ct) => new Dictionary<string, string>
    {
        ["catalogue"] = await _catalogue.CheckAsync(ct) ?? Ok,
        ["library"] = await _library.SaysAsync(ct),
    };

    private async Task<string> CheckTracksAsync(CancellationToken ct)
    {
        try
        {
            return await _claims.CheckAsync(ct) ?? Ok;
        }
        catch (DbException)
        {
            return "The catalogue does not answer.";
        }
        catch (IOException exception)
        {
            return AudioStore.Explain(exception, "look again");
        }
    }

    /// <summary>One check, whose result lasts for a while.</summary>
    private sealed class Check(Func<CancellationToken, Task<string?>> check, TimeSpan lasts, TimeProvider time) : IDisposable
    {
        private readonly SemaphoreSlim _one = new(1);
        private (string Result, long At)? _said;

        public void Dispose() => _one.Dispose();

        public async Task<string> SaysAsync(CancellationToken ct)
        {
            await _one.WaitAsync(ct);
            try
            {
                if (_said is not { } said || time.GetElapsedTime(said.At) >= lasts)
                {
                    _said = said = (await check(ct) ?? Ok, time.GetTimestamp());
                }

                return said.Result;
            }
            finally
            {
                _one.Release();
            }
        }
    }
}
