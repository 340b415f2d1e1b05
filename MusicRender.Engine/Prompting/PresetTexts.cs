using System.Globalization;
using System.Resources;

namespace MusicRender.Engine.Prompting;

/// <summary>What people read of the presets, from <c>PresetTexts.resx</c>, in the language of the one who reads.</summary>
internal static class PresetTexts
{
    private static readonly ResourceManager Texts = new(typeof(PresetTexts));

    /// <summary>A text of a preset.</summary>
    /// <exception cref="MissingManifestResourceException">There is none of that name.</exception>
    internal static string Of(string id, string name) =>
        Find(id, name) ?? throw new MissingManifestResourceException($"The preset {id} has no text {name}.");

    /// <summary>A text of a preset, or null.</summary>
    internal static string? Find(string id, string name) => Texts.GetString($"{id}_{name}", CultureInfo.CurrentUICulture);
}
