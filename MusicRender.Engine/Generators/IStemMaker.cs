using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators;

/// <summary>Into how many stems a track is taken apart.</summary>
public enum StemSet
{
    /// <summary>Two: the voice or the tune, and everything else.</summary>
    Two,

    /// <summary>Up to six.</summary>
    Six,
}

/// <summary>What a stem maker is asked for.</summary>
public sealed record StemRequest
{
    /// <summary>How many.</summary>
    public required StemSet Set { get; init; }

    /// <summary>The finished track's file.</summary>
    public required string AudioPath { get; init; }

    /// <summary>The file's name, as the upstream is told.</summary>
    public required string FileName { get; init; }

    /// <summary>The composition that was rendered.</summary>
    public required Composition Composition { get; init; }

    /// <summary>The seed it was rendered with.</summary>
    public required int Seed { get; init; }

    /// <summary>Length of the track, ms.</summary>
    public required int DurationMs { get; init; }

    /// <summary>A folder for what the maker keeps while it works; whoever asks removes it.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>
    /// A file's path, on the same disk as <see cref="WorkFolder"/>. There a maker that costs money puts what it was sent, all of
    /// it at once and flushed to disk, before it reads it. What lies there already was paid for by an earlier try: it is read,
    /// and nobody is asked again. Whoever asks removes it when the stems are entered.
    /// </summary>
    public required string PaidPath { get; init; }

    /// <summary>The <see cref="GeneratorCapabilities.Version"/> of the generator when it made the track, or null.</summary>
    public string? GeneratorVersion { get; init; }
}

/// <summary>One thing that a stem maker gives while it works.</summary>
public abstract record StemOutput
{
    private StemOutput()
    {
    }

    /// <summary>How far it is, in whatever counts: a total of 0 says that the share is not known.</summary>
    public sealed record Progress(long Done, long Total, string Message) : StemOutput;

    /// <summary>
    /// What follows is this stem's sound, until the next one begins. Stems may take turns: one that began before goes on.
    /// Names are lower case, one word: "vocals", "drums".
    /// </summary>
    public sealed record Begin(string Name) : StemOutput;

    /// <summary>The next block of sound, as in <see cref="GeneratorOutput.Pcm"/>.</summary>
    public sealed record Pcm(ReadOnlyMemory<float> Samples) : StemOutput;

    /// <summary>The next bytes of MP3 that is encoded already. The memory may be used again after the next step.</summary>
    public sealed record Encoded(ReadOnlyMemory<byte> Bytes) : StemOutput;

    /// <summary>The end of a separation that could not be made.</summary>
    public sealed record Failed(RenderFailure Failure) : StemOutput;
}

/// <summary>Takes finished tracks apart. One maker for each generator that can.</summary>
public interface IStemMaker
{
    /// <summary>The generator whose tracks it takes apart: "sketch", "elevenlabs".</summary>
    string Generator { get; }

    /// <summary>True when it can be asked now.</summary>
    bool IsReady { get; }

    /// <summary>True when it runs on this machine and costs nothing.</summary>
    bool IsLocal { get; }

    /// <summary>Takes a track apart. Expected failures are a last <see cref="StemOutput.Failed"/>; cancellation ends the enumeration with <see cref="OperationCanceledException"/>.</summary>
    IAsyncEnumerable<StemOutput> SeparateAsync(StemRequest request, CancellationToken ct);
}
