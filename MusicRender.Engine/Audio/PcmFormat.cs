namespace MusicRender.Engine.Audio;

/// <summary>The one form of sound inside MusicRender: interleaved stereo floats, −1 to 1.</summary>
public static class PcmFormat
{
    /// <summary>Frames a second.</summary>
    public const int SampleRate = 44_100;

    /// <summary>Samples a frame: left, right.</summary>
    public const int Channels = 2;

    /// <summary>Frames of a length, rounded to the nearest: 3 000 ms are 132 300.</summary>
    public static long FramesOf(long milliseconds) => ((milliseconds * SampleRate) + 500) / 1000;

    /// <summary>Milliseconds of a number of frames, rounded to the nearest.</summary>
    public static long MillisecondsOf(long frames) => ((frames * 1000) + (SampleRate / 2)) / SampleRate;
}
