namespace MusicRender.Web.Tests.Server;

/// <summary>A server where few may wait.</summary>
public sealed class SmallQueueApp : MusicRenderApp
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["MusicRender:Queue:MaxWaiting"] = "3",
        ["MusicRender:Queue:MaxWaitingPerClient"] = "2",
        ["MusicRender:Access:Proxies:0"] = "127.0.0.1",
        ["MusicRender:Access:Token"] = GuardedApp.Token,
    };
}
