using System.Collections.Concurrent;
using System.Security.Cryptography;
using MusicRender.Engine.Generators.Sketch;

namespace MusicRender.Web.Studio.Previews;

/// <summary>
/// Where plans that are being edited can be heard. An editor opens a pass; its address plays what the editor holds at that
/// moment, so that nothing has to be saved, sent or named first, and a player can be started within a click.
/// </summary>
public sealed class PreviewDesk(SketchPreview sketch)
{
    private const int KeyBytes = 18;

    private readonly ConcurrentDictionary<string, PreviewPass> _passes = new(StringComparer.Ordinal);

    /// <summary>Opens a pass. Dispose it with the editor.</summary>
    /// <param name="source">Gives the plan as it stands, or null when it cannot be played; called from any thread.</param>
    public PreviewPass Open(Func<Task<PreviewSource?>> source)
    {
        var pass = new PreviewPass(RandomNumberGenerator.GetHexString(2 * KeyBytes, lowercase: true), source, sketch, closed => _passes.TryRemove(closed.Key, out _));
        _passes[pass.Key] = pass;
        return pass;
    }

    /// <summary>The pass of a key, or null when its editor is gone.</summary>
    internal PreviewPass? Find(string key) => _passes.GetValueOrDefault(key);
}
