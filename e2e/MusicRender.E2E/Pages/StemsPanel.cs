using Microsoft.Playwright;

namespace MusicRender.E2E.Pages;

/// <summary>The stems of a track, on its page.</summary>
public sealed class StemsPanel(IPage page)
{
    /// <summary>Measures each stem where it leaves the mixer. To be added before the page is loaded.</summary>
    public const string MeterScript =
        """
        (() => {
          const connect = AudioNode.prototype.connect;
          const meters = window.stemMeters = [];
          AudioNode.prototype.connect = function (to, ...rest) {
            if (this instanceof GainNode && to === this.context.destination) {
              const meter = new AnalyserNode(this.context, { fftSize: 2048 });
              connect.call(this, meter);
              meters.push(meter);
            }
            return connect.call(this, to, ...rest);
          };
          window.stemLevels = () => meters.map((meter) => {
            const samples = new Float32Array(2048);
            meter.getFloatTimeDomainData(samples);
            return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
          });
        })();
        """;

    private ILocator Panel => page.Named(AriaRole.Region, "Stems");

    /// <summary>The choice of how many: "Two stems", "Six stems".</summary>
    public ILocator Choice(string name) => Panel.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = name });

    /// <summary>Begins to make them.</summary>
    public ILocator Make => Panel.Named(AriaRole.Button, "Make the stems");

    /// <summary>How far they are.</summary>
    public ILocator Progress => Panel.Named(AriaRole.Progressbar, "Stem progress");

    /// <summary>Starts the sound.</summary>
    public ILocator Play => Panel.Named(AriaRole.Button, "Play the stems");

    /// <summary>Stops the sound.</summary>
    public ILocator Pause => Panel.Named(AriaRole.Button, "Pause the stems");

    /// <summary>Where it plays.</summary>
    public ILocator Position => Panel.Named(AriaRole.Slider, "Stem position");

    /// <summary>The stems' rows.</summary>
    public ILocator Rows => Panel.Named(AriaRole.List, "Stems").GetByRole(AriaRole.Listitem);

    /// <summary>Silences a stem, or lets it sound again.</summary>
    public ILocator Mute(string stem) => Panel.Named(AriaRole.Button, $"Mute {stem}");

    /// <summary>Plays a stem alone, or no longer.</summary>
    public ILocator Solo(string stem) => Panel.Named(AriaRole.Button, $"Solo {stem}");

    /// <summary>All of the track in one file.</summary>
    public ILocator Zip => Panel.Named(AriaRole.Link, "Download ZIP");

    /// <summary>Waits until the stems are there and can be played.</summary>
    public async Task ReadyAsync()
    {
        await Assertions.Expect(Play).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = Studio.RenderPatience });
        await Assertions.Expect(page.Locator("[aria-label='Stem mixer'][data-ready='true']")).ToBeVisibleAsync();
    }

    /// <summary>Waits until the sound is beyond a time, s.</summary>
    public Task PassAsync(int seconds) =>
        page.UntilAsync("seconds => Number(document.querySelector('[aria-label=\"Stem position\"]').getAttribute('aria-valuenow')) > seconds", seconds);

    /// <summary>Waits until exactly these stems, by their place, are heard at some moment.</summary>
    public Task HearAsync(params int[] stems) => page.UntilAsync(
        "stems => window.stemMeters.length > 0 && window.stemLevels().every((level, at) => stems.includes(at) ? level > 0.001 : level < 0.00001)", stems);

    /// <summary>Downloads the ZIP into a folder of its own; its path, with the name that the server suggested.</summary>
    public async Task<string> DownloadZipAsync()
    {
        var download = await page.RunAndWaitForDownloadAsync(() => Zip.ClickAsync());
        var folder = Directory.CreateTempSubdirectory("musicrender-download-");
        var path = Path.Combine(folder.FullName, Path.GetFileName(download.SuggestedFilename));
        await download.SaveAsAsync(path);
        return path;
    }
}
