namespace MusicRender.Engine.Jobs.Cluster;

/// <summary>
/// Ends a process that has no place in the cluster any more: the others took it for dead, and run its renders. It must not
/// go on beside them, and cannot join again; a new process can.
/// </summary>
internal sealed class SiloEnd : IFatalErrorHandler
{
    /// <summary>EX_TEMPFAIL: starting again helps.</summary>
    public const int ExitCode = 75;

    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        Console.Error.WriteLine($"MusicRender ends with code {ExitCode}: the other nodes took this one for dead, or it lost the cluster. Start it again. {context} {exception?.Message}".TrimEnd());
        Environment.Exit(ExitCode);
    }
}
