using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Rendering;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Files of tracks that say what the test says.</summary>
internal sealed class FakeTrackFiles : ITrackFiles
{
    /// <summary>What the tracks' own files say.</summary>
    public AudioFileFacts? Facts { get; set; } = new(44_100, 192, IsMono: false);

    public Task<TrackFile> GetAsync(Track track, TrackFileKind kind, CancellationToken ct) => Task.FromResult(new TrackFile(new StoredFile($"made/{kind}", 0, default) { Opening = () => Stream.Null }, null));

    public Task<AudioFileFacts?> FactsAsync(Track track, CancellationToken ct) => Task.FromResult(Facts);
}
