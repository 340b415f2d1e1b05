using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis.Singing;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch.Singing;

public sealed class SingingVoiceTests
{
    private const int Rate = PcmFormat.SampleRate;

    [Theory]
    [InlineData("Verse", "male vocals")]
    [InlineData("Verse", "female vocals")]
    [InlineData("Chorus", "female vocals")]
    [InlineData("Verse", "powerful male vocals")]
    public void HeldNotes_AreInTuneWithinTenCents(string section, string style)
    {
        var plan = SketchPlans.Sung(["pop", "100 bpm", "dry", style], (section, 20_000, ["Oh my love", "We are home", "All the way", "Ah oh ee oh"]));
        var score = SketchPlans.ScoreOf(plan, 3);
        var sound = Mono(SketchPlans.Layer(plan, PartSet.Of(Part.Voice), 3));

        var held = score.Vocals.Notes.Where(note => note.Length > 0.4 * Rate).ToList();
        Assert.True(held.Count >= 4, $"{held.Count} held notes");
        foreach (var note in held)
        {
            var from = (int)note.Start + (Rate * 17 / 100);
            var cents = CentsOff(sound.AsSpan(from, (int)note.Start + note.Length - (Rate / 12) - from), note.Pitch);
            Assert.True(Math.Abs(cents) <= 10, $"{note.Pitch} {note.Vowel} at {note.Start / (double)Rate:0.00} s is {cents:0.0} cents off");
        }
    }

    [Theory]
    [InlineData(Register.Low, Phone.Aa, 730, 1_090)]
    [InlineData(Register.Low, Phone.Iy, 280, 2_250)]
    [InlineData(Register.Low, Phone.Uw, 310, 870)]
    [InlineData(Register.Low, Phone.Eh, 530, 1_840)]
    [InlineData(Register.Low, Phone.Ao, 570, 840)]
    [InlineData(Register.High, Phone.Aa, 850, 1_220)]
    [InlineData(Register.High, Phone.Ae, 860, 2_050)]
    internal void Vowel_HasItsTwoFormants(Register register, Phone vowel, double first, double second)
    {
        // Low notes: their many harmonics trace the envelope.
        const int pitch = 40;
        var sound = Sing(new Singer(register, Delivery.Sung, false, false), (vowel, pitch, 1.0));
        var fundamental = 440 * Math.Pow(2, (pitch - 69) / 12.0);

        // Vibrato and drift move the harmonics: each with what lies around it.
        var envelope = Enumerable.Range(1, 34).Select(harmonic => (Hz: harmonic * fundamental, Level: Band(sound.AsSpan(Rate / 4, Rate / 4), (harmonic - 0.45) * fundamental, (harmonic + 0.45) * fundamental, 4))).ToList();
        var peaks = Enumerable.Range(1, envelope.Count - 2)
            .Where(at => envelope[at].Level > envelope[at - 1].Level && envelope[at].Level > envelope[at + 1].Level)
            .Select(at => envelope[at].Hz)
            .ToList();

        Assert.Contains(peaks, peak => Math.Abs(peak - first) < fundamental);
        Assert.Contains(peaks, peak => Math.Abs(peak - second) < 1.2 * fundamental);
    }

    [Fact]
    public void OpenAndCloseVowels_PutTheirEnergyWhereEarsExpectIt()
    {
        var open = Sing(Singer.Default with { Register = Register.Low }, (Phone.Aa, 48, 1.0));
        var close = Sing(Singer.Default with { Register = Register.Low }, (Phone.Iy, 48, 1.0));

        Assert.True(Band(open, 600, 1_300) > 20 * Band(close, 600, 1_300) * Band(open, 80, 500) / Band(close, 80, 500));
        Assert.True(Band(close, 1_900, 3_300) / Band(close, 600, 1_300) > 10 * Band(open, 1_900, 3_300) / Band(open, 600, 1_300));

        // Nearly equally loud all the same.
        Assert.InRange(SketchPlans.Decibels(SketchPlans.Rms(open) / SketchPlans.Rms(close)), -4, 4);
    }

