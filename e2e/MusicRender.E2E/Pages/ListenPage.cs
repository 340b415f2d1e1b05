using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>A finished track: in the wizard's last step, or at its own address.</summary>
public sealed class ListenPage(IPage page)
{
    /// <summary>The studio's one sound.</summary>
    private const string Media = "document.querySelector('audio[data-part=sound]')";

    /// <summary>The player.</summary>
    public ILocator Player => page.Named(AriaRole.Region, "Player");

    /// <summary>Starts the sound.</summary>
    public ILocator Play => Player.Named(AriaRole.Button, "Play");

    /// <summary>Stops the sound.</summary>
    public ILocator Pause => Player.Named(AriaRole.Button, "Pause");

    /// <summary>Where it plays.</summary>
    public ILocator Position => page.Named(AriaRole.Slider, "Position");

    /// <summary>The file.</summary>
    public ILocator Download => page.Named(AriaRole.Link, "Download MP3");

    /// <summary>Plays the section over and over.</summary>
    public ILocator Loop => Player.Named(AriaRole.Button, "Loop section");

    /// <summary>How fast it plays.</summary>
    public ILocator Speed => Player.Named(AriaRole.Combobox, "Speed");

    /// <summary>Shows the waveform more closely.</summary>
    public ILocator ZoomIn => Player.Named(AriaRole.Button, "Zoom in");

    /// <summary>Shows which pitches sound when.</summary>
    public ILocator Spectrogram => Player.Named(AriaRole.Button, "Spectrogram");

    /// <summary>What is seen of the waveform.</summary>
    public ILocator Window => Player.Locator("[data-part=window]");

    /// <summary>Renders the plan once more.</summary>
    public ILocator AnotherTake => page.Named(AriaRole.Button, "Another take");

    /// <summary>The sections above the waveform.</summary>
    public ILocator SectionMarks => page.Named(AriaRole.Group, "Sections of the track").GetByRole(AriaRole.Button);

    /// <summary>The track's title.</summary>
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });

    /// <summary>The track's id, as the player's own address has it.</summary>
    public async Task<string> TrackIdAsync() => (await Player.GetAttributeAsync("data-peaks"))!.Split('/')[2];

    /// <summary>Where the sound is, s.</summary>
    public Task<double> TimeAsync() => page.EvaluateAsync<double>($"{Media}.currentTime");

    /// <summary>Waits until the sound is beyond a time, s.</summary>
    public Task PassAsync(double seconds) => page.UntilAsync($"seconds => {Media}.currentTime > seconds", seconds);

    /// <summary>Waits until the sound stands near a time, s.</summary>
    public Task StandAtAsync(double seconds) => page.UntilAsync($"seconds => Math.abs({Media}.currentTime - seconds) < 0.1", seconds);

    /// <summary>Different heights of the bars in the drawn waveform: 0 for a blank one, 1 for a flat one.</summary>
    public async Task<int> WaveHeightsAsync()
    {
        await DrawnAsync();
        return await page.EvaluateAsync<int>(
            """
            () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
              const canvas = document.querySelector("[aria-label='Position'] canvas");
              const { width, height } = canvas;
              const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
              const heights = new Set();
              for (let x = 0; x < width; x++) {
                let drawn = 0;
                for (let y = 0; y < height; y++) drawn += data[4 * (y * width + x) + 3] > 0 ? 1 : 0;
                if (drawn > 0) heights.add(drawn);
              }
              resolve(heights.size);
            })))
            """);
    }

    /// <summary>Waits until the waveform is drawn: from then on the player knows the sound.</summary>
    public Task DrawnAsync() => page.UntilAsync($"document.querySelector('[aria-label=Player]')?.dataset.ready === 'true' && {Media}.readyState > 0");

    /// <summary>Downloads the file into a folder of its own.</summary>
    /// <returns>Its path, with the name that the server suggested.</returns>
    public Task<string> DownloadAsync() => DownloadAsync(Download);

    /// <summary>Downloads what a link leads to into a folder of its own.</summary>
    /// <returns>Its path, with the name that the server suggested.</returns>
    public async Task<string> DownloadAsync(ILocator link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        var folder = Directory.CreateTempSubdirectory("musicrender-download-");
        var path = Path.Combine(folder.FullName, Path.GetFileName(download.SuggestedFilename));
        await download.SaveAsAsync(path);
        return path;
    }
}
