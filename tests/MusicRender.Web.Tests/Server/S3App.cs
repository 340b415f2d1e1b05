using MusicRender.Tests;

namespace MusicRender.Web.Tests.Server;

/// <summary>A server with its finished files in a bucket of a real S3-speaking server.</summary>
public sealed class S3App : MusicRenderApp
{
    private readonly S3Server _storage = new();

    protected override IReadOnlyDictionary<string, string> Settings => _storage.Settings("studio/");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _storage.Dispose();
        GC.SuppressFinalize(this);
    }
}
