using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// The drums, each a few lines of physics: membranes are falling sines, snares rattle with filtered noise, cymbals are
/// clouds of inharmonic squares. Each gives one stroke at full strength, peak 1.
/// </summary>
internal static class DrumModels
{
    // Partials of struck metal have no common fundamental; these are the six of a well known drum machine's cymbals, Hz.
    private static readonly double[] MetalPartials = [263, 400, 421, 474, 587, 845];

    /// <summary>A membrane: a sine that falls from one frequency to another.</summary>
    /// <param name="from">Hz at the stroke.</param>
    /// <param name="to">Hz afterwards.</param>
    /// <param name="fall">Seconds of two thirds of the fall.</param>
    /// <param name="decay">Seconds of two thirds of the decay.</param>
    /// <param name="click">Level of the beater's click, 0–1.</param>
    /// <param name="drive">Overdrive, 1 and up.</param>
    public static float[] Membrane(double from, double to, double fall, double decay, double click, float drive)
    {
        var samples = Silence(decay * 6);
        var random = new SeededRandom(11);
        var high = new StateFilter(3_200, 0.8);
        var phase = 0.0;
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            phase += (to + ((from - to) * Math.Exp(-t / fall))) / PcmFormat.SampleRate;
            var body = Math.Sin(2 * Math.PI * phase) * Math.Exp(-t / decay) * Math.Min(1, t / 0.0006);
            samples[index] = (float)(body + (click * high.High(random.Bipolar()) * Math.Exp(-t / 0.0035)));
        }

