using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MusicRender.Web.Tests.Secrets;

/// <summary>Hears everything that a program could let slip: its log down to the last line, its traces, its metrics, its exceptions; and what the test hands it.</summary>
internal sealed class Witness : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Where, string What)> _heard = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private IExternalScopeProvider? _scopes;

    public Witness()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Hear(instrument, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Hear(instrument, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Hear(instrument, tags));
        _meters.Start();
        AppDomain.CurrentDomain.FirstChanceException += Hear;
    }

    /// <summary>Where it has heard something so far: "log System.Net.Http…", "trace …", "exception …", ….</summary>
    public IEnumerable<string> Places => _heard.Select(entry => entry.Where).Distinct();

    public void Hear(string where, string what) => _heard.Enqueue((where, what));

    /// <summary>Everything in the files below a folder, as it is on disk now.</summary>
    public void HearFiles(string folder)
    {
        // The library's lock is empty, and nobody else may open it.
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Hear($"file {Path.GetRelativePath(folder, path)}", Encoding.Latin1.GetString(bytes, 0, length));
        }
    }

    /// <summary>Where this secret was heard, plain or in one of the disguises that programs put text into without meaning to.</summary>
    public IReadOnlyList<string> Find(string secret)
    {
        string[] disguises =
        [
            secret,
            Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)),
            Convert.ToHexString(Encoding.ASCII.GetBytes(secret)),
            // Base64 of a text that it is somewhere in, wherever that begins.
            .. Enumerable.Range(0, 3).Select(offset => Convert.ToBase64String(Encoding.ASCII.GetBytes(secret[offset..(offset + ((secret.Length - offset) / 3 * 3))]))),
        ];
        return [.. _heard.Where(entry => disguises.Any(disguise => entry.What.Contains(disguise, StringComparison.OrdinalIgnoreCase))).Select(entry => entry.Where).Distinct()];
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Hear;
        _activities.Dispose();
        _meters.Dispose();
    }

    /// <summary>All that are thrown, caught or not. But readers of JSON quote what they do not understand, and are caught on the spot: of them only what is logged counts.</summary>
    private void Hear(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is not JsonException)
        {
            Hear($"exception {thrown.Exception.GetType().Name}", $"{thrown.Exception.Message} {thrown.Exception.InnerException}");
        }
    }

    private void Hear(Activity activity) => Hear(
        $"trace {activity.Source.Name}",
        string.Join('\n', [activity.DisplayName, activity.StatusDescription, activity.TraceStateString, .. activity.TagObjects.Concat(activity.Events.SelectMany(entry => entry.Tags)).Select(tag => $"{tag.Key}={tag.Value}"), .. activity.Baggage.Select(item => $"{item.Key}={item.Value}")]));

    private void Hear(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            Hear($"metric {instrument.Name}", $"{name}={value}");
        }
    }

    private sealed class Logger(Witness witness, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => witness._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var what = new StringBuilder(formatter(state, exception)).AppendLine().Append(exception);
            foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                what.AppendLine().Append(name).Append('=').Append(value);
            }

            witness._scopes?.ForEachScope((scope, text) => text.AppendLine().AppendJoin('\n', scope as IEnumerable<KeyValuePair<string, object?>> ?? []).Append(scope), what);
            witness.Hear($"log {category}", what.ToString());
        }
    }
}
