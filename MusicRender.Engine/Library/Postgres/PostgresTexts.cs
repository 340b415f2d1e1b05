using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>
/// PostgreSQL refuses a whole statement for one NUL in a text, and the driver for half a surrogate pair. Both become U+FFFD
/// on the way, in what is written and in what is asked for.
/// </summary>
internal sealed class PostgresTexts : DbCommandInterceptor
{
    /// <summary>The text as PostgreSQL takes it.</summary>
    public static string Clean(string text)
    {
        var isClean = true;
        foreach (var rune in text.EnumerateRunes())
        {
            // What is no character is enumerated as the replacement character.
            if (rune.Value == 0 || rune == Rune.ReplacementChar)
            {
                isClean = false;
                break;
            }
        }

        if (isClean)
        {
            return text;
        }

        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            cleaned.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return cleaned.ToString();
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    private static void Clean(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            parameter.Value = parameter.Value switch
            {
                string text => Clean(text),
                string[] texts => Array.ConvertAll(texts, Clean),
                List<string> texts => texts.ConvertAll(Clean),
                var other => other,
            };
        }
    }
}
