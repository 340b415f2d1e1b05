using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>
/// Writes lines down sound by sound. A vowel begins on its beat; the consonants before it take their time from what was
/// before. A glide between the two halves of a diphthong comes late, as singers do it.
/// </summary>
internal sealed class PhoneWriter
{
    private const double OnsetShare = 0.45;
    private const double CodaShare = 0.33;
    private const double BreathSeconds = 0.26;

    private long _free;

    /// <summary>The sounds.</summary>
    public List<SungPhone> Phones { get; } = [];

    /// <summary>The notes.</summary>
    public List<SungNote> Notes { get; } = [];

    /// <summary>The words.</summary>
    public List<SungWord> Words { get; } = [];

    /// <summary>Lets a section pass in silence.</summary>
    public void Rest(long end) => _free = end;

    /// <summary>Ends a section that was sung.</summary>
    public void EndSection(long end) => _free = Math.Min(_free, end);

    /// <summary>Writes a line.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="beats">The frame on which the vowel of each syllable begins, and the line's end.</param>
    /// <param name="notes">The notes of each syllable, from its beat on.</param>
    /// <param name="velocity">0–1.</param>
    /// <param name="earliest">The section's first frame.</param>
    /// <param name="latest">The frame by which it must be over: however full a section is, each syllable after it has one left.</param>
    /// <returns>From where to where it sounds.</returns>
    public (long Start, long End) Write(
        IReadOnlyList<LyricWord> words, long[] beats, IReadOnlyList<List<(long Start, int Pitch)>> notes, float velocity, long earliest, long latest)
    {
        var from = Math.Max(earliest, _free);
        var left = words.Sum(word => word.Syllables.Count);
        var at = Math.Min(Shift(words[0].Syllables[0], beats, from), latest - left);
        var lineStart = at;
        Inhale(at);
        var syllable = 0;
        foreach (var word in words)
        {
            var start = at;
            foreach (var part in word.Syllables)
            {
                var next = Following(words, syllable + 1);
                var end = beats[syllable + 1] - (next is null ? 0 : OnsetFrames(next, beats[syllable + 1] - Math.Max(beats[syllable], at)));
                end = Math.Clamp(end, at + 1, latest - --left);
                Sing(part, at, Math.Clamp(beats[syllable], at, end), end, notes[syllable], part.IsStressed ? velocity + 0.1f : velocity, next is null);
                at = end;
                syllable++;
            }

            Words.Add(new SungWord(word.Text, start, at));
        }

        _free = at;
        return (lineStart, at);
    }

    private static Syllable? Following(IReadOnlyList<LyricWord> words, int index)
    {
        foreach (var word in words)
        {
            if (index < word.Syllables.Count)
            {
                return word.Syllables[index];
            }

            index -= word.Syllables.Count;
        }

        return null;
    }

    // At the very beginning of a section there is no time before the beat: the first vowel waits for its consonants.
    private static long Shift(Syllable first, long[] beats, long from)
    {
        var wanted = FramesOf(first.Onset);
        var room = beats[0] - from;
        if (room < wanted)
        {
            var late = Math.Min(wanted - Math.Max(0, room), (long)((beats[1] - beats[0]) * 0.4));
            beats[0] = Math.Max(beats[0], from) + late;
        }

        return Math.Max(from, beats[0] - wanted);
    }

    private static long FramesOf(Phone[] phones) => phones.Sum(phone => phone.Milliseconds()) * PcmFormat.SampleRate / 1000L;

    private static long OnsetFrames(Syllable syllable, long room) => Math.Min(FramesOf(syllable.Onset), (long)(room * OnsetShare));

    private void Inhale(long start)
    {
        var gap = start - _free;
        var length = (int)Math.Min(gap * 0.7, BreathSeconds * PcmFormat.SampleRate);
        if (length > PcmFormat.SampleRate / 10)
        {
            Phones.Add(new SungPhone(start - length, length, Phone.Breath, 60, 0.5f, length, false));
        }
    }

    private void Sing(Syllable syllable, long start, long beat, long end, List<(long Start, int Pitch)> notes, float velocity, bool isLineEnd)
    {
        var codaFrames = Math.Min(FramesOf(syllable.Coda), (long)((end - beat) * CodaShare));
        var vowelEnd = end - codaFrames;
        Consonants(syllable.Onset, start, beat, notes[0].Pitch, velocity);
        for (var note = 0; note < notes.Count; note++)
        {
            var from = note == 0 ? beat : Math.Clamp(notes[note].Start, beat, vowelEnd);
            var to = note == notes.Count - 1 ? vowelEnd : Math.Clamp(notes[note + 1].Start, from, vowelEnd);
            if (to > from)
            {
                var isLast = note == notes.Count - 1;
                Vowel(syllable.Vowel, from, to, notes[note].Pitch, velocity, isLast);
                Notes.Add(new SungNote(from, (int)(to - from), notes[note].Pitch, syllable.Vowel[0], isLineEnd && isLast));
            }
        }

        Consonants(syllable.Coda, vowelEnd, end, notes[^1].Pitch, velocity);
    }

    private void Vowel(Phone[] vowel, long start, long end, int pitch, float velocity, bool isLast)
    {
        // Held diphthongs stay on their first half until shortly before the end.
        var length = end - start;
        var glide = isLast && vowel.Length > 1 ? Math.Min(length * 2 / 5, PcmFormat.SampleRate * 18L / 100) : 0;
        Add(start, end - glide, vowel[0], pitch, velocity, length, true);
        Add(end - glide, end, vowel[^1], pitch, velocity, glide, false);
    }

    private void Consonants(Phone[] phones, long start, long end, int pitch, float velocity)
    {
        var total = phones.Sum(phone => phone.Milliseconds());
        var done = 0;
        foreach (var phone in phones)
        {
            var from = start + ((end - start) * done / total);
            done += phone.Milliseconds();
            var to = start + ((end - start) * done / total);
            Add(from, to, phone, pitch, velocity, to - from, false);
        }
    }

    private void Add(long start, long end, Phone phone, int pitch, float velocity, long noteLeft, bool isNote)
    {
        if (end > start)
        {
            Phones.Add(new SungPhone(start, (int)(end - start), phone, pitch, Math.Min(1, velocity), (int)noteLeft, isNote));
        }
    }
}
