using System.Diagnostics.Metrics;

namespace MusicRender.Web.RenderSocket;

/// <summary>How many render sockets are open, as the metric <c>musicrender.sockets</c>.</summary>
internal sealed class SocketCount(IMeterFactory meters)
{
    /// <summary>The meter's name.</summary>
    public const string Meter = "MusicRender.Web";

    private readonly UpDownCounter<int> _open = meters.Create(Meter).CreateUpDownCounter<int>("musicrender.sockets", "{socket}", "Render sockets that are open.");

    /// <summary>Counts a socket until what is returned is disposed.</summary>
    public Counted Count()
    {
        _open.Add(1);
        return new Counted(_open);
    }

    /// <summary>A socket that is counted.</summary>
    internal readonly struct Counted(UpDownCounter<int> open) : IDisposable
    {
        public void Dispose() => open.Add(-1);
    }
}
