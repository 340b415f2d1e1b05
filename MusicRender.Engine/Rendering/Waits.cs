namespace MusicRender.Engine.Rendering;

internal static class Waits
{
    /// <summary>True when what is waited for is not there after that time; false as soon as it is. What it throws is for whoever awaits it.</summary>
    public static async Task<bool> LastsAsync(this TimeProvider time, Task waitedFor, TimeSpan atMost)
    {
        if (atMost > TimeSpan.Zero && !waitedFor.IsCompleted)
        {
            await waitedFor.WaitAsync(atMost, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !waitedFor.IsCompleted;
    }
}
