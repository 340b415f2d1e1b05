namespace MusicRender.E2E;

/// <summary>A test in the browser. Whatever the console complains of fails it; a failure leaves a screenshot and the page in <c>artifacts/e2e</c>.</summary>
public abstract class Journey(Studio studio) : IAsyncLifetime
{
    private const int NameLength = 100;
    private readonly List<Visit> _visits = [];

    /// <summary>The program and the browser of all journeys.</summary>
    protected Studio Studio { get; } = studio;

    /// <inheritdoc/>
    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        var hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed || _visits.Exists(visit => visit.Errors.Count > 0);
        foreach (var (at, visit) in _visits.Index())
        {
            if (hasFailed)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(await visit.DescribeAsync());
                await visit.KeepEvidenceAsync($"{Name()}{(at == 0 ? "" : $"_{at + 1}")}");
            }

            await visit.DisposeAsync();
        }

        var errors = _visits.SelectMany(visit => visit.Errors).ToList();
        Assert.True(errors.Count == 0, $"The console complains: {string.Join("\n", errors)}");
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody opens the studio.</summary>
    protected Task<Visit> VisitAsync(string path = "/", int width = 1440, int height = 900) =>
        VisitAsync(Studio.Address, path, width, height);

    /// <summary>Somebody opens a studio.</summary>
    protected async Task<Visit> VisitAsync(Uri address, string path = "/", int width = 1440, int height = 900)
    {
        var visit = await PrepareAsync(address, width, height);
        await visit.GoToAsync(path);
        return visit;
    }

    /// <summary>A browser that has not opened anything yet.</summary>
    protected async Task<Visit> PrepareAsync(Uri address, int width = 1440, int height = 900)
    {
        var visit = await Visit.BeginAsync(Studio.Browser, address, width, height);
        _visits.Add(visit);
        return visit;
    }

    private static string Name()
    {
        var name = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "journey").Replace("MusicRender.E2E.", "", StringComparison.Ordinal).Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        return name.Length > NameLength ? name[..NameLength] : name;
    }
}
