using Microsoft.Playwright;

namespace MusicRender.E2E;

/// <summary>What really sounds in a page: the newest element that was told to play, in the document or outside of it.</summary>
public static class Sound
{
    /// <summary>Remembers what is told to play.</summary>
    internal const string Script =
        """
        (() => {
          const play = HTMLMediaElement.prototype.play;
          HTMLMediaElement.prototype.play = function () {
            window.playing = this;
            window.playedTo = 0;
            this.ontimeupdate = () => { window.playedTo = Math.max(window.playedTo, this.currentTime); };
            return play.call(this);
          };
        })();
        """;

    /// <summary>Waits until it has played beyond a time, s, and goes on.</summary>
    public static Task PassAsync(IPage page, double seconds) =>
        page.UntilAsync("seconds => window.playing?.currentTime > seconds && !window.playing.paused && window.playing.error === null", seconds);

    /// <summary>Waits until there is signal in it: not silence, and not a player that only says that it plays.</summary>
    public static Task SignalAsync(IPage page) => page.UntilAsync(
        """
        () => {
          const media = window.playing;
          if (media === undefined || media.paused) return false;
          if (media.listened === undefined) {
            const context = new AudioContext();
            media.listened = context.createAnalyser();
            context.createMediaElementSource(media).connect(media.listened).connect(context.destination);
          }
          const samples = new Float32Array(2048);
          media.listened.getFloatTimeDomainData(samples);
          return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) > 0.003;
        }
        """);

    /// <summary>Waits until nothing plays.</summary>
    public static Task SilenceAsync(IPage page) => page.UntilAsync("() => window.playing === undefined || window.playing.paused");

    /// <summary>Waits until it has played to its end.</summary>
    /// <returns>How long it was, s.</returns>
    public static async Task<double> EndAsync(IPage page)
    {
        await page.UntilAsync("() => window.playing?.ended");
        return await page.EvaluateAsync<double>("window.playing.currentTime");
    }

    /// <summary>Moves on to a time, s.</summary>
    public static Task SeekAsync(IPage page, double seconds) => page.EvaluateAsync("seconds => { window.playing.currentTime = seconds; }", seconds);
}
