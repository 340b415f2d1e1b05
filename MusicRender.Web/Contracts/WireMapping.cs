using System.Text.Json;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Engine.Rendering.Accounts;

namespace MusicRender.Web.Contracts;

/// <summary>From the engine's records to the wire's.</summary>
public static class WireMapping
{
    /// <summary>The message of an event.</summary>
    public static RenderMessage ToMessage(this RenderEvent entry, RenderId id) => entry switch
    {
        ProgressEvent progress => new ProgressMessage
        {
            Stage = StageName(progress.Stage),
            ProgressPercent = progress.Percent,
            Message = progress.Message,
            Timestamp = progress.Timestamp,
            RenderId = id.Value,
            Sequence = progress.Sequence,
            QueuePosition = progress.QueuePosition,
            EtaSeconds = progress.EtaSeconds,
            LiveUrl = progress.IsPlayable ? LiveUrl(id) : null,
        },
        ResultEvent result => new ResultMessage { Data = result.Result.ToBody(), Sequence = result.Sequence },
        ErrorEvent error => error.Failure.Of(id).ToMessage(error.Timestamp) with { RenderId = id.Value, Sequence = error.Sequence },
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    /// <summary>The message of a failure.</summary>
    public static ErrorMessage ToMessage(this RenderFailure failure, DateTimeOffset at) => new()
    {
        ErrorCode = CodeName(failure.Code),
        Message = failure.Message,
        Timestamp = at,
        Details = failure.Details,
    };

    /// <summary>A render's failure, as programs see it: what arrived of it is there with its addresses.</summary>
    public static RenderFailure Of(this RenderFailure failure, RenderId id) =>
        PartialTake.Of(failure) is { } take ? failure.With(PartialTake.Field, JsonSerializer.SerializeToElement(take.ToBody(id), WireJson.Wire.PartialTakeBody)) : failure;

    /// <summary>What arrived of a paid render.</summary>
    public static PartialTakeBody ToBody(this PartialTake take, RenderId id) => new(take.DurationMs, take.FileSizeBytes, LiveUrl(id), $"/renders/{id.Value}/keep");

    /// <summary>A finished render.</summary>
    public static RenderResultBody ToBody(this RenderResult result) => new()
    {
        Filename = result.FileName,
        FilePath = result.FilePath,
        DownloadUrl = DownloadUrl(result.FileName),
        StreamUrl = StreamUrl(result.FileName),
        ContentType = result.ContentType,
        FileSizeBytes = result.FileSizeBytes,
        CompositionPlan = result.Composition,
        SongMetadata = result.Song.ToBody(),
        RequestId = result.RequestId,
        Timestamp = result.FinishedAt,
        Id = result.Id.Value,
        DurationMs = result.DurationMs,
        WordsTimestamps = result.Words,
        Generator = result.Generator,
        Seed = result.Seed,
        SongId = result.SongId,
        UpstreamPlan = result.UpstreamPlan,
        IsPartial = result.IsPartial,
    };

    /// <summary>Where a render stands.</summary>
    public static RenderStatusBody ToBody(this RenderStatus status) => new()
    {
        Id = status.Id.Value,
        State = status.State.ToString().ToLowerInvariant(),
        Stage = status.Progress is { } progress ? StageName(progress.Stage) : null,
        ProgressPercent = status.Progress?.Percent ?? 0,
        Message = status.Progress?.Message,
        Sequence = status.Sequence,
        QueuePosition = status.State == RenderState.Queued ? status.Progress?.QueuePosition : null,
        EtaSeconds = status.EtaSeconds,
        Title = status.Title,
        Generator = status.Generator,
        CreatedAt = status.CreatedAt,
        StartedAt = status.StartedAt,
        FinishedAt = status.FinishedAt,
        LiveUrl = status.Result is not null || status.PartialTake is not null || status is { State: RenderState.Running, Progress.IsPlayable: true } ? LiveUrl(status.Id) : null,
        Result = status.Result?.ToBody(),
        PartialTake = status.PartialTake?.ToBody(status.Id),
        Error = status.Failure?.Of(status.Id).ToMessage(status.FinishedAt ?? status.CreatedAt),
    };

    /// <summary>What is known of a song.</summary>
    public static SongMetadataBody ToBody(this SongMetadata song) => new()
    {
        Title = song.Title,
        Description = song.Description,
        Genres = song.Genres,
        Moods = song.Moods,
        Tags = song.Tags,
        Languages = song.Languages,
        IsExplicit = song.IsExplicit,
        Bpm = song.Bpm,
        Key = song.Key,
        Understood = song.Understood.Count > 0 ? song.Understood : null,
    };

    /// <summary>A track.</summary>
    public static TrackBody ToBody(this Track track) => new()
    {
        Id = track.Id,
        Title = track.Title,
        Tags = track.Tags,
        Filename = track.FileName,
        StreamUrl = StreamUrl(track.FileName),
        DownloadUrl = DownloadUrl(track.FileName),
        ContentType = track.ContentType,
        FileSizeBytes = track.FileSizeBytes,
        DurationMs = track.DurationMs,
        Generator = track.Generator,
        Seed = track.Seed,
        CreatedAt = track.CreatedAt,
        SongMetadata = track.Song.ToBody(),
        CompositionPlan = track.Composition,
        WordsTimestamps = track.Words,
        SongId = track.SongId,
        UpstreamPlan = track.UpstreamPlan,
        IsPartial = track.IsPartial,
    };

    /// <summary>A custom style model.</summary>
    public static FinetuneBody ToBody(this Finetune finetune) => new()
    {
        Id = finetune.Id,
        Name = finetune.Name,
        ModelId = finetune.ModelId,
        PrimaryGenre = finetune.PrimaryGenre,
        Tags = finetune.Tags,
        Visibility = finetune.Visibility,
        CreatedBy = finetune.CreatedBy,
        Status = finetune.Status,
        CreatedAt = finetune.CreatedAt,
    };

    /// <summary>Where to play a file.</summary>
    public static string StreamUrl(string fileName) => $"/render/stream/{Uri.EscapeDataString(fileName)}";

    /// <summary>Where to download a file.</summary>
    public static string DownloadUrl(string fileName) => $"/render/download/{Uri.EscapeDataString(fileName)}";

    /// <summary>Where to hear a render while it is made.</summary>
    public static string LiveUrl(RenderId id) => $"/render/live/{id.Value}";

    /// <summary>A failure's code as the wire has it.</summary>
    public static string CodeName(FailureCode code) => code switch
    {
        FailureCode.InvalidRequest => "INVALID_REQUEST",
        FailureCode.ValidationError => "VALIDATION_ERROR",
        _ => "SERVER_ERROR",
    };

    private static string StageName(RenderStage stage) => stage.ToString().ToLowerInvariant();
}
