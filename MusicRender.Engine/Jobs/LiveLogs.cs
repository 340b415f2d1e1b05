using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>The logs of renders that run in this very process: whoever watches one here reads it without asking its grain.</summary>
internal sealed class LiveLogs
{
    private readonly ConcurrentDictionary<RenderId, RenderLog> _logs = new();

    public void Add(RenderId id, RenderLog log) => _logs[id] = log;

    public void Remove(RenderId id) => _logs.TryRemove(id, out _);

    public bool TryGet(RenderId id, [NotNullWhen(true)] out RenderLog? log) => _logs.TryGetValue(id, out log);
}
