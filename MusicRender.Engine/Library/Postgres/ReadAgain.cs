using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>
/// Asks again, for two seconds at most, when the database does not answer: it may just be starting anew. Never within a
/// transaction: what was done in it is gone, and only whoever began it can begin again.
/// </summary>
internal sealed class ReadAgain(ExecutionStrategyDependencies dependencies) : IExecutionStrategy
{
    private static readonly TimeSpan[] Waits = [.. new[] { 100, 200, 400, 600, 700 }.Select(wait => TimeSpan.FromMilliseconds(wait))];

    public bool RetriesOnFailure => false;

    public TResult Execute<TState, TResult>(TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        var context = dependencies.CurrentContext.Context;
        for (var tries = 0; ; tries++)
        {
            try
            {
                return operation(context, state);
            }
            catch (Exception exception) when (IsWorthAnother(context, exception, tries))
            {
                Thread.Sleep(Waits[tries]);
            }
        }
    }

    public async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state,
        Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default)
    {
        var context = dependencies.CurrentContext.Context;
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await operation(context, state, cancellationToken);
            }
            catch (Exception exception) when (IsWorthAnother(context, exception, tries))
            {
                await Task.Delay(Waits[tries], cancellationToken);
            }
        }
    }

    private static bool IsWorthAnother(DbContext context, Exception exception, int tries) =>
        tries < Waits.Length && context.Database.CurrentTransaction is null && CatalogueTrouble.Of(exception) == TroubleKind.Unavailable;
}
