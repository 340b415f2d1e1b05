using MusicRender.Engine.Library;
using MusicRender.Engine.Prompting;

namespace MusicRender.Web.Studio;

/// <summary>Begins compositions, with the defaults that are set in the studio.</summary>
public sealed class NewDrafts(IDrafts drafts, IStudioSettings settings)
{
    /// <summary>Begins with nothing but the defaults.</summary>
    public async Task<Draft> BeginAsync(CancellationToken ct)
    {
        var defaults = await settings.DefaultsAsync(ct);
        return await drafts.CreateAsync(
            new Draft
            {
                Id = "",
                Sound = Presets.TryFindSound(defaults.Sound, out var sound) ? sound.Id : null,
                Delivery = Presets.TryFindDelivery(defaults.Delivery, out var delivery) ? delivery.Id : null,
                InstrumentalOnly = defaults.InstrumentalOnly,
                Generator = defaults.Generator,
            },
            ct);
    }

    /// <summary>Begins with a quick start: its three choices win over the defaults, and a song that it sings is sung.</summary>
    public async Task<Draft> BeginAsync(QuickStart start, CancellationToken ct) => await drafts.CreateAsync(
        new Draft
        {
            Id = "",
            QuickStart = start.Id,
            Blueprint = start.Blueprint,
            Sound = start.Sound,
            Delivery = start.Delivery,
            Generator = (await settings.DefaultsAsync(ct)).Generator,
        },
        ct);
}
