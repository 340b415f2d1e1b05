using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Web.Tests.Fakes;

internal static class Samples
{
    public static readonly CompositionPlan Plan = new()
    {
        Title = "Night Train",
        PositiveGlobalStyles = ["120 bpm"],
        Sections =
        [
            new PlanSection { SectionName = "Intro", DurationMs = 10_000 },
            new PlanSection { SectionName = "Verse", DurationMs = 20_000, Lines = ["The platform hums", "and nobody comes"] },
            new PlanSection { SectionName = "Chorus", DurationMs = 15_000, PositiveLocalStyles = ["full drums"] },
        ],
    };

    public static Track Track(string title = "Night Train", int number = 1) => new()
    {
        Id = $"{number:x32}",
        FileName = $"night-train_{number:x8}.mp3",
        FilePath = $"audio/night-train_{number:x8}.mp3",
        ContentType = "audio/mpeg",
        FileSizeBytes = 2_100_000,
        DurationMs = 45_000,
        Title = title,
        Song = new SongMetadata { Genres = ["indie folk"], Bpm = 120, Key = "A minor" },
        Composition = Plan,
        Generator = "sketch",
        Seed = 42,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public static Draft Draft(CompositionPlan? plan = null) => new()
    {
        Id = "abcdefghijkl",
        Blueprint = "standalone_song_mini",
        Sound = "indie_live_band",
        Delivery = "balanced_studio",
        Prompt = "A song about a night train.",
        Title = plan?.Title ?? "Night Train",
        Plan = plan,
    };
}
