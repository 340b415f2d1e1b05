using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Settings in memory.</summary>
internal sealed class FakeStudioSettings : IStudioSettings
{
    public CompositionDefaults Defaults { get; set; } = new();

    public IReadOnlyList<string> Origins { get; set; } = [];

    /// <summary>Why nothing can be kept, or null.</summary>
    public RenderFailure? Failure { get; set; }

    public Task<CompositionDefaults> DefaultsAsync(CancellationToken ct) => Task.FromResult(Defaults);

    public Task<RenderFailure?> KeepAsync(CompositionDefaults defaults, CancellationToken ct)
    {
        Defaults = Failure is null ? defaults : Defaults;
        return Task.FromResult(Failure);
    }

    public Task<IReadOnlyList<string>> OriginsAsync(CancellationToken ct) => Task.FromResult(Origins);

    public Task<RenderFailure?> KeepAsync(IReadOnlyList<string> origins, CancellationToken ct)
    {
        Origins = Failure is null ? origins : Origins;
        return Task.FromResult(Failure);
    }
}

/// <summary>A library that takes up what the test says.</summary>
internal sealed class FakeStorageMeter : IStorageMeter
{
    public StorageUse Use { get; set; } = new("/srv/music", [new StorageShare("audio", 12, 30_000_000), new StorageShare("", 3, 400_000), new StorageShare("stems", 0, 0)], 5_000_000_000);

    public Task<StorageUse> MeasureAsync(CancellationToken ct) => Task.FromResult(Use);
}
