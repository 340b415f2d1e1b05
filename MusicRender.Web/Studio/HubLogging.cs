namespace MusicRender.Web.Studio;

/// <summary>
/// The dispatcher of a page's messages writes them into its debug log as they are, and with them whatever somebody types:
/// an API key too. Below Information it stays silent, whatever the configuration says.
/// </summary>
internal static class HubLogging
{
    private const string Dispatcher = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public static IServiceCollection AddHubLogging(this IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // A rule for one provider counts more than a rule for all: each that has rules gets this one too. Of equal rules the last counts.
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray())
        {
            options.Rules.Add(new LoggerFilterRule(provider, Dispatcher, LogLevel.Information, null));
        }
    });
}
