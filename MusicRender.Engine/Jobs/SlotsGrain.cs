using System.Runtime.CompilerServices;
using MusicRender.Engine.Rendering;

namespace MusicRender.Engine.Jobs;

/// <summary>Hands out a generator's slots, first come, first served.</summary>
internal sealed class SlotsGrain : Grain, ISlotsGrain
{
    private readonly HashSet<RenderId> _holders = [];
    private readonly List<RenderId> _line = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _capacity;

    public Task<bool> TakeAsync(RenderId id, int capacity)
    {
        _capacity = capacity;
        if (!_holders.Contains(id) && !_line.Contains(id))
        {
            // Who holds what is known only here: it must not be forgotten while somebody does.
            DelayDeactivation(TimeSpan.MaxValue);
            _line.Add(id);
            GiveFreeSlots();
        }

        return Task.FromResult(_holders.Contains(id));
    }

    public async IAsyncEnumerable<int> PositionsAsync(RenderId id, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var told = 0;
        while (_line.IndexOf(id) is >= 0 and var index)
        {
            if (index + 1 != told)
            {
                told = index + 1;
                yield return told;
                continue;
            }

            await _changed.Task.WaitAsync(ct);
        }
    }

    public Task ReleaseAsync(RenderId id)
    {
        if (_holders.Remove(id) | _line.Remove(id))
        {
            GiveFreeSlots();
        }

        if (_holders.Count == 0)
        {
            DelayDeactivation(TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }

    private void GiveFreeSlots()
    {
        while (_line.Count > 0 && _holders.Count < _capacity)
        {
            _holders.Add(_line[0]);
            _line.RemoveAt(0);
        }

        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
