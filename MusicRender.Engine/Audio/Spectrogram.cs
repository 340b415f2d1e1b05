namespace MusicRender.Engine.Audio;

/// <summary>
/// Gathers what a track sounds like over time, from PCM as it passes: columns are times, rows are pitches from
/// <see cref="HighestHz"/> at the top to <see cref="LowestHz"/> at the bottom, as many rows to each octave.
/// </summary>
public sealed class Spectrogram
{
    /// <summary>Rows.</summary>
    public const int Height = 192;

    /// <summary>The lowest row, Hz.</summary>
    public const double LowestHz = 40;

    /// <summary>The highest row, Hz.</summary>
    public const double HighestHz = 18_000;

    /// <summary>Columns of the longest tracks.</summary>
    public const int MaxWidth = 4_000;

    /// <summary>Steps from silence to full.</summary>
    public const int Levels = 64;

    private const int MinWidth = 400;
    private const int MillisecondsPerColumn = 40;
    private const int BlockFrames = 4_096;
    private const int HopFrames = 1_024;

    // Music has less power the higher the pitch: so much is given back for each octave, as ears do.
    private const double TiltDb = 3;
    private const double SilenceDb = -82;
    private const double FullDb = -10;

    private readonly FourierTransform _transform = new(BlockFrames);
    private readonly float[] _block = new float[BlockFrames];
    private readonly float[] _power = new float[BlockFrames / 2];
    private readonly float[] _columns;
    private readonly Row[] _rows = [.. Enumerable.Range(0, Height).Select(RowOf)];
    private readonly long _frames;
    private long _seen;
    private int _filled = BlockFrames / 2;

    /// <summary>Starts one for a track of so many frames, at least 1.</summary>
    public Spectrogram(long frames)
    {
        _frames = Math.Max(1, frames);
        Width = (int)Math.Clamp(PcmFormat.MillisecondsOf(_frames) / MillisecondsPerColumn, MinWidth, MaxWidth);
        _columns = new float[Width * Height];
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Takes the next block of sound: interleaved stereo.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i + 1 < samples.Length; i += PcmFormat.Channels)
        {
            Add((samples[i] + samples[i + 1]) / 2);
        }
    }

    /// <summary>The picture: a level for each point, row by row from the top. Call it after the last block.</summary>
    public byte[] ToLevels()
    {
        // The last blocks reach over the end: silence follows.
        for (var rest = BlockFrames; rest > 0 && _seen < _frames; rest--)
        {
            Add(0);
        }

        var levels = new byte[Width * Height];
        for (var row = 0; row < Height; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                // A column of a short track may have seen no block of its own.
                var power = Math.Max(_columns[(column * Height) + row], 1e-12f);
                var db = (10 * Math.Log10(power)) + _rows[row].TiltDb;
                levels[(row * Width) + column] = (byte)Math.Clamp((db - SilenceDb) / (FullDb - SilenceDb) * Levels, 0, Levels - 1);
            }
        }

        return levels;
    }

    private static Row RowOf(int row)
    {
        var octaves = Math.Log2(HighestHz / LowestHz);
        var bin = Hz(row + 0.5) / PcmFormat.SampleRate * BlockFrames;
        var (low, high) = (Hz(row + 1) / PcmFormat.SampleRate * BlockFrames, Hz(row) / PcmFormat.SampleRate * BlockFrames);
        return new Row((int)bin, (float)(bin - (int)bin), (int)Math.Ceiling(low), (int)Math.Ceiling(high), TiltDb * Math.Log2(Hz(row) / 1_000));

        double Hz(double at) => LowestHz * Math.Pow(2, octaves * (1 - (at / Height)));
    }

    private void Add(float sample)
    {
        _block[_filled++] = sample;
        _seen++;
        if (_filled == BlockFrames)
        {
            _transform.Power(_block, _power);
            Draw();
            Array.Copy(_block, HopFrames, _block, 0, BlockFrames - HopFrames);
            _filled = BlockFrames - HopFrames;
        }
    }

    /// <summary>Enters a block's powers into the columns whose time is nearest to its middle.</summary>
    private void Draw()
    {
        var middle = Math.Max(0, _seen - (BlockFrames / 2));
        var first = (int)Math.Clamp(middle * Width / _frames, 0, Width - 1);
        var last = (int)Math.Clamp(((middle + HopFrames) * Width / _frames) - 1, first, Width - 1);
        for (var row = 0; row < Height; row++)
        {
            var power = _rows[row].Of(_power);
            for (var column = first; column <= last; column++)
            {
                ref var point = ref _columns[(column * Height) + row];
                point = Math.Max(point, power);
            }
        }
    }

    /// <summary>Where a row reads its power: low ones between two bins, high ones the loudest of several.</summary>
    private readonly record struct Row(int Bin, float Between, int Low, int High, double TiltDb)
    {
        public float Of(ReadOnlySpan<float> power)
        {
            if (High - Low < 2)
            {
                return (power[Bin] * (1 - Between)) + (power[Bin + 1] * Between);
            }

            var most = 0f;
            foreach (var bin in power[Low..High])
            {
                most = Math.Max(most, bin);
            }

            return most;
        }
    }
}
