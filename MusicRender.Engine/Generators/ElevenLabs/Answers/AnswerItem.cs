using System.Text.Json;

namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>One thing that is read from an answer, in the order it came.</summary>
internal abstract record AnswerItem
{
    private AnswerItem()
    {
    }

    /// <summary>The next bytes of music. The memory is used again after the next step.</summary>
    public sealed record Audio(ReadOnlyMemory<byte> Bytes) : AnswerItem;

    /// <summary>An event, or the part of an answer that is not music. The music before it that belongs to no other event is its own.</summary>
    /// <param name="Name">"audio_chunk", "done", …; empty when it has no name.</param>
    /// <param name="Data">What it says; empty text stands where the music was.</param>
    public sealed record Event(string Name, JsonElement Data) : AnswerItem;

    /// <summary>The answer's last item when it stops in the middle of something.</summary>
    public sealed record CutOff : AnswerItem;
}
