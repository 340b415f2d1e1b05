namespace MusicRender.Web.RenderSocket;

/// <summary>Limits of the socket: configuration section <c>MusicRender:Socket</c>.</summary>
public sealed class RenderSocketOptions
{
    /// <summary>How long a client may take to send its request.</summary>
    public TimeSpan FirstMessageTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest message, bytes; 1 KiB to 16 MiB. Bodies of the REST API have the same limit.</summary>
    public int MaxMessageBytes { get; set; } = 256 * 1024;
}
