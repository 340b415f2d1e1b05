using System.Diagnostics;
using System.Globalization;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;

namespace MusicRender.Benchmarks.Sketch;

/// <summary>FluidSynth with a General MIDI song of five parts (drums, bass, chords, lead, arpeggio), when it can be had.</summary>
internal sealed class FluidSynthPeer
{
    private const string Program = "fluidsynth";
    private const string SoundFont = "/usr/share/sounds/sf2/TimGM6mb.sf2";

    private readonly string _song;
    private readonly string _wave;

    private FluidSynthPeer(string song, string wave) => (_song, _wave) = (song, wave);

    /// <summary>Makes the song, or says why not and gives null.</summary>
    public static async Task<FluidSynthPeer?> TryMakeAsync(BenchmarkPlace place, ScratchFolder scratch, int seconds)
    {
        var script = Path.Combine(place.Peers, "sound", "make_midi.py");
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!File.Exists(script) || !File.Exists(SoundFont) || !paths.Any(path => File.Exists(Path.Combine(path, Program))))
        {
            Report.Say("FluidSynth: peer not there (it needs Debian's fluidsynth and timgm6mb-soundfont).");
            return null;
        }

        await RunAsync("python3", script, scratch["song.mid"], seconds.ToString(CultureInfo.InvariantCulture), "5");
        return new FluidSynthPeer(scratch["song.mid"], scratch["song.wav"]);
    }

    /// <summary>Renders the song to a file.</summary>
    public Task RenderAsync() => RunAsync(Program, "-ni", "-q", "-F", _wave, "-r", "44100", SoundFont, _song);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaint = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new BenchmarkException($"{program} ended with {process.ExitCode}: {await complaint}");
        }
    }
}
