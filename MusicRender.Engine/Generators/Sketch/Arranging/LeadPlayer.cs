using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>Plays the tunes: one for the choruses, a lower one for the verses, a third for bridges.</summary>
internal sealed class LeadPlayer
{
    private readonly Tune _chorus;
    private readonly Tune _verse;
    private readonly Tune _bridge;

    /// <summary>Invents the song's tunes.</summary>
    public LeadPlayer(SongReading song, int seed)
    {
        var rhythms = song.Genre.TuneRhythms;
        _chorus = new Tune(rhythms, song.Metre, 3, new SeededRandom(seed, "tune chorus"));
        _verse = new Tune(rhythms, song.Metre, 0, new SeededRandom(seed, "tune verse"));
        _bridge = new Tune(rhythms, song.Metre, 1, new SeededRandom(seed, "tune bridge"));
    }

    /// <summary>The tune of sections of a form.</summary>
    public Tune TuneOf(SectionForm form) => form switch
    {
        SectionForm.Chorus or SectionForm.Drop or SectionForm.Intro or SectionForm.Outro => _chorus,
        SectionForm.Bridge or SectionForm.Breakdown or SectionForm.Solo => _bridge,
        _ => _verse,
    };

    /// <summary>Plays a section.</summary>
    public void Play(SectionPlan plan, ScoreWriter score)
    {
        if (!plan.Plays(Part.Lead))
        {
            return;
        }

        var tune = TuneOf(plan.Section.Form);
        for (var bar = 0; bar < plan.Grid.Bars; bar++)
        {
            if (plan.IsSung(bar))
            {
                continue;
            }

            if (bar == plan.FinalBar)
            {
                var pitch = Fitted(7, plan.Section.Key, plan.Chords[bar], isStrong: true, Base(plan));
                score.Play(plan, Part.Lead, bar, 0, plan.Grid.StepsPerBar, pitch, 0.6);
                break;
            }

            if (Rests(plan, bar))
            {
                continue;
            }

            foreach (var note in tune.NotesOf(bar))
            {
                var beat = plan.Song.Metre.StepsPerBeat;
                var isStrong = note.Step % beat == 0 || note.Steps >= beat;
                var pitch = Fitted(note.Degree, plan.Section.Key, plan.Chords[bar], isStrong, Base(plan));
                score.Play(plan, Part.Lead, bar, note.Step, note.Steps * 0.94, pitch, isStrong ? 0.8 : 0.66);
            }
        }
    }

    // Verses leave room after each phrase, intros and outros only hint at the tune, loops play it every other time.
    private static bool Rests(SectionPlan plan, int bar) => plan.Section.Form switch
    {
        SectionForm.Chorus or SectionForm.Drop or SectionForm.Solo => false,
        _ when plan.Section.Wanted.Has(Part.Lead) => false,
        SectionForm.Verse or SectionForm.PreChorus => bar % 4 == 3 && plan.Section.Energy < 0.8,
        SectionForm.Loop or SectionForm.Body => plan.Grid.Bars >= 12 && bar / 4 % 2 == 0 && bar < plan.Grid.Bars - 4,
        SectionForm.Intro or SectionForm.Outro => plan.Grid.Bars > 2 && bar % 4 >= 2,
        _ => bar % 2 == 1,
    };

    // Low instruments play the tune where they sound best.
    private static int Base(SectionPlan plan)
    {
        var lowest = plan.TimbreOf(Part.Lead) switch
        {
            Timbre.Brass or Timbre.Saxophone or Timbre.DistortedGuitar or Timbre.Organ => 55,
            Timbre.Bells or Timbre.Flute => 67,
            _ => 60,
        };
        return Voicing.Bass(plan.Section.Key.Tonic, lowest);
    }

    private static int Fitted(int degree, MusicalKey key, Chord chord, bool isStrong, int tonic)
    {
        var octave = (int)Math.Floor(degree / 7.0);
        var pitch = tonic + (12 * octave) + key.Scale[degree - (7 * octave)];
        for (var distance = 0; distance < 6; distance++)
        {
            if (Sits(pitch - distance, key, chord, isStrong))
            {
                return pitch - distance;
            }

            if (Sits(pitch + distance, key, chord, isStrong))
            {
                return pitch + distance;
            }
        }

        return pitch;
    }

    // On the beat a tone of the chord; between beats any tone of the pentatonic that does not rub against the chord.
    private static bool Sits(int pitch, MusicalKey key, Chord chord, bool isStrong) =>
        chord.Contains(pitch)
        || (!isStrong && key.IsPentatonic(pitch) && key.Contains(pitch) && !chord.Contains(pitch - 1));
}
