namespace MusicRender.Web.Api;

/// <summary>Marks endpoints that want no token. Our own mark: packages put <c>AllowAnonymous</c> on their endpoints as they like.</summary>
internal sealed class OpenToAll
{
    /// <summary>The mark.</summary>
    public static readonly OpenToAll Mark = new();

    private OpenToAll()
    {
    }
}
