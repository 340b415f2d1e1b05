using MusicRender.Engine.Generators;

namespace MusicRender.Engine.Tests;

/// <summary>A stem maker for tracks of <see cref="ScriptedGenerator"/> that does what the test says.</summary>
internal sealed class ScriptedStemMaker : IStemMaker
{
    /// <summary>What it gives; two tones of the track's length unless the test says otherwise.</summary>
    public Func<StemRequest, CancellationToken, IAsyncEnumerable<StemOutput>> OnSeparate { get; set; } = (request, _) => Tones(request, "melody", "backing");

    public List<StemRequest> Requests { get; } = [];

    public bool IsReady { get; set; } = true;

    public bool IsLocal { get; set; } = true;

    public string Generator => "scripted";

    public IAsyncEnumerable<StemOutput> SeparateAsync(StemRequest request, CancellationToken ct)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        return OnSeparate(request, ct);
    }

    /// <summary>Tones of exactly the track's length, by turns.</summary>
    public static async IAsyncEnumerable<StemOutput> Tones(StemRequest request, params string[] names)
    {
        var done = 0;
        await foreach (var output in ScriptedGenerator.Tone(request.DurationMs))
        {
            foreach (var name in names)
            {
                yield return new StemOutput.Begin(name);
                yield return new StemOutput.Pcm(((GeneratorOutput.Pcm)output).Samples);
            }

            done += 1_000;
            yield return new StemOutput.Progress(Math.Min(done, request.DurationMs), request.DurationMs, $"{done} ms");
        }
    }

    /// <summary>Is paid once, and keeps what it was sent as the request says; then gives <paramref name="then"/>.</summary>
    /// <param name="onAsked">Called when somebody is asked and paid.</param>
    /// <param name="then">What is read of it.</param>
    public static Func<StemRequest, CancellationToken, IAsyncEnumerable<StemOutput>> Paid(Action onAsked, Func<StemRequest, IAsyncEnumerable<StemOutput>> then) => (request, _) =>
    {
        if (!File.Exists(request.PaidPath))
        {
            onAsked();
            File.WriteAllText(request.PaidPath, "an archive");
        }

        return then(request);
    };

    /// <summary>Waits for somebody to stop it.</summary>
    public static Func<StemRequest, CancellationToken, IAsyncEnumerable<StemOutput>> Endless(TaskCompletionSource hasBegun) => (_, ct) => EndlessAsync(hasBegun, ct);

    private static async IAsyncEnumerable<StemOutput> EndlessAsync(TaskCompletionSource hasBegun, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return new StemOutput.Begin("melody");
        yield return new StemOutput.Pcm(ScriptedGenerator.Second);
        hasBegun.TrySetResult();
        await Task.Delay(Timeout.Infinite, ct);
    }
}
