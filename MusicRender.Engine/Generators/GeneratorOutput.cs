using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators;

/// <summary>One thing that a generator gives while it works.</summary>
public abstract record GeneratorOutput
{
    private GeneratorOutput()
    {
    }

    /// <summary>How far it is. Only what is true: a total of 0 says that the share is not known.</summary>
    /// <param name="DoneMs">Music made so far, ms.</param>
    /// <param name="TotalMs">Music to make in all, ms; 0 when not known.</param>
    /// <param name="Message">In words: "Section 3 of 7, 41 s of 96 s generated".</param>
    public sealed record Progress(long DoneMs, long TotalMs, string Message) : GeneratorOutput;

    /// <summary>The next block of sound, which the engine encodes. The memory may be used again after the next step of the enumeration.</summary>
    /// <param name="Samples">Interleaved stereo at <see cref="Audio.PcmFormat.SampleRate"/>, −1 to 1; an even count.</param>
    public sealed record Pcm(ReadOnlyMemory<float> Samples) : GeneratorOutput;

    /// <summary>The next bytes of audio that is encoded already, in order. The memory may be used again after the next step.</summary>
    /// <param name="Bytes">Bytes of the final encoding.</param>
    public sealed record Encoded(ReadOnlyMemory<byte> Bytes) : GeneratorOutput;

    /// <summary>
    /// Says that the encoded bytes since the last one of these are a part of their own, and where in the song it belongs:
    /// an upstream may send its parts in another order than they are played. Parts are put in order when the track is
    /// saved. Audio that always comes in order needs none.
    /// </summary>
    /// <param name="Index">0, 1, 2, … in playing order.</param>
    public sealed record Part(int Index) : GeneratorOutput;

    /// <summary>What a paid upstream calls the song and the plan it really followed; a later one replaces what it holds of an earlier one.</summary>
    /// <param name="SongId">The upstream's own id, or null when it did not say (yet).</param>
    /// <param name="Plan">The plan it followed, or null when it did not say (yet).</param>
    public sealed record Upstream(string? SongId, Composition? Plan) : GeneratorOutput;

    /// <summary>What is known of the song; a later one replaces an earlier one.</summary>
    public sealed record Metadata(SongMetadata Song) : GeneratorOutput;

    /// <summary>The waveform as the generator measured it, for audio that comes encoded: values 0–1 at equal distances over the whole length.</summary>
    public sealed record Waveform(IReadOnlyList<float> Values) : GeneratorOutput;

    /// <summary>When the words are sung; a later one replaces an earlier one.</summary>
    public sealed record Words(IReadOnlyList<WordTiming> Timings) : GeneratorOutput;

    /// <summary>The end of a render that could not be made.</summary>
    public sealed record Failed(RenderFailure Failure) : GeneratorOutput;
}
