using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>A syllable of a word.</summary>
/// <param name="Text">Its letters as written; those of a word's syllables make the word.</param>
/// <param name="Onset">The consonants before its vowel.</param>
/// <param name="Vowel">Its vowel, two for a diphthong.</param>
/// <param name="Coda">The consonants after it.</param>
/// <param name="IsStressed">True when it wants a strong beat.</param>
internal sealed record Syllable(string Text, Phone[] Onset, Phone[] Vowel, Phone[] Coda, bool IsStressed);

/// <summary>A word as it is sung.</summary>
/// <param name="Text">As written, without blanks.</param>
/// <param name="Syllables">One at least.</param>
internal sealed record LyricWord(string Text, IReadOnlyList<Syllable> Syllables);

/// <summary>A sound of the voice.</summary>
/// <param name="Start">First frame, from the start of the song.</param>
/// <param name="Length">Frames.</param>
/// <param name="Phone">Which sound.</param>
/// <param name="Pitch">MIDI number.</param>
/// <param name="Velocity">0–1.</param>
/// <param name="NoteLeft">Frames from its start until the note that it belongs to ends.</param>
/// <param name="IsNote">True for the sound with which a note sets in: vibrato begins anew.</param>
internal readonly record struct SungPhone(long Start, int Length, Phone Phone, int Pitch, float Velocity, int NoteLeft, bool IsNote);

/// <summary>A note of the voice: the vowel of a syllable, or a part of it.</summary>
/// <param name="Start">The frame in which its vowel begins.</param>
/// <param name="Length">Frames of the vowel.</param>
/// <param name="Pitch">MIDI number.</param>
/// <param name="Vowel">What is sung on it.</param>
/// <param name="IsLineEnd">True for the last note of a line.</param>
internal readonly record struct SungNote(long Start, int Length, int Pitch, Phone Vowel, bool IsLineEnd);

/// <summary>A word in time.</summary>
/// <param name="Text">As the lyrics write it.</param>
/// <param name="Start">The frame in which its first sound begins.</param>
/// <param name="End">The frame after its last.</param>
internal readonly record struct SungWord(string Text, long Start, long End);

/// <summary>All that is sung in a song, by time.</summary>
internal sealed record Vocals
{
    /// <summary>Nothing.</summary>
    public static readonly Vocals None = new() { Singer = Singer.Default, Phones = [], Notes = [], Words = [], Doubled = [] };

    /// <summary>Who sings.</summary>
    public required Singer Singer { get; init; }

    /// <summary>The sounds, one after the other with rests between lines.</summary>
    public required SungPhone[] Phones { get; init; }

    /// <summary>The notes.</summary>
    public required SungNote[] Notes { get; init; }

    /// <summary>The words.</summary>
    public required SungWord[] Words { get; init; }

    /// <summary>From where to where further voices join, frames.</summary>
    public required (long Start, long End)[] Doubled { get; init; }
}
