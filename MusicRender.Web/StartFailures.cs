using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using MusicRender.Engine;

namespace MusicRender.Web;

/// <summary>Reasons not to start that a person can do something about, in one line.</summary>
internal static class StartFailures
{
    /// <summary>The line, or null for a bug.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException options => string.Join(" ", options.Failures),
        // Such as "Failed to convert configuration value 'abc' at 'MusicRender:Socket:FirstMessageTimeout' to type ...".
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } binding => binding.Message,
        AggregateException several when several.InnerExceptions.All(inner => Explain(inner) is not null) => string.Join(" ", several.InnerExceptions.Select(Explain)),
        EngineStartException engine => engine.Message,
        IOException { InnerException: AddressInUseException } inUse => $"{inUse.Message} Choose another with --urls http://127.0.0.1:PORT.",
        _ => null,
    };
}
