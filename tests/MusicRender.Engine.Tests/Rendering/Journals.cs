using Microsoft.Extensions.Logging.Abstractions;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Tests.Rendering;

/// <summary>Journals whose catalogue answers at once, or as the test says.</summary>
internal static class Journals
{
    public static readonly RenderId Id = RenderId.New(DateTimeOffset.UnixEpoch);

    public static RenderJournal Of(RenderLog log, TimeProvider time) => Of(log, time, (_, _) => Task.FromResult(true));

    public static RenderJournal Of(RenderLog log, TimeProvider time, AppendEvents append, Action? onLost = null) =>
        new(Id, log, append, onLost ?? (() => { }), time, NullLogger.Instance);
}
