namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>Where decoded bytes go until they are given on: a block that is used again.</summary>
internal sealed class DecodedAudio(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];

    /// <summary>Bytes in it.</summary>
    public int Length { get; private set; }

    /// <summary>What is still free.</summary>
    public Span<byte> Free => _bytes.AsSpan(Length);

    /// <summary>Counts bytes that were written to <see cref="Free"/>.</summary>
    public void Added(int count) => Length += count;

    /// <summary>The bytes from a position on.</summary>
    public ReadOnlyMemory<byte> From(int start) => _bytes.AsMemory(start, Length - start);

    /// <summary>Forgets them.</summary>
    public void Clear() => Length = 0;
}
