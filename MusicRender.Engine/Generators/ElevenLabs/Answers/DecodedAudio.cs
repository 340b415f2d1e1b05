using System.Buffers;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>Where decoded bytes go until they are given on: a block of the pool that is used again.</summary>
internal sealed class DecodedAudio
{
    private byte[] _bytes = [];

    /// <summary>Bytes in it.</summary>
    public int Length { get; private set; }

    /// <summary>What is still free.</summary>
    public Span<byte> Free => _bytes.AsSpan(Length);

    /// <summary>Counts bytes that were written to <see cref="Free"/>.</summary>
    public void Added(int count) => Length += count;

    /// <summary>The bytes from a position on.</summary>
    public ReadOnlyMemory<byte> From(int start) => _bytes.AsMemory(start, Length - start);

    /// <summary>Forgets them, and has room for so many.</summary>
    public void Clear(int capacity)
    {
        Length = 0;
        if (_bytes.Length < capacity)
        {
            GiveBack();
            _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        }
    }

    /// <summary>Gives the block back. Nobody may still read what <see cref="From"/> gave.</summary>
    public void GiveBack()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }
}
