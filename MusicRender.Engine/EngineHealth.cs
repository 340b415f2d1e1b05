using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;

namespace MusicRender.Engine;

/// <summary>Tries what renders depend on.</summary>
public sealed class EngineHealth : IDisposable
{
    /// <summary>What a check says when all is well.</summary>
    public const string Ok = "ok";

    private static readonly TimeSpan EncoderCheckLasts = TimeSpan.FromSeconds(30);

    private readonly CatalogueSetup _catalogue;
    private readonly AudioStore _store;
    private readonly AudioEncoder _encoder;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _encoderCheck = new(1);
    private (string Result, long At)? _encoderSaid;

    internal EngineHealth(CatalogueSetup catalogue, AudioStore store, AudioEncoder encoder, TimeProvider time) =>
        (_catalogue, _store, _encoder, _time) = (catalogue, store, encoder, time);

    /// <inheritdoc/>
    public void Dispose() => _encoderCheck.Dispose();

    /// <summary>Each dependency: catalogue, library, encoder; <see cref="Ok"/>, or what is wrong, for people.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CheckAsync(CancellationToken ct) =>
        new Dictionary<string, string>(await CheckLibraryAsync(ct)) { ["encoder"] = await CheckEncoderAsync(ct) };

    /// <summary>Whether the library can be read and written.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CheckLibraryAsync(CancellationToken ct) => new Dictionary<string, string>
    {
        ["catalogue"] = await _catalogue.CheckAsync(ct) ?? Ok,
        ["library"] = await _store.CheckAsync(ct) ?? Ok,
    };

    /// <summary>Starts a process, so it is tried only now and then.</summary>
    private async Task<string> CheckEncoderAsync(CancellationToken ct)
    {
        await _encoderCheck.WaitAsync(ct);
        try
        {
            if (_encoderSaid is not { } said || _time.GetElapsedTime(said.At) > EncoderCheckLasts)
            {
                _encoderSaid = said = (await _encoder.CheckAsync(ct) ?? Ok, _time.GetTimestamp());
            }

            return said.Result;
        }
        finally
        {
            _encoderCheck.Release();
        }
    }
}
