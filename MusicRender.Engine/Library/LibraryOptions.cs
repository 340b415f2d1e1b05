namespace MusicRender.Engine.Library;

/// <summary>Where the library is: configuration section <c>MusicRender:Library</c>.</summary>
public sealed class LibraryOptions
{
    /// <summary>The folder of audio files, catalogue and keys; relative paths start at the working directory.</summary>
    public string Root { get; set; } = "data";

    /// <summary>A bucket for finished files, in place of the folder.</summary>
    public S3Options S3 { get; set; } = new();
}
