namespace MusicRender.Engine.Audio;

/// <summary>Where ffmpeg is: configuration section <c>MusicRender:Ffmpeg</c>.</summary>
public sealed class FfmpegOptions
{
    /// <summary>A path, or a name that is looked up on the PATH.</summary>
    public string Path { get; set; } = "ffmpeg";
}
