namespace MusicRender.E2E;

/// <summary>A machine whose encoder takes its time, so that a journey meets a render while it is under way however fast the real one is.</summary>
public static class SlowMachine
{
    /// <summary>Seconds of music encoded in a second.</summary>
    private const int Pace = 15;

    /// <summary>Makes one: the settings of a program that runs on it.</summary>
    /// <param name="folder">Where its encoder is put.</param>
    public static IReadOnlyDictionary<string, string> In(string folder)
    {
        var encoder = Path.Combine(folder, "slow-ffmpeg");
        File.WriteAllText(encoder, $"""
            #!/bin/sh
            case "$*" in
              *pipe:0*) exec ffmpeg -readrate {Pace} "$@" ;;
              *) exec ffmpeg "$@" ;;
            esac

            """);
        using var chmod = System.Diagnostics.Process.Start("chmod", ["+x", encoder]);
        chmod.WaitForExit();
        return new Dictionary<string, string> { ["MusicRender__Ffmpeg__Path"] = encoder };
    }
}
