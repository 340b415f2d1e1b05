namespace ElevenLabs.Simulator;

/// <summary>Configuration section <c>Simulator</c>.</summary>
public sealed class SimulatorOptions
{
    /// <summary>Time before the first byte of music, of a plan, or of stems.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How fast music is sent, as a multiple of real time; 0 is at once.</summary>
    public double Pace { get; set; }

    /// <summary>Bytes of one network write of paced music.</summary>
    public int WriteSize { get; set; } = 4_096;

    /// <summary>Compositions at once of one account; one more is refused with 429.</summary>
    public int Concurrency { get; set; } = 2;

    /// <summary>Credits of an account when it is first seen.</summary>
    public int Credits { get; set; } = 100_000;

    /// <summary>What a minute of music costs.</summary>
    public int CreditsPerMinute { get; set; } = 900;

    /// <summary>How many custom style models there are.</summary>
    public int Finetunes { get; set; } = 340;

    /// <summary>Check calls against the contract. Benchmarks may switch it off.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>Calls remembered for each key; 0 remembers none.</summary>
    public int Calls { get; set; } = 500;

    /// <summary>The ffmpeg program.</summary>
    public string Ffmpeg { get; set; } = "ffmpeg";

    /// <summary>A process with which the simulator ends; 0 for none.</summary>
    public int EndWith { get; set; }
}
