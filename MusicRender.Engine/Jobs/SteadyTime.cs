using Microsoft.Extensions.DependencyInjection;

namespace MusicRender.Engine.Jobs;

/// <summary>
/// A clock that begins at the wall clock's time and goes forward from there, whoever sets that. For Orleans' bookkeeping of idle activations:
/// it makes no new ones while the time is earlier than it was, so that a clock set back by an hour would stop all renders for an hour.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _begun = time.GetUtcNow();
    private readonly long _since = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _begun + time.GetElapsedTime(_since);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);

    /// <summary>Gives the silo's book of idle activations such a clock.</summary>
    public static void UseFor(IServiceCollection services) =>
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, (provider, _) => new SteadyTime(provider.GetRequiredService<TimeProvider>()));
}
