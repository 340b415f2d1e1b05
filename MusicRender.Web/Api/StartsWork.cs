namespace MusicRender.Web.Api;

/// <summary>Marks endpoints that start work which takes long or costs something; one address may not start any number of it.</summary>
internal sealed class StartsWork
{
    /// <summary>The mark.</summary>
    public static readonly StartsWork Mark = new();

    private StartsWork()
    {
    }
}
