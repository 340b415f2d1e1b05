using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Arranging;

/// <summary>
/// Plays the tunes: one for the choruses; a lower one for the verses; bridges, breakdowns and solos make something of the
/// choruses'. Leaves room where somebody sings.
/// </summary>
internal sealed class LeadPlayer
{
    private readonly Tune _chorus;
    private readonly Tune _verse;
    private readonly Tune _bridge;
    private readonly Tune _memory;
    private readonly Tune _solo;

    /// <summary>Invents the song's tunes.</summary>
    public LeadPlayer(SongReading song, int seed)
    {
        var lead = song.Genre.Lead;
        var rhythm = new Rhythm(Metre.Named(song.Genre.Metre), song.Metre);
        var rhythms = lead.Rhythms.Select(pattern => rhythm.Of(pattern, 0)).Where(strokes => strokes.Count > 0).ToList();
        _chorus = Tune.Invent(rhythms, song.Metre, 4, lead.Phrasing, new SeededRandom(seed, "tune chorus"));
        _verse = Tune.Invent(rhythms, song.Metre, 1, lead.Phrasing, new SeededRandom(seed, "tune verse"));
        _bridge = _chorus.Inverted(3);
        _memory = _chorus.Thinned(song.Metre);
        _solo = _chorus.Ornamented(song.Metre);
    }

    /// <summary>
    /// The tune of a section, note by note and fitted to its chords, whether an instrument plays it or not: for whoever
    /// sings it. The last bar of a song that ends is one long note.
    /// </summary>
    public IReadOnlyList<TunePitch> TuneOf(SectionPlan plan)
    {
        var tune = TuneFor(plan.Section.Form);
        var fitter = new TuneFitter(plan.Genre.Lead.Scale, plan.Section.Key, Base(plan));
        var beat = plan.Song.Metre.StepsPerBeat;
        var notes = new List<TunePitch>();
        for (var bar = 0; bar < plan.PlayedBars; bar++)
        {
            foreach (var note in tune.NotesOf(bar))
            {
                var isStrong = note.Step % (2 * beat) == 0 || note.Steps >= beat;
                notes.Add(new TunePitch(bar, note.Step, note.Steps, fitter.Next(note, plan.Chords.At(bar, note.Step), isStrong), isStrong));
            }
        }

        if (plan.FinalBar >= 0)
        {
            var last = new TuneNote(0, 0, plan.Grid.StepsPerBar, 7, IsClose: true);
            notes.Add(new TunePitch(plan.FinalBar, 0, plan.FinalSteps, fitter.Next(last, plan.Chords.At(plan.FinalBar, 0), isStrong: true), IsStrong: true));
        }

        return notes;
    }

    /// <summary>Plays a section.</summary>
    public void Play(SectionPlan plan, ScoreWriter score)
    {
        var doubles = plan.Genre.Lead.Doubles && plan.Section.Energy >= 0.8;
        foreach (var note in TuneOf(plan))
        {
            // Whoever sings has the tune.
            if (plan.IsSung(note.Bar) || !plan.Plays(Part.Lead, note.Bar) || (note.Bar != plan.FinalBar && Rests(plan, note.Bar)))
            {
                continue;
            }

            var velocity = VelocityOf(plan, note);
            var steps = note.Bar == plan.FinalBar ? note.Steps : note.Steps * 0.94;
            score.Play(plan, Part.Lead, note.Bar, note.Step, steps, note.Pitch, velocity);
            if (doubles)
            {
                score.Play(plan, Part.Lead, note.Bar, note.Step, steps, note.Pitch + (note.Pitch < 74 ? 12 : -12), velocity * 0.62);
            }
        }

        PickUp(plan, score);
    }

    // Phrases swell towards their third bar; beats weigh more than what lies between.
    private static double VelocityOf(SectionPlan plan, TunePitch note)
    {
        var swell = (note.Bar % 4) switch { 0 => 0, 1 => 0.04, 2 => 0.08, _ => 0.02 };
        return (note.Bar == plan.FinalBar ? 0.7 : note.Step == 0 ? 0.8 : note.IsStrong ? 0.74 : 0.62) + swell;
    }

    // Two steps of the scale lead into the chorus.
    private static void PickUp(SectionPlan plan, ScoreWriter score)
    {
        var last = plan.Grid.Bars - 1;
        if (plan.Next is not { Form: SectionForm.Chorus, IsSung: false } || plan.StopSteps(last) > 0 || plan.Grid.PartialBar is not 0
            || plan.Song.Metre.StepsPerBeat < 4 || !plan.Plays(Part.Lead, last) || !plan.Next.Parts.Has(Part.Lead))
        {
            return;
        }

        var key = plan.Section.Key;
        var goal = Base(plan) + key.Scale[4];
        var under = Enumerable.Range(1, 12).Select(distance => goal - distance).Where(pitch => key.IsPentatonic(pitch) && key.Contains(pitch)).Take(2).ToArray();
        var beat = plan.Song.Metre.StepsPerBeat;
        score.Play(plan, Part.Lead, last, plan.Grid.StepsPerBar - beat, beat / 2.0, under[1], 0.6);
        score.Play(plan, Part.Lead, last, plan.Grid.StepsPerBar - (beat / 2.0), beat / 2.0, under[0], 0.68);
    }

    // Verses leave room after each phrase, intros and outros only hint at the tune, loops play it every other time.
    private static bool Rests(SectionPlan plan, int bar)
    {
        if (plan.Next?.Form == SectionForm.Chorus && bar == plan.Grid.Bars - 1)
        {
            return true;
        }

        // Who plays alone plays on.
        if (plan.Section.Parts.Except(PartSet.Of(Part.Lead, Part.Texture)) == PartSet.None)
        {
            return bar % 4 == 3;
        }

        return plan.Section.Form switch
        {
            SectionForm.Chorus or SectionForm.Drop or SectionForm.Solo => false,
            _ when plan.Section.Wanted.Has(Part.Lead) => bar % 8 == 7 && plan.Grid.Bars > 8,
            SectionForm.Verse or SectionForm.PreChorus => bar % 4 == 3 && plan.Section.Energy < 0.8,
            SectionForm.Loop or SectionForm.Body => plan.Grid.Bars >= 12 && bar / 4 % 2 == 0 && bar < plan.Grid.Bars - 4,
            SectionForm.Intro or SectionForm.Outro => plan.Grid.Bars > 2 && bar % 4 >= 2,
            _ => bar % 2 == 1,
        };
    }

    private Tune TuneFor(SectionForm form) => form switch
    {
        SectionForm.Chorus or SectionForm.Drop => _chorus,
        SectionForm.Intro or SectionForm.Outro or SectionForm.Breakdown => _memory,
        SectionForm.Bridge => _bridge,
        SectionForm.Solo => _solo,
        _ => _verse,
    };

    // Low instruments play the tune where they sound best.
    private static int Base(SectionPlan plan)
    {
        var lowest = plan.TimbreOf(Part.Lead) switch
        {
            Timbre.Cello => 48,
            Timbre.Brass or Timbre.Saxophone or Timbre.DistortedGuitar or Timbre.Organ or Timbre.CleanGuitar or Timbre.Trumpet => 55,
            Timbre.Bells or Timbre.Flute or Timbre.SteelDrum => 67,
            _ => 60,
        };
        return Voicing.Bass(plan.Section.Key.Tonic, lowest);
    }
}
