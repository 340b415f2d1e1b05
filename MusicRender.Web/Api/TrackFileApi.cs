using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Api.Documents;

namespace MusicRender.Web.Api;

/// <summary>What is made of a track when somebody asks for it: <c>/tracks/{id}/audio</c> and <c>/tracks/{id}/spectrogram</c>.</summary>
internal static class TrackFileApi
{
    private const string Theme = "theme";
    private const string Dark = "dark";
    private const string Light = "light";
    private const string Png = "image/png";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly Dictionary<string, (TrackFileKind Kind, string ContentType)> Formats = new(StringComparer.Ordinal)
    {
        ["mp3"] = (TrackFileKind.Mp3, AudioFormat.ContentType),
        [AudioFileFormat.Wav.Name] = (TrackFileKind.Wav, AudioFileFormat.Wav.ContentType),
        [AudioFileFormat.Flac.Name] = (TrackFileKind.Flac, AudioFileFormat.Flac.ContentType),
        [AudioFileFormat.Opus.Name] = (TrackFileKind.Opus, AudioFileFormat.Opus.ContentType),
    };

    public static void MapTrackFileApi(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/tracks/{id}/audio/{format}", Reading, AudioAsync)
            .Documented("trackAudio", "Audio", "Download a track in another format", "As an attachment with title, genre, tempo, key, lyrics and plan as its tags, as far as the format has room for them. The first time it is made, which takes a few seconds for a long track; then it is kept until the track is removed. `mp3` is the track's own file, with the title that it has now.")
            .GivesFile("The audio.", [.. Formats.Values.Select(one => one.ContentType)])
            .Refuses(500);
        routes.MapMethods("/tracks/{id}/spectrogram", Reading, SpectrogramAsync)
            .Documented("trackSpectrogram", "Library", "A track's spectrogram", $"A picture of its pitches over time, {Spectrogram.Height} points high: {Spectrogram.LowestHz:0} Hz at the bottom, {Spectrogram.HighestHz:0} Hz at the top, as much room for each octave. The first time it is drawn, then it is kept until the track is removed.")
            .Asks(new(Theme, "The colours.") { Choices = [Dark, Light], Otherwise = Dark })
            .GivesFile("The picture.", Png)
            .Refuses(422, 500);
    }

    /// <summary>A file that could not be made, as an answer.</summary>
    public static IResult Refusal(RenderFailure failure) =>
        failure.Reason == "no_file" ? Problems.Of(StatusCodes.Status404NotFound, failure.Message) : Problems.Of(failure);

    private static async Task<IResult> AudioAsync(string id, string format, HttpContext context, ITrackLibrary library, ITrackFiles files, CancellationToken ct)
    {
        if (await library.FindAsync(id, ct) is not { } track)
        {
            return Unknown();
        }

        if (!Formats.TryGetValue(format, out var known))
        {
            return Problems.Of(StatusCodes.Status404NotFound, $"There is no such format. There are {string.Join(", ", Formats.Keys)}.");
        }

        var file = await files.GetAsync(track, known.Kind, ct);
        return file.File is { } there
            ? Send(context, there, track, format, known.ContentType, FileNames.Of(track, format))
            : Refusal(file.Failure!);
    }

    private static async Task<IResult> SpectrogramAsync(string id, HttpContext context, ITrackLibrary library, ITrackFiles files, CancellationToken ct)
    {
        if (await library.FindAsync(id, ct) is not { } track)
        {
            return Unknown();
        }

        var problems = new List<PlanProblem>();
        var theme = context.Request.Choice(Theme, [Dark, Light], problems) ?? Dark;
        if (problems.Count > 0)
        {
            return Problems.Of(problems, "query");
        }

        var file = await files.GetAsync(track, theme == Dark ? TrackFileKind.SpectrogramDark : TrackFileKind.SpectrogramLight, ct);
        return file.File is { } there ? Send(context, there, track, $"spectrogram-{theme}", Png, null) : Refusal(file.Failure!);
    }

    /// <summary>With a name it is an attachment.</summary>
    private static IResult Send(HttpContext context, StoredFile file, Track track, string what, string contentType, string? name) => file.ToAnswer(
        context,
        contentType,
        name ?? $"{Path.GetFileNameWithoutExtension(FileNames.Of(track, "png"))}_{what}.png",
        isAttachment: name is not null,
        $"{track.Id}-{what}-{file.ModifiedAt.UtcTicks:x}-{file.Length:x}");

    private static IResult Unknown() => Problems.Of(StatusCodes.Status404NotFound, "There is no track of that id.");
}