    [Fact]
    public void Borders_OfSyllables_DoNotClick()
    {
        (Phone Phone, int Pitch, double Seconds)[] line = [(Phone.Aa, 55, 0.3), (Phone.Iy, 57, 0.3), (Phone.M, 57, 0.08), (Phone.Oh, 52, 0.3), (Phone.L, 52, 0.07), (Phone.Uw, 59, 0.3), (Phone.N, 55, 0.08), (Phone.Ae, 50, 0.3)];
        var sound = Sing(Singer.Default with { Register = Register.Low }, line);

        // A click fills the top of the spectrum; the voice itself hardly reaches it.
        var top = HighBand(sound);
        const int frame = 88;
        var levels = Enumerable.Range(0, top.Length / frame).Select(at => SketchPlans.Rms(top.AsSpan(at * frame, frame))).ToArray();
        var at = 0.0;
        foreach (var (phone, _, seconds) in line)
        {
            // Each border against the insides of the vowels around it.
            var border = (int)(at * Rate / frame);
            var around = levels.AsSpan(Math.Max(0, border - 4), 8).ToArray().Max();
            var inside = levels.AsSpan(Math.Max(0, border - 100), 260).ToArray().Where((_, index) => Math.Abs(index - Math.Min(border, 100)) > 12).Max();
            Assert.True(around < 1.6 * inside, $"{SketchPlans.Decibels(around / inside):0.0} dB at {phone}, {at:0.00} s");
            at += seconds;
        }

        // Where the line ends it dies away.
        var end = (int)(at * Rate / frame);
        Assert.True(levels.AsSpan(end - 4, 8).ToArray().Max() < 0.3 * levels.Max());
    }

    [Fact]
    public void Consonants_AreHeardWhereTheyLie()
    {
        var singer = Singer.Default with { Register = Register.Low };
        var hiss = Sing(singer, (Phone.Aa, 48, 0.4), (Phone.S, 48, 0.15), (Phone.Aa, 48, 0.4)).AsSpan((int)(0.44 * Rate), Rate / 14).ToArray();
        var hush = Sing(singer, (Phone.Aa, 48, 0.4), (Phone.Sh, 48, 0.15), (Phone.Aa, 48, 0.4)).AsSpan((int)(0.44 * Rate), Rate / 14).ToArray();
        var hum = Sing(singer, (Phone.Aa, 48, 0.4), (Phone.M, 48, 0.15), (Phone.Aa, 48, 0.4)).AsSpan((int)(0.44 * Rate), Rate / 14).ToArray();
        var stop = Sing(singer, (Phone.Aa, 48, 0.4), (Phone.T, 48, 0.15), (Phone.Aa, 48, 0.4));

        Assert.True(Band(hiss, 5_500, 8_000) > 4 * Band(hiss, 2_000, 4_000));
        Assert.True(Band(hush, 2_500, 4_500) > 2 * Band(hush, 6_000, 8_500));
        Assert.True(Band(hum, 100, 400) > 20 * Band(hum, 1_500, 4_000));

        // A t is silent before it bursts.
        Assert.True(SketchPlans.Rms(stop.AsSpan((int)(0.46 * Rate), Rate / 50)) < 0.12 * SketchPlans.Rms(stop.AsSpan((int)(0.48 * Rate), Rate / 30)));
    }

    [Fact]
    public void Whisper_HasNoPitch_AndRestsAreSilent()
    {
        var whisper = Sing(new Singer(Register.Low, Delivery.Whispered, false, false), (Phone.Aa, 48, 1.0));
        var fundamental = 440 * Math.Pow(2, (48 - 69) / 12.0);

        Assert.True(SketchPlans.Rms(whisper) > 0.005);
        Assert.InRange(Comb(whisper, 0) / Comb(whisper, 0.5), 0.4, 2.5);
        Assert.True(Comb(Sing(Singer.Default with { Register = Register.Low }, (Phone.Aa, 48, 1.0)), 0) > 10 * Comb(Sing(Singer.Default with { Register = Register.Low }, (Phone.Aa, 48, 1.0)), 0.5));
        Assert.True(SketchPlans.Rms(whisper.AsSpan((int)(1.3 * Rate))) < 1e-5);

        double Comb(float[] sound, double shift) =>
            Enumerable.Range(3, 12).Sum(harmonic => Level(sound.AsSpan(Rate / 4, Rate / 2), (harmonic + shift) * fundamental));
    }

    [Fact]
    public void Voice_ThatSetsInAnywhere_GoesOnAsTheOneFromTheStart()
    {
        var vocals = VocalsOf(Singer.Default, (Phone.Aa, 60, 1.0), (Phone.Iy, 64, 1.0));
        var whole = new float[2 * Rate];
        var late = new float[Rate];
        new SingingVoice(vocals, new VoiceCharacter(0, 0, 1), 1).Sing(0, whole);
        new SingingVoice(vocals, new VoiceCharacter(0, 0, 1), 1).Sing(Rate, late);

        var (one, other) = (SketchPlans.Rms(whole.AsSpan(Rate + (Rate / 4), Rate / 2)), SketchPlans.Rms(late.AsSpan(Rate / 4, Rate / 2)));
        Assert.InRange(SketchPlans.Decibels(one / other), -1, 1);
    }

