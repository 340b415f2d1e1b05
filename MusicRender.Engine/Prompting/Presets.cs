using System.Diagnostics.CodeAnalysis;

namespace MusicRender.Engine.Prompting;

/// <summary>The presets of the wire contract, in its order.</summary>
public static class Presets
{
    /// <summary>What the music is for; five.</summary>
    public static IReadOnlyList<ProjectBlueprint> Blueprints => BlueprintPresets.All;

    /// <summary>What it sounds like; five.</summary>
    public static IReadOnlyList<SoundProfile> Sounds => SoundPresets.All;

    /// <summary>How it is made; five.</summary>
    public static IReadOnlyList<DeliveryControl> Deliveries => DeliveryPresets.All;

    /// <summary>Three choices in one click; eight.</summary>
    public static IReadOnlyList<QuickStart> QuickStarts => QuickStartPresets.All;

    /// <summary>Finds a blueprint by its identifier; capitals matter.</summary>
    public static bool TryFindBlueprint(string? id, [NotNullWhen(true)] out ProjectBlueprint? blueprint) =>
        TryFind(Blueprints, id, out blueprint);

    /// <summary>Finds a sound by its identifier; capitals matter.</summary>
    public static bool TryFindSound(string? id, [NotNullWhen(true)] out SoundProfile? sound) =>
        TryFind(Sounds, id, out sound);

    /// <summary>Finds a delivery by its identifier; capitals matter.</summary>
    public static bool TryFindDelivery(string? id, [NotNullWhen(true)] out DeliveryControl? delivery) =>
        TryFind(Deliveries, id, out delivery);

    /// <summary>
    /// The quick start of three choices, or null: the one of this identifier where several make the same choices, else the
    /// first that makes them.
    /// </summary>
    public static QuickStart? FindQuickStart(string? id, string? blueprint, string? sound, string? delivery)
    {
        var same = QuickStarts.Where(start => start.Blueprint == blueprint && start.Sound == sound && start.Delivery == delivery).ToArray();
        return same.FirstOrDefault(start => start.Id == id) ?? same.FirstOrDefault();
    }

    private static bool TryFind<T>(IReadOnlyList<T> presets, string? id, [NotNullWhen(true)] out T? found)
        where T : Preset
    {
        found = presets.FirstOrDefault(preset => preset.Id == id);
        return found is not null;
    }
}
