namespace MusicRender.E2E;

/// <summary>A machine whose encoder breaks when it is told to.</summary>
public sealed class BreakingMachine
{
    private readonly string _mode;

    /// <summary>Makes one, whose encoder works.</summary>
    /// <param name="folder">Where its encoder is put.</param>
    public BreakingMachine(string folder)
    {
        _mode = Path.Combine(folder, "mode");
        var encoder = Path.Combine(folder, "breaking-ffmpeg");
        File.WriteAllText(encoder, $"""
            #!/bin/sh
            case "$*" in
              *pipe:0*)
                case "$(cat "{_mode}")" in
                  start) echo "no such codec" >&2; exit 1 ;;
                  middle) head -c 2000000 | ffmpeg "$@"; echo "out of memory" >&2; exit 1 ;;
                  end) ffmpeg "$@"; echo "could not write the trailer" >&2; exit 1 ;;
                  slow) exec ffmpeg -readrate 8 "$@" ;;
                esac ;;
            esac
            exec ffmpeg "$@"

            """);
        using var chmod = System.Diagnostics.Process.Start("chmod", ["+x", encoder]);
        chmod.WaitForExit();
        Encoder = encoder;
        Do("work");
    }

    /// <summary>The encoder's path.</summary>
    public string Encoder { get; }

    /// <summary>How the next encoders behave: "work", "start", "middle", "end", "slow".</summary>
    public void Do(string mode) => File.WriteAllText(_mode, mode);
}
