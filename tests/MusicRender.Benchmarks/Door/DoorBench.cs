using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MusicRender.Benchmarks.Measuring;
using MusicRender.Benchmarks.Reports;
using MusicRender.Web.Access;
using MusicRender.Web.Api;

namespace MusicRender.Benchmarks.Door;

/// <summary>What the door, the rate limits and the headers cost a request: the same small answer of Kestrel with and without them, by turns.</summary>
internal static class DoorBench
{
    private const double BarMicroseconds = 30;
    private const string Token = "the-token-of-the-benchmark";
    private static readonly IPAddress Somebody = IPAddress.Parse("203.0.113.7");

    /// <summary>Runs.</summary>
    public static async Task RunAsync(BenchmarkPlace place, Report report, bool isSmoke)
    {
        var (rounds, requests) = isSmoke ? (2, 50) : (61, 1_000);
        await using var plain = await StartAsync(isGuarded: false);
        await using var guarded = await StartAsync(isGuarded: true);
        var table = new Table("Door: door, rate limits and headers together, a request", "shown", "without µs", "with µs", "difference µs", "rounds", "bar");
        foreach (var (name, header, value) in new[]
        {
            ("cookie", "Cookie", $"{Credentials.Cookie}={AccessToken.SessionOf(Token)}"),
            ("bearer", "Authorization", $"Bearer {Token}"),
        })
        {
            using var without = Client(plain, header, value);
            using var with = Client(guarded, header, value);
            await MeasureAsync(without, requests);
            await MeasureAsync(with, requests);
            var (floor, ours) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                // Who goes first takes turns too.
                var isFirst = round % 2 == 0;
                (isFirst ? floor : ours).Add(await MeasureAsync(isFirst ? without : with, requests));
                (isFirst ? ours : floor).Add(await MeasureAsync(isFirst ? with : without, requests));
            }

            var difference = Quantiles.Median(floor.Zip(ours, (before, after) => after - before));
            table.Add(name, Quantiles.Median(floor), Quantiles.Median(ours), difference, rounds, difference < BarMicroseconds ? "met" : "missed");
        }

        table.Note(FormattableString.Invariant($"Bar: {BarMicroseconds:0} µs. Rounds of {requests} requests one after the other on one connection, of somebody who is not on loopback. The difference is the median of the rounds' own differences."));
        report.Add(table);
    }

    /// <summary>Mean of a request, µs.</summary>
    private static async Task<double> MeasureAsync(HttpClient client, int requests)
    {
        var since = Stopwatch.GetTimestamp();
        for (var request = 0; request < requests; request++)
        {
            using var response = await client.GetAsync(client.BaseAddress);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new BenchmarkException($"The door answered {(int)response.StatusCode}.");
            }
        }

        return Stopwatch.GetElapsedTime(since).TotalMicroseconds / requests;
    }

    private static HttpClient Client(WebApplication app, string header, string value)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Add(header, value);
        return client;
    }

    private static async Task<WebApplication> StartAsync(bool isGuarded)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<LimitOptions>(limits => limits.RequestsPerMinute = LimitOptions.Most);
        builder.Services.AddSingleton<Web.Access.Door>();
        var app = builder.Build();
        app.UseRequestIds();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = Somebody;
            return next(context);
        });
        if (isGuarded)
        {
            app.Services.GetRequiredService<Web.Access.Door>().Guard(AccessToken.KeptOf(AccessToken.SessionOf(Token)));
            app.UseSecurityHeaders();
            app.UseRateLimits();
            app.UseDoor();
        }

        app.MapGet("/", () => Results.Text("music"));
        await app.StartAsync();
        return app;
    }
}
