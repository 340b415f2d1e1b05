using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>Makes a track of a take: its tags in front of its audio, its file under its name, its waveform.</summary>
internal sealed class TrackSaver(AudioStore store, AudioDecoder decoder, TimeProvider time)
{
    private const string UntitledTrack = "Untitled track";
    private const string PartialMark = " (partial)";
    private const int MinRoom = 3 * 1024;
    private const int RoomUnit = 1024;

    /// <summary>A prompt says little of the plan that will be written for it.</summary>
    private const int RoomForPrompt = 16 * 1024;

    /// <summary>
    /// Bytes to leave in front of the audio for tag and info frame: the plan stands in the tag as it is, and its lyrics once
    /// as a text and once word by word. Where it turns out too small, the audio is copied once more.
    /// </summary>
    public static int RoomFor(Composition composition) => composition is PromptComposition
        ? RoomForPrompt
        : (MinRoom + (3 * PlanJson.ToCompactText(composition).Length) + RoomUnit - 1) / RoomUnit * RoomUnit;

    /// <summary>The frame that tells players the exact length: of sound that was encoded here, and where the upstream sent one; else empty.</summary>
    public static ReadOnlyMemory<byte> InfoFrame(PartialAudio audio, Mp3Intake intake, long pcmFrames)
    {
        var header = audio.First(Mp3Frames.HeaderBytes);
        if ((pcmFrames == 0 && intake.Info is null) || !Mp3InfoFrame.Fits(header))
        {
            return default;
        }

        var counter = intake.Counter;
        return pcmFrames > 0
            ? Mp3InfoFrame.Make(header, counter.Frames, audio.Length, pcmFrames * counter.First.SampleRate / PcmFormat.SampleRate)
            : Mp3InfoFrame.Make(header, counter.Frames, audio.Length, intake.Samples, intake.IsWhole ? intake.Info : intake.Info! with { Positions = null });
    }

    /// <summary>A track of a render, all but its size and its time.</summary>
    public static Track TrackOf(RenderId id, string generator, RenderRequest request, TakeNotes notes, int durationMs, bool isPartial)
    {
        var composition = notes.Composition is PromptComposition && notes.UpstreamPlan is { } followed
            ? PlanConversion.ToSections(followed) with { Title = notes.Composition.Title }
            : notes.Composition;
        var own = composition.Title is { } title && !string.IsNullOrWhiteSpace(title) ? title.Trim() : null;
        var song = SongFacts.Merge(notes.Known, notes.Made, own);
        var shown = song.Title is { Length: > 0 } known ? known : UntitledTrack;
        shown = isPartial ? shown[..Math.Min(shown.Length, PlanLimits.MaxTitle - PartialMark.Length)] + PartialMark : shown;
        var fileName = FileNames.Of(isPartial ? shown : song.Title, id.Short);
        return new Track
        {
            Id = id.Value,
            FileName = fileName,
            FilePath = AudioStore.RelativePath(fileName),
            ContentType = AudioFormat.ContentType,
            FileSizeBytes = 0,
            DurationMs = durationMs,
            Title = shown,
            Song = song,
            Composition = composition,
            Words = isPartial ? notes.Words?.Where(word => word.StartMs < durationMs).ToList() : notes.Words,
            Generator = generator,
            Seed = request.Options.Seed ?? 0,
            SongId = notes.SongId,
            UpstreamPlan = ReferenceEquals(composition, notes.Composition) && notes.UpstreamPlan is { } plan && !Says(plan, composition) ? plan : null,
            IsPartial = isPartial,
            DraftId = request.DraftId,
            CreatedAt = default,
        };
    }

    /// <summary>Gives the audio its tags and its name.</summary>
    /// <returns>The track, complete; its file is on disk.</returns>
    /// <exception cref="IOException">The disk is full or gone; the partial audio is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The library is read-only; likewise.</exception>
    public async Task<Track> SaveAsync(Track track, PartialAudio audio, ReadOnlyMemory<byte> infoFrame, CancellationToken ct)
    {
        var room = (int)audio.Start - infoFrame.Length;
        var tags = SongFacts.TagsOf(track).ToBytes(Math.Max(0, room));
        var size = await store.PublishAsync(audio, track.FileName, [tags, infoFrame], ct);
        return track with { FileSizeBytes = size, CreatedAt = time.GetUtcNow() };
    }

    /// <summary>The waveform of a saved track, read back from its file.</summary>
    /// <exception cref="EncodingException">ffmpeg is not there, or does not read the file.</exception>
    /// <exception cref="IOException">The file is gone, or the storage does not answer.</exception>
    public async Task<IReadOnlyList<float>> PeaksAsync(Track track, CancellationToken ct)
    {
        using var file = await store.ToDiskAsync(track.FileName, ct) ?? throw new FileNotFoundException("The file of the track is gone.");
        return await decoder.PeaksAsync(file.Path, PcmFormat.FramesOf(track.DurationMs), ct);
    }

    /// <summary>A track as the result of its render.</summary>
    public static RenderResult ResultOf(Track track, string requestId) => new()
    {
        Id = new RenderId(track.Id),
        FileName = track.FileName,
        FilePath = track.FilePath,
        ContentType = track.ContentType,
        FileSizeBytes = track.FileSizeBytes,
        DurationMs = track.DurationMs,
        Composition = track.Composition,
        Song = track.Song,
        Words = track.Words,
        Generator = track.Generator,
        Seed = track.Seed,
        SongId = track.SongId,
        UpstreamPlan = track.UpstreamPlan,
        IsPartial = track.IsPartial,
        RequestId = requestId,
        FinishedAt = track.CreatedAt,
    };

    /// <summary>True when a plan says no more and no less than another, whatever its shape and title.</summary>
    private static bool Says(Composition plan, Composition other) => Text(plan) == Text(other);

    private static string Text(Composition plan) => PlanJson.ToCompactText(PlanConversion.ToSections(plan) with { Title = null });
}
