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

    /// <summary>
    /// The tune of a section, note by note and fitted to its chords, whether an instrument plays it or not: for whoever
    /// sings it. The last bar of the song is one long note.
    /// </summary>
    public IReadOnlyList<TunePitch> TuneOf(SectionPlan plan)
    {
        var tune = TuneFor(plan.Section.Form);
        var notes = new List<TunePitch>();
        for (var bar = 0; bar < plan.Grid.Bars; bar++)
        {
            if (bar == plan.FinalBar)
            {
                notes.Add(new TunePitch(bar, 0, plan.Grid.StepsPerBar, Fitted(7, plan.Section.Key, plan.Chords[bar], isStrong: true, Base(plan)), IsStrong: true));
                break;
            }

            foreach (var note in tune.NotesOf(bar))
            {
                var beat = plan.Song.Metre.StepsPerBeat;
                var isStrong = note.Step % beat == 0 || note.Steps >= beat;
                notes.Add(new TunePitch(bar, note.Step, note.Steps, Fitted(note.Degree, plan.Section.Key, plan.Chords[bar], isStrong, Base(plan)), isStrong));
            }
        }

        return notes;
    }

    /// <summary>Plays a section.</summary>
    public void Play(SectionPlan plan, ScoreWriter score)
    {
        if (!plan.Plays(Part.Lead))
        {
            return;
        }

        foreach (var note in TuneOf(plan))
        {
            if (plan.IsSung(note.Bar))
            {
                continue;
            }

            if (note.Bar == plan.FinalBar || !Rests(plan, note.Bar))
            {
                score.Play(plan, Part.Lead, note.Bar, note.Step, note.Bar == plan.FinalBar ? note.Steps : note.Steps * 0.94, note.Pitch, note.Bar == plan.FinalBar ? 0.6 : note.IsStrong ? 0.8 : 0.66);
            }
        }
    }

    private Tune TuneFor(SectionForm form) => form switch
    {
        SectionForm.Chorus or SectionForm.Drop or SectionForm.Intro or SectionForm.Outro => _chorus,
        SectionForm.Bridge or SectionForm.Breakdown or SectionForm.Solo => _bridge,
        _ => _verse,
    };

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
