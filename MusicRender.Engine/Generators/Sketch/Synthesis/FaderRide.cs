using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>
/// The hand on the faders while a song is played: the sections' levels, and a correction of the song's gain by what has been
/// heard so far, so small and slow that nobody notices. At the end of a loop the correction is gone again: it must be as loud
/// there as at its start.
/// </summary>
internal sealed class FaderRide
{
    private const double TargetLufs = -14;
    private const double MostDecibels = 2;
    private const double DecibelsASecond = 0.25;
    private const int RampFrames = 1_024;
    private const int StepsAnInterval = 10;
    private const double StepDecibels = DecibelsASecond * StepsAnInterval * LoudnessMeter.StepFrames / PcmFormat.SampleRate;

    private readonly Score _score;
    private readonly SongLevels _levels;
    private readonly LoudnessSteps _heard;
    private readonly double[] _all;
    private int _section;
    private int _ridden;
    private double _decibels;
    private float _gain;

    /// <summary>The ride of a song.</summary>
    public FaderRide(Score score, SongLevels levels)
    {
        _score = score;
        _levels = levels;
        _heard = new LoudnessSteps(score.Frames);
        _all = new double[levels.Expected.Length];
        _gain = levels.Gain;
    }

    /// <summary>Fills a block with the gains of its frames.</summary>
    /// <param name="frame">The block's first frame in the song; negative in what is played before a loop.</param>
    /// <param name="gains">To be filled.</param>
    public void Fill(long frame, Span<float> gains)
    {
        var place = frame < 0 ? frame + _score.Frames : frame >= _score.Frames ? frame - _score.Frames : frame;
        var sections = _score.Sections;
        _section = place < sections[_section].Start ? 0 : _section;
        while (_section + 1 < sections.Count && sections[_section].End <= place)
        {
            _section++;
        }

        // Ready when the next section begins.
        var next = _section + 1 < sections.Count ? _section + 1 : _score.Ending == Ending.Loop ? 0 : _section;
        var target = _levels.Gain * (float)Math.Pow(10, _decibels / 20);
        var here = _levels.Sections[_section];
        var there = _levels.Sections[next];
        var untilNext = sections[_section].End - place;
        var step = (target - _gain) / gains.Length;
        if (untilNext - gains.Length >= RampFrames)
        {
            Ramp.Fill(gains, (_gain + step) * here, step * here);
            _gain = target;
            return;
        }

        for (var index = 0; index < gains.Length; index++)
        {
            var share = Math.Clamp((RampFrames - (untilNext - index)) / (float)RampFrames, 0, 1);
            _gain += step;
            gains[index] = _gain * (here + (share * (there - here)));
        }

        _gain = target;
    }

    /// <summary>Listens to the finished song.</summary>
    public void Listen(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        _heard.Add(left, right);
        if (_heard.Count >= _ridden + StepsAnInterval && _heard.Count < _all.Length)
        {
            _ridden = _heard.Count;
            Ride();
        }
    }

    // What has been heard stays; what is to come must make up for it, and is expected to differ from the forecast as that did.
    private void Ride()
    {
        var (heard, expected) = (1e-12, 1e-12);
        var count = _heard.Count;
        var applied = Math.Pow(10, _decibels / 10);
        _heard.Steps.CopyTo(_all);
        var lately = Math.Max(0, count - 200);
        for (var step = lately; step < count; step++)
        {
            heard += _heard.Steps[step];
            expected += _levels.Expected[step];
        }

        var usual = (double)_levels.Gain * _levels.Gain * applied;
        var factor = Math.Clamp(heard / expected, 0.5 * usual, 2 * usual);
        for (var step = count; step < _all.Length; step++)
        {
            _all[step] = _levels.Expected[step] * factor;
        }

        var missing = TargetLufs - LoudnessMeter.Integrated(_all);
        var rest = (double)(_all.Length - count) / _all.Length;
        var wanted = Math.Clamp(_decibels + (missing / Math.Max(0.15, rest)), -MostDecibels, MostDecibels);
        if (_score.Ending == Ending.Loop)
        {
            var way = StepDecibels * Math.Max(0, ((_all.Length - count) / StepsAnInterval) - 1);
            wanted = Math.Clamp(wanted, -way, way);
        }

        _decibels += Math.Clamp(wanted - _decibels, -StepDecibels, StepDecibels);
    }
}
