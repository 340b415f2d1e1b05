using MusicRender.Engine.Audio;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Pushes other channels down with each kick, as a side-chained compressor would.</summary>
internal sealed class Ducker(double depth)
{
    private const int Attack = PcmFormat.SampleRate * 4 / 1000;
    private const int Return = PcmFormat.SampleRate * 210 / 1000;

    private int _since = int.MaxValue / 2;
    private float _from = 1;
    private float _gain = 1;

    /// <summary>Fills the block with the gain of its frames.</summary>
    /// <param name="gains">To be filled.</param>
    /// <param name="kick">The frame of the block in which a kick falls, or −1.</param>
    public void Process(Span<float> gains, int kick)
    {
        if (kick < 0 && _since >= Attack + Return)
        {
            gains.Fill(1);
            _gain = 1;
            return;
        }

        var bottom = 1 - (float)depth;
        for (var index = 0; index < gains.Length; index++)
        {
            if (index == kick)
            {
                _since = 0;
                _from = _gain;
            }

            if (_since < Attack)
            {
                _gain = _from + ((bottom - _from) * _since / Attack);
            }
            else if (_since < Attack + Return)
            {
                var share = (_since - Attack) / (float)Return;
                _gain = bottom + ((1 - bottom) * share * share * (3 - (2 * share)));
            }
            else
            {
                _gain = 1;
            }

            _since = Math.Min(_since + 1, int.MaxValue / 2);
            gains[index] = _gain;
        }
    }
}
