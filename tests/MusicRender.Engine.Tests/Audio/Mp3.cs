namespace MusicRender.Engine.Tests.Audio;

/// <summary>MP3 of silence: MPEG 1, layer III, 44.1 kHz, 192 kbit/s, stereo, without padding: 626 bytes a frame.</summary>
internal static class Mp3
{
    public const int FrameBytes = 626;

    public static readonly byte[] Header = [0xFF, 0xFB, 0xB0, 0x00];

    /// <summary>So many frames; a mark tells them apart from others.</summary>
    public static byte[] Frames(int count, byte mark = 0) => [.. Enumerable.Repeat((byte[])[.. Header, .. new byte[FrameBytes - 5], mark], count).SelectMany(frame => frame)];
}