    [Fact]
    public void Voice_OfTheSameSeed_IsTheSameBitForBit_InBlocksOfAnySize()
    {
        var vocals = VocalsOf(Singer.Default, (Phone.S, 60, 0.1), (Phone.Aa, 60, 0.5), (Phone.Breath, 60, 0.2), (Phone.Iy, 64, 0.5));
        var whole = new float[Rate];
        var inBlocks = new float[Rate];
        new SingingVoice(vocals, new VoiceCharacter(0, 0, 1), 1).Sing(0, whole);
        var voice = new SingingVoice(vocals, new VoiceCharacter(0, 0, 1), 1);
        for (var at = 0; at < Rate; at += 97)
        {
            voice.Sing(at, inBlocks.AsSpan(at, Math.Min(97, Rate - at)));
        }

        Assert.Equal(whole, inBlocks);
    }

    [Fact]
    public void Blocks_AreSungWithoutAllocating()
    {
        var vocals = VocalsOf(Singer.Default, (Phone.S, 60, 0.1), (Phone.Aa, 60, 1.5)) with { Doubled = [(0, 10 * Rate)] };
        var vocalist = new Vocalist(vocals, 1);
        var (left, right) = (new float[256], new float[256]);
        vocalist.Sing(0, left, right);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var block = 1; block < 200; block++)
        {
            vocalist.Sing(block * 256, left, right);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(SketchPlans.Rms(left) > 0.001);
    }

    private static Vocals VocalsOf(Singer singer, params (Phone Phone, int Pitch, double Seconds)[] line)
    {
        var phones = new List<SungPhone>();
        var at = 0L;
        foreach (var (phone, pitch, seconds) in line)
        {
            var length = (int)(seconds * Rate);
            phones.Add(new SungPhone(at, length, phone, pitch, 0.8f, length, phone.IsVowel()));
            at += length;
        }

        return Vocals.None with { Singer = singer, Phones = [.. phones] };
    }

    private static float[] Sing(Singer singer, params (Phone Phone, int Pitch, double Seconds)[] line)
    {
        var vocals = VocalsOf(singer, line);
        var sound = new float[(int)((line.Sum(phone => phone.Seconds) + 0.5) * Rate)];
        new SingingVoice(vocals, new VoiceCharacter(0, 0, 1), 1).Sing(0, sound);
        return sound;
    }

    private static float[] Mono(float[] interleaved) => [.. Enumerable.Range(0, interleaved.Length / 2).Select(frame => interleaved[2 * frame] + interleaved[(2 * frame) + 1])];

    /// <summary>The mean distance from a pitch, cents, by the peak of the autocorrelation over windows of 60 ms.</summary>
    private static double CentsOff(ReadOnlySpan<float> sound, int pitch)
    {
        const int window = Rate * 6 / 100;
        var period = Rate / (440 * Math.Pow(2, (pitch - 69) / 12.0));
        var found = new List<double>();
        for (var start = 0; start + (3 * window / 2) + (4 * period) < sound.Length; start += window / 4)
        {
            // Over four periods: four times as fine.
            var part = sound[start..];
            var (from, to) = ((int)(4 * period * 0.95), (int)(4 * period * 1.05));
            var correlations = Enumerable.Range(from - 1, to - from + 3).ToDictionary(lag => lag, _ => 0.0);
            foreach (var lag in correlations.Keys.ToList())
            {
                var (product, energy) = (0.0, 0.0);
                for (var index = 0; index < window; index++)
                {
                    product += part[index] * part[index + lag];
                    energy += part[index + lag] * part[index + lag];
                }

                correlations[lag] = product / Math.Sqrt(energy + 1e-12);
            }

            var best = Enumerable.Range(from, to - from + 1).MaxBy(lag => correlations[lag]);
            var (before, at, after) = (correlations[best - 1], correlations[best], correlations[best + 1]);
            var exact = best + (0.5 * (before - after) / (before - (2 * at) + after));
            found.Add(1200 * Math.Log2(4 * period / exact));
        }

        return found.Average();
    }

    private static double Level(ReadOnlySpan<float> sound, double frequency)
    {
        var (real, imaginary) = (0.0, 0.0);
        for (var index = 0; index < sound.Length; index++)
        {
            var window = 0.5 - (0.5 * Math.Cos(Math.Tau * index / sound.Length));
            var (sine, cosine) = Math.SinCos(Math.Tau * frequency * index / Rate);
            real += window * sound[index] * cosine;
            imaginary += window * sound[index] * sine;
        }

        return Math.Sqrt((real * real) + (imaginary * imaginary));
    }

    private static double Band(ReadOnlySpan<float> sound, double from, double to, double step = 20)
    {
        var sum = 0.0;
        for (var frequency = from; frequency < to; frequency += step)
        {
            var level = Level(sound, frequency);
            sum += level * level;
        }

        return sum / (to - from);
    }

    // Third differences: 18 dB an octave towards the top.
    private static float[] HighBand(float[] sound)
    {
        var high = (float[])sound.Clone();
        for (var round = 0; round < 3; round++)
        {
            high = [.. high.Select((sample, at) => at == 0 ? 0 : sample - high[at - 1])];
        }

        return high;
    }
}