        Saturation.Apply(samples, drive);
        return Finished(samples);
    }

    /// <summary>A snare: two modes of the head and the rattle of the wires.</summary>
    /// <param name="pitch">Hz of the lower mode.</param>
    /// <param name="toneDecay">Seconds of two thirds of the head's decay.</param>
    /// <param name="noiseDecay">Seconds of two thirds of the rattle's decay.</param>
    /// <param name="noise">Level of the rattle beside the head.</param>
    /// <param name="brightness">Hz of the rattle's centre.</param>
    public static float[] Snare(double pitch, double toneDecay, double noiseDecay, double noise, double brightness)
    {
        var samples = Silence(Math.Max(toneDecay, noiseDecay) * 6);
        var random = new SeededRandom(23);
        var band = new StateFilter(brightness, 0.6);
        var low = new StateFilter(9_500, 0.7);
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            var bend = 1 + (0.35 * Math.Exp(-t / 0.012));
            var head = (Math.Sin(2 * Math.PI * pitch * bend * t) + (0.5 * Math.Sin(2 * Math.PI * pitch * 1.78 * bend * t))) * Math.Exp(-t / toneDecay);
            var rattle = low.Low(band.Band(random.Bipolar())) * noise * Math.Exp(-t / noiseDecay);
            samples[index] = (float)(((0.7 * head) + (1.6 * rattle)) * Math.Min(1, t / 0.0004));
        }

        Saturation.Apply(samples, 1.6f);
        return Finished(samples);
    }

    /// <summary>Several hands that clap within 30 ms, and the room behind them.</summary>
    public static float[] Clap(double decay)
    {
        var samples = Silence(0.03 + (decay * 6));
        var random = new SeededRandom(37);
        var band = new StateFilter(1_250, 1.1);
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            var hands = t < 0.03 ? Math.Exp(-(t % 0.0105) / 0.0035) : Math.Exp(-(t - 0.03) / decay) * 0.8;
            samples[index] = (float)(band.Band(random.Bipolar()) * hands);
        }

        return Finished(samples);
    }

    /// <summary>Struck metal: hats, rides, crashes: a crowd of modes that have nothing to do with each other, the higher the shorter, in a hiss.</summary>
    /// <param name="decay">Seconds of two thirds of the decay.</param>
    /// <param name="cutoff">Hz under which little remains.</param>
    /// <param name="metal">Level of the modes beside the hiss, 0–1.</param>
    /// <param name="pitch">Factor on the modes.</param>
    /// <param name="ping">Level of a bell tone, 0–1.</param>
    public static float[] Cymbal(double decay, double cutoff, double metal, double pitch, double ping)
    {
        var samples = Silence(Math.Min(2.6, decay * 5.5));
        var random = new SeededRandom(41);
        var high = new StateFilter(cutoff, 0.8);
        var steep = new StateFilter(cutoff * 0.8, 0.7);
        var soft = new StateFilter(14_000, 0.7);
        var modes = AddModes(samples, decay, cutoff, pitch, ref random);
        var (bell, bellFall) = (0.0, Math.Exp(-1 / (decay * 0.5 * PcmFormat.SampleRate)));
        var bellLevel = 0.4 * ping;
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            var strike = Math.Exp(-t / (decay * 0.75)) + (0.6 * Math.Exp(-t / 0.005));
            var hiss = (1 - metal) * random.Bipolar() * strike;
            var tone = soft.Low(high.High(steep.High((float)((metal * samples[index] / modes) + hiss))));
            bell = bellLevel * Math.Sin(2 * Math.PI * 3_340 * pitch * t);
            bellLevel *= bellFall;
            samples[index] = (tone + (float)bell) * (float)Math.Min(1, t / 0.0004);
        }

        return Finished(samples);
    }

    // Adds the modes and gives how loud they are together.
    private static double AddModes(float[] samples, double decay, double cutoff, double pitch, ref SeededRandom random)
    {
        const int count = 44;
        for (var mode = 0; mode < count; mode++)
        {
            var hertz = Math.Min(16_500, MetalPartials[mode % MetalPartials.Length] * pitch * (1 + (mode / MetalPartials.Length * 2.37)) * (0.97 + (0.06 * random.Unit())));
            hertz = hertz < cutoff * 0.6 ? (cutoff * 0.6) + hertz : hertz;
            var fall = Math.Exp(-1 / (decay * (0.5 + random.Unit()) * Math.Sqrt(6_000 / hertz) * PcmFormat.SampleRate));
            var (factor, square) = (2 * Math.Cos(2 * Math.PI * hertz / PcmFormat.SampleRate) * fall, fall * fall);
            var (before, now) = (0.0, Math.Sin(2 * Math.PI * hertz / PcmFormat.SampleRate) * (0.4 + random.Unit()));
            for (var index = 0; index < samples.Length; index++)
            {
                samples[index] += (float)now;
                (before, now) = (now, (factor * now) - (square * before));
            }
        }

        return 0.35 * Math.Sqrt(count);
    }

    /// <summary>Grains in a shell.</summary>
    public static float[] Shaker()
    {
        var samples = Silence(0.14);
        var random = new SeededRandom(53);
        var band = new StateFilter(6_800, 0.9);
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            samples[index] = (float)(band.Band(random.Bipolar()) * Math.Min(1, t / 0.016) * Math.Exp(-Math.Max(0, t - 0.016) / 0.022));
        }

        return Finished(samples);
    }

    /// <summary>A stick on the rim.</summary>
    public static float[] Rim()
    {
        var samples = Silence(0.09);
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            samples[index] = (float)((Math.Sin(2 * Math.PI * 1_720 * t) + (0.6 * Math.Sin(2 * Math.PI * 540 * t))) * Math.Exp(-t / 0.011) * Math.Min(1, t / 0.0004));
        }

        return Finished(samples);
    }

    /// <summary>Jingles that hang loose: several strokes of small metal.</summary>
    public static float[] Tambourine()
    {
        var samples = Silence(0.3);
        var random = new SeededRandom(67);
        var band = new StateFilter(8_600, 1.6);
        var low = new StateFilter(5_200, 1.4);
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            var jingles = Math.Exp(-t / 0.05) + (t > 0.018 ? 0.7 * Math.Exp(-(t - 0.018) / 0.04) : 0);
            var noise = random.Bipolar();
            samples[index] = (float)((band.Band(noise) + (0.4 * low.Band(noise))) * jingles * Math.Min(1, t / 0.001));
        }

        return Finished(samples);
    }

    /// <summary>Two squares a little more than a fifth apart, through a narrow filter.</summary>
    public static float[] Cowbell()
    {
        var samples = Silence(0.5);
        var band = new StateFilter(900, 1.6);
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            var tone = 0.0;
            for (var harmonic = 1; harmonic <= 9; harmonic += 2)
            {
                tone += (Math.Sin(2 * Math.PI * 562 * harmonic * t) + Math.Sin(2 * Math.PI * 845 * harmonic * t)) / harmonic;
            }

            samples[index] = (float)(band.Band((float)tone) * ((0.7 * Math.Exp(-t / 0.012)) + (0.5 * Math.Exp(-t / 0.09))) * Math.Min(1, t / 0.0005));
        }

        return Finished(samples);
    }

    /// <summary>A skin that is struck by the hand: a short tone with a slap.</summary>
    /// <param name="pitch">Hz.</param>
    /// <param name="decay">Seconds of two thirds of the decay.</param>
    public static float[] Conga(double pitch, double decay)
    {
        var samples = Silence(decay * 6);
        var random = new SeededRandom(73);
        var slap = new StateFilter(1_700, 1.2);
        var phase = 0.0;
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            phase += pitch * (1 + (0.12 * Math.Exp(-t / 0.012))) / PcmFormat.SampleRate;
            var skin = (Math.Sin(2 * Math.PI * phase) * Math.Exp(-t / decay)) + (0.35 * Math.Sin(2 * Math.PI * phase * 1.59) * Math.Exp(-t / (decay * 0.4)));
            samples[index] = (float)((skin + (0.8 * slap.Band(random.Bipolar()) * Math.Exp(-t / 0.006))) * Math.Min(1, t / 0.0006));
        }

        return Finished(samples);
    }

    /// <summary>A boom from far away: a very low tone that sinks, and the air that it moves.</summary>
    public static float[] Impact()
    {
        var samples = Silence(2.4);
        var random = new SeededRandom(79);
        var low = new StateFilter(260, 0.7);
        var crack = new StateFilter(1_400, 0.7);
        var phase = 0.0;
        for (var index = 0; index < samples.Length; index++)
        {
            var t = Seconds(index);
            phase += (36 + (54 * Math.Exp(-t / 0.09))) / PcmFormat.SampleRate;
            var noise = random.Bipolar();
            var boom = Math.Sin(2 * Math.PI * phase) * Math.Exp(-t / 0.55) * Math.Min(1, t / 0.002);
            samples[index] = (float)(boom + (1.4 * low.Low(noise) * Math.Exp(-t / 0.35)) + (0.5 * crack.Low(noise) * Math.Exp(-t / 0.05)));
        }

        Saturation.Apply(samples, 1.8f);
        return Finished(samples);
    }

    /// <summary>The noise channel of a game console: a register of bits, read at a rate.</summary>
    /// <param name="rate">Bits a second.</param>
    /// <param name="decay">Seconds of two thirds of the decay, in steps as the console has them.</param>
    public static float[] Static(double rate, double decay)
    {
        var samples = Silence(decay * 5);
        var register = 1;
        var clock = 0.0;
        for (var index = 0; index < samples.Length; index++)
        {
            clock += rate / PcmFormat.SampleRate;
            for (; clock >= 1; clock--)
            {
                register = (register >> 1) | (((register ^ (register >> 1)) & 1) << 14);
            }

            var level = Math.Round(15 * Math.Exp(-Seconds(index) / decay)) / 15;
            samples[index] = (float)(((register & 1) == 0 ? level : -level) * Math.Min(1, Seconds(index) / 0.0003));
        }

        return Finished(samples);
    }

    /// <summary>Noise that rises in loudness and colour and breaks off.</summary>
    /// <param name="seconds">From silence to the end.</param>
    public static float[] Riser(double seconds)
    {
        var samples = Silence(seconds);
        var random = new SeededRandom(61);
        var (upper, lower) = (0f, 0f);
        for (var index = 0; index < samples.Length; index++)
        {
            var share = (double)index / samples.Length;
            var centre = 300 * Math.Pow(24, share);
            upper += (float)(1 - Math.Exp(-2 * Math.PI * centre * 1.6 / PcmFormat.SampleRate)) * (random.Bipolar() - upper);
            lower += (float)(1 - Math.Exp(-2 * Math.PI * centre * 0.6 / PcmFormat.SampleRate)) * (upper - lower);
            samples[index] = (upper - lower) * (float)(share * share);
        }

        return Finished(samples);
    }

    /// <summary>The same stroke through a dark filter, as from an old tape.</summary>
    public static float[] Dulled(float[] samples, double cutoff)
    {
        var low = new StateFilter(cutoff, 0.7);
        return Finished([.. samples.Select(low.Low)]);
    }

    private static float[] Silence(double seconds) => new float[(int)(seconds * PcmFormat.SampleRate)];

    private static double Seconds(int index) => (double)index / PcmFormat.SampleRate;

    // Peak 1, and an end that is silent.
    private static float[] Finished(float[] samples)
    {
        var peak = 1e-9f;
        foreach (var sample in samples)
        {
            peak = Math.Max(peak, Math.Abs(sample));
        }

        var tail = Math.Min(samples.Length, 400);
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] *= Math.Min(1, (samples.Length - 1 - index) / (float)tail) / peak;
        }

        return samples;
    }
}
