using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator.Accounts;

/// <summary>One key: its credits, its calls, what goes wrong for it. Keys know nothing of each other.</summary>
internal sealed class Account
{
    private readonly Lock _lock = new();
    private readonly Queue<RecordedCall> _calls = [];
    private readonly List<(Fault Fault, int Left)> _faults = [];
    private readonly int _callsKept;
    private int _running;

    public Account(string key, SimulatorOptions options)
    {
        (_callsKept, Limit, Concurrency) = (options.Calls, options.Credits, options.Concurrency);
        AddFaults(KeyWords.Of(key));
    }

    /// <summary>Credits used.</summary>
    public int Used { get; private set; }

    /// <summary>Credits in all.</summary>
    public int Limit { get; private set; }

    /// <summary>Compositions at once.</summary>
    public int Concurrency { get; private set; }

    public void Set(AccountSettings settings)
    {
        lock (_lock)
        {
            Used = settings.CharacterCount ?? Used;
            Limit = settings.CharacterLimit ?? Limit;
            Concurrency = settings.Concurrency ?? Concurrency;
        }
    }

    /// <summary>A place for one more composition; null when all are taken.</summary>
    public IDisposable? TryTakeSlot()
    {
        lock (_lock)
        {
            if (_running >= Concurrency)
            {
                return null;
            }

            _running++;
            return new Slot(this);
        }
    }

    /// <summary>Takes credits; false when there are too few.</summary>
    public bool TryCharge(int credits)
    {
        lock (_lock)
        {
            if (Used + credits > Limit)
            {
                return false;
            }

            Used += credits;
            return true;
        }
    }

    public void AddFaults(IEnumerable<Fault> faults)
    {
        lock (_lock)
        {
            _faults.AddRange(faults.Select(fault => (fault, fault.Times)));
        }
    }

    public void ClearFaults()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>The first fault that is for a call, once; null for none.</summary>
    public Fault? TakeFault(string endpoint)
    {
        lock (_lock)
        {
            var at = _faults.FindIndex(one => one.Fault.IsFor(endpoint));
            if (at < 0)
            {
                return null;
            }

            var (fault, left) = _faults[at];
            if (left == 1)
            {
                _faults.RemoveAt(at);
            }
            else if (left > 1)
            {
                _faults[at] = (fault, left - 1);
            }

            return fault;
        }
    }

    public void Remember(RecordedCall call)
    {
        lock (_lock)
        {
            _calls.Enqueue(call);
            while (_calls.Count > _callsKept)
            {
                _calls.Dequeue();
            }
        }
    }

    public IReadOnlyList<RecordedCall> Calls()
    {
        lock (_lock)
        {
            return [.. _calls];
        }
    }

    public void ForgetCalls()
    {
        lock (_lock)
        {
            _calls.Clear();
        }
    }

    private sealed class Slot(Account account) : IDisposable
    {
        public void Dispose()
        {
            lock (account._lock)
            {
                account._running--;
            }
        }
    }
}
