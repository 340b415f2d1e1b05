using MusicRender.Engine.Library;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>A library in memory.</summary>
internal sealed class FakeTrackLibrary : ITrackLibrary
{
    public List<Track> Tracks { get; } = [];

    public List<TrackQuery> Queries { get; } = [];

    /// <summary>Runs before a search is answered.</summary>
    public Func<TrackQuery, Task> OnSearch { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs before a track is looked up; it may throw.</summary>
    public Func<Task> OnFind { get; set; } = () => Task.CompletedTask;

    public async Task<TrackPage> SearchAsync(TrackQuery query, CancellationToken ct)
    {
        Queries.Add(query);
        await OnSearch(query);
        var found = Tracks.Where(track => track.Title.Contains(query.Text ?? "", StringComparison.OrdinalIgnoreCase)).ToList();
        return new TrackPage([.. found.Skip((query.Page - 1) * query.PageSize).Take(query.PageSize)], found.Count);
    }

    public async Task<Track?> FindAsync(string idOrFileName, CancellationToken ct)
    {
        await OnFind();
        return Tracks.Find(track => track.Id == idOrFileName || track.FileName == idOrFileName);
    }

    public Task<Track?> EditAsync(string id, TrackEdit edit, CancellationToken ct)
    {
        var at = Tracks.FindIndex(track => track.Id == id);
        if (at < 0)
        {
            return Task.FromResult<Track?>(null);
        }

        Tracks[at] = Tracks[at] with { Title = edit.Title ?? Tracks[at].Title, Tags = edit.Tags ?? Tracks[at].Tags };
        return Task.FromResult<Track?>(Tracks[at]);
    }

    public Task<bool> DeleteAsync(string id, CancellationToken ct) => Task.FromResult(Tracks.RemoveAll(track => track.Id == id) > 0);

    public Task<IReadOnlyList<float>?> PeaksAsync(string id, CancellationToken ct) => Task.FromResult<IReadOnlyList<float>?>([0.5f]);
}
