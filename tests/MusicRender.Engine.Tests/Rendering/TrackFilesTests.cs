using System.Text.Json;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

/// <summary>What is made of a track when somebody asks for it.</summary>
public sealed class TrackFilesTests(EngineHost engine) : IClassFixture<EngineHost>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private ITrackFiles Files => engine.Service<ITrackFiles>();

    [Theory]
    [InlineData(TrackFileKind.Wav, "pcm_s16le")]
    [InlineData(TrackFileKind.Flac, "flac")]
    [InlineData(TrackFileKind.Opus, "opus")]
    public async Task Audio_InAnotherFormat_LastsAsLongAndSaysTheSame(TrackFileKind kind, string codec)
    {
        var track = await TrackAsync("Où: a=b; #1\\ 夜", 3_000);
        var file = await Files.GetAsync(track, kind, _ct);

        var about = JsonElement.Parse(await Processes.RunAsync("ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", file.File!.Path!));
        var stream = about.GetProperty("streams")[0];
        Assert.Equal(codec, stream.GetProperty("codec_name").GetString());
        var tags = Tags(about.GetProperty("format"), stream);
        Assert.Equal("Où: a=b; #1\\ 夜", tags["title"]);
        Assert.Equal("synthwave", tags["genre"]);
        Assert.Equal(PlanJson.ToCompactText(track.Composition), tags["comment"]);
        if (kind != TrackFileKind.Wav)
        {
            Assert.Equal(("120", "Am", "One line\nAnother = line"), (tags["bpm"], tags["initialkey"], tags["lyrics"]));
        }

        var pcm = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", file.File!.Path!, "-f", "s16le", "-ar", "44100", "-");
        // Opus runs at 48 kHz: there and back may round a sample off.
        Assert.InRange(pcm.Length / 4, 3_000 * 441 / 10 - 2, 3_000 * 441 / 10 + 2);
    }

    [Fact]
    public async Task File_AskedForByManyAtOnce_IsMadeOnceAndKept()
    {
        var track = await TrackAsync("Asked for", 3_000);
        var files = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Files.GetAsync(track, TrackFileKind.Flac, _ct)));
        var path = Assert.Single(files.Select(file => file.File?.Path).Distinct());
        var made = File.GetLastWriteTimeUtc(path!);

        Assert.Equal(path, (await Files.GetAsync(track, TrackFileKind.Flac, _ct)).File?.Path);
        Assert.Equal(made, File.GetLastWriteTimeUtc(path!));
        Assert.Empty(Directory.GetFiles(Path.Combine(engine.Root, "made", ".unfinished")));
        Assert.Empty(Processes.Children(engine.Encoder));
    }

    [Fact]
    public async Task Files_OfManyTracks_AreMadeAFewAtATime()
    {
        using var folder = new TestFolder();
        var counting = Path.Combine(folder.Path, "counting-ffmpeg");
        Directory.CreateDirectory($"{counting}.running");
        await File.WriteAllTextAsync(
            counting,
            """
            #!/bin/bash
            case "$*" in *ffmetadata*)
              touch "$0.running/$$"
              ls "$0.running" | wc -l >> "$0.counts"
              ffmpeg "$@"
              code=$?
              rm "$0.running/$$"
              exit $code
            esac
            exec ffmpeg "$@"
            """,
            _ct);
        await Processes.RunAsync("chmod", "+x", counting);
        await using var host = await EngineHost.StartAsync(Path.Combine(folder.Path, "library"), ("MusicRender:Ffmpeg:Path", counting));
        var tracks = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => TrackAsync($"One of many {number}", 10_000, host)));

        var files = await Task.WhenAll(tracks.SelectMany(track => new[] { TrackFileKind.Flac, TrackFileKind.Opus }.Select(kind => host.Service<ITrackFiles>().GetAsync(track, kind, _ct))));

        Assert.Equal(8, files.Select(file => file.File?.Path).Distinct().Count());
        var counts = (await File.ReadAllLinesAsync($"{counting}.counts", _ct)).Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(8, counts.Count);
        Assert.InRange(counts.Max(), 1, Math.Max(1, Environment.ProcessorCount / 2));
    }

    [Fact]
    public async Task Files_OfATrackThatIsDeleted_AreGone()
    {
        var track = await TrackAsync("Deleted", 3_000);
        foreach (var kind in Enum.GetValues<TrackFileKind>())
        {
            Assert.True(File.Exists((await Files.GetAsync(track, kind, _ct)).File?.Path), $"There is no {kind}.");
        }

        Assert.Equal(6, Directory.GetFiles(Path.Combine(engine.Root, "made", track.Id)).Length);
        await engine.Service<ITrackLibrary>().DeleteAsync(track.Id, _ct);

        Assert.False(Directory.Exists(Path.Combine(engine.Root, "made", track.Id)));
        // Somebody had it open and asks once more.
        var late = await Files.GetAsync(track, TrackFileKind.Wav, _ct);
        Assert.Equal((null, "no_file"), (late.File?.Path, late.Failure?.Reason));
        Assert.False(Directory.Exists(Path.Combine(engine.Root, "made", track.Id)));
    }

    [Fact]
    public async Task File_OfASourceThatCannotBeRead_IsAFailureAndLeavesNothing()
    {
        var track = await TrackAsync("Ruined", 3_000);
        await File.WriteAllTextAsync(Path.Combine(engine.Root, track.FilePath), "no audio", _ct);

        // As MP3 it is what it is: nothing is made of it.
        foreach (var kind in Enum.GetValues<TrackFileKind>().Where(kind => kind != TrackFileKind.Mp3))
        {
            var file = await Files.GetAsync(track, kind, _ct);
            Assert.Equal((null, "encoder"), (file.File?.Path, file.Failure?.Reason));
            Assert.DoesNotContain(engine.Root, file.Failure!.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(Path.Combine(engine.Root, "made", ".unfinished")));
        Assert.Null(await Files.FactsAsync(track, _ct));
    }

    [Fact]
    public async Task File_ThatTheDiskHasNoRoomFor_IsRefusedBeforeItIsBegun()
    {
        var track = await TrackAsync("No room", 10_000);
        await using var disks = new SmallDisks();
        var unfinished = Path.Combine(engine.Root, "made", ".unfinished");
        await disks.MountAsync(unfinished, "200k");

        var file = await Files.GetAsync(track, TrackFileKind.Wav, _ct);

        Assert.Equal(
            (null, "library", "The library's disk has no room for this file: it takes up to 2.2 MB, and 0.2 MB are free. Free some space, then ask for the file again."),
            (file.File?.Path, file.Failure?.Reason, file.Failure?.Message));
        Assert.Empty(Directory.GetFiles(unfinished));
        Assert.NotNull((await Files.GetAsync(track, TrackFileKind.Waveform, _ct)).File?.Path);
    }

    [Fact]
    public async Task File_WhileTheDiskFills_IsToldAndLeavesNoHalfOfIt()
    {
        using var folder = new TestFolder();
        var filling = Path.Combine(folder.Path, "filling-ffmpeg");
        await File.WriteAllTextAsync(
            filling,
            """
            #!/bin/bash
            case "$*" in *ffmetadata*) head -c 2500000 /dev/zero > "$(dirname "$0")/library/made/.unfinished/ballast" ;; esac
            exec ffmpeg "$@"
            """,
            _ct);
        await Processes.RunAsync("chmod", "+x", filling);
        await using var disks = new SmallDisks();
        var unfinished = Path.Combine(folder.Path, "library", "made", ".unfinished");
        await using var host = await EngineHost.StartAsync(Path.Combine(folder.Path, "library"), ("MusicRender:Ffmpeg:Path", filling));
        var track = await TrackAsync("Filling", 10_000, host);
        await disks.MountAsync(unfinished, "3m");

        var file = await host.Service<ITrackFiles>().GetAsync(track, TrackFileKind.Wav, _ct);

        Assert.Equal((null, "The library's disk is full. Free some space, then ask for the file again."), (file.File?.Path, file.Failure?.Message));
        Assert.Equal(["ballast"], Directory.GetFiles(unfinished).Select(Path.GetFileName));
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.Path, "library", "made"), track.Id));
    }

    [Fact]
    public async Task Files_OfARenamedTrack_SayTheTitleItHasNow()
    {
        TrackFileKind[] kinds = [TrackFileKind.Mp3, TrackFileKind.Wav, TrackFileKind.Flac, TrackFileKind.Opus];
        var track = await TrackAsync("The old one", 3_000);
        foreach (var kind in kinds)
        {
            Assert.Equal("The old one", await TitleOfAsync(track, kind));
        }

        var renamed = (await engine.Service<ITrackLibrary>().EditAsync(track.Id, new TrackEdit("Das Neue: 夜"), _ct))!;
        foreach (var kind in kinds)
        {
            Assert.Equal("Das Neue: 夜", await TitleOfAsync(renamed, kind));
        }

        // One of each, and the track's own file is as it was.
        Assert.Equal(4, Directory.GetFiles(Path.Combine(engine.Root, "made", track.Id)).Length);
        var own = Path.Combine(engine.Root, track.FilePath);
        var copy = (await Files.GetAsync(renamed, TrackFileKind.Mp3, _ct)).File?.Path!;
        Assert.NotEqual(own, copy);
        Assert.Equal(await SoundOfAsync(own), await SoundOfAsync(copy));
        Assert.Equal(await Files.FactsAsync(track, _ct), await AudioFileFacts.ReadAsync(copy, _ct));

        // With its first title again, it is its own file again.
        var back = (await engine.Service<ITrackLibrary>().EditAsync(track.Id, new TrackEdit("The old one"), _ct))!;
        Assert.Equal(own, (await Files.GetAsync(back, TrackFileKind.Mp3, _ct)).File?.Path);
        Assert.Equal("The old one", await TitleOfAsync(back, TrackFileKind.Flac));
    }

    [Fact]
    public async Task Waveform_OfATone_HasItsLevelAllOver()
    {
        var track = await TrackAsync("A tone", 3_000);
        var bytes = await File.ReadAllBytesAsync((await Files.GetAsync(track, TrackFileKind.Waveform, _ct)).File?.Path!, _ct);

        Assert.Equal(Waveform.PointsOf(PcmFormat.FramesOf(3_000)), bytes.Length);
        Assert.All(new Waveform(bytes).Window(0.1, 0.9, 500), peak => Assert.InRange(peak, 0.2f, 0.3f));
    }

    [Theory]
    [InlineData(TrackFileKind.SpectrogramDark, "#0b0e0f")]
    [InlineData(TrackFileKind.SpectrogramLight, "#e8e4d9")]
    public async Task Spectrogram_OfATone_IsABrightLineOnTheThemesGround(TrackFileKind kind, string ground)
    {
        var track = await TrackAsync("Drawn", 3_000);
        var picture = (await Files.GetAsync(track, kind, _ct)).File?.Path!;
        var points = await Processes.RunAsync("ffmpeg", "-v", "error", "-i", picture, "-f", "rawvideo", "-pix_fmt", "rgb24", "-");

        var width = points.Length / 3 / Spectrogram.Height;
        string At(int row) => $"#{Convert.ToHexStringLower(points.AsSpan(3 * ((row * width) + (width / 2)), 3))}";
        Assert.Equal(ground, At(2));
        var line = (int)(Spectrogram.Height * (1 - (Math.Log2(440 / Spectrogram.LowestHz) / Math.Log2(Spectrogram.HighestHz / Spectrogram.LowestHz))));
        Assert.NotEqual(ground, At(line));
    }

    [Fact]
    public void SpectrogramColours_AreThoseOfTheThemes()
    {
        var tokens = File.ReadAllText(Path.Combine(Repository(), "wwwroot-assets", "css", "tokens.css"));
        var light = tokens.IndexOf("[data-theme=\"light\"] {", StringComparison.Ordinal);

        Assert.Equal((Token("--sunken", 0), Token("--accent", 0)), (SpectrogramColours.Dark[0], SpectrogramColours.Dark[4]));
        Assert.Equal((Token("--sunken", light), Token("--accent", light), Token("--ink", light)), (SpectrogramColours.Light[0], SpectrogramColours.Light[3], SpectrogramColours.Light[5]));

        string Token(string name, int after)
        {
            var at = tokens.IndexOf($" {name}:", after, StringComparison.Ordinal) + name.Length + 2;
            return tokens[at..tokens.IndexOf(';', at)].Trim();
        }
    }

    [Fact]
    public async Task Facts_OfATrack_AreThoseOfItsFile()
    {
        Assert.Equal(new AudioFileFacts(44_100, 192, IsMono: false), await Files.FactsAsync(await TrackAsync("Facts", 3_000), _ct));
    }

    private static async Task<string> SoundOfAsync(string path) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await Processes.RunAsync("ffmpeg", "-v", "error", "-i", path, "-c", "copy", "-map_metadata", "-1", "-id3v2_version", "0", "-f", "mp3", "-write_xing", "0", "-")));

    private async Task<string> TitleOfAsync(Track track, TrackFileKind kind)
    {
        var file = await Files.GetAsync(track, kind, _ct);
        var about = JsonElement.Parse(await Processes.RunAsync("ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", file.File!.Path!));
        return Tags(about.GetProperty("format"), about.GetProperty("streams")[0])["title"];
    }

    private static Dictionary<string, string> Tags(params JsonElement[] places) => places
        .Where(place => place.TryGetProperty("tags", out _))
        .SelectMany(place => place.GetProperty("tags").EnumerateObject())
        .GroupBy(tag => tag.Name.ToLowerInvariant())
        .ToDictionary(tag => tag.Key, tag => tag.First().Value.GetString()!);

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MusicRender.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private async Task<Track> TrackAsync(string title, int milliseconds, EngineHost? host = null)
    {
        host ??= engine;
        var plan = new CompositionPlan
        {
            Title = title,
            Sections = [new PlanSection { SectionName = "Verse", DurationMs = milliseconds, Lines = ["One line", "Another = line"] }],
        };
        var result = Assert.IsType<ResultEvent>((await host.RenderAsync(plan, song: new SongMetadata { Genres = ["synthwave"], Bpm = 120, Key = "A minor" }))[^1]).Result;
        return (await host.Service<ITrackLibrary>().FindAsync(result.Id.Value, _ct))!;
    }
}
