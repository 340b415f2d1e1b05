using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Plays the noises under the music: the dust of a record, rain.</summary>
internal sealed class TexturePlayer(int seed)
{
    private SeededRandom _random = new(seed, "texture");
    private float _low;
    private float _left;
    private float _right;
    private float _click;
    private float _clickPan;
    private float _level;

    /// <summary>Adds a block of a texture; changes of texture fade over some blocks.</summary>
    public void Process(Texture texture, Span<float> left, Span<float> right)
    {
        var target = texture switch { Texture.None => 0f, Texture.Vinyl => 1f, _ => 1f };
        if (target == 0 && _level < 0.001f)
        {
            return;
        }

        for (var index = 0; index < left.Length; index++)
        {
            _level += 0.0001f * (target - _level);
            if (texture == Texture.Rain)
            {
                Rain(ref left[index], ref right[index]);
            }
            else
            {
                Vinyl(ref left[index], ref right[index]);
            }
        }
    }

    private void Vinyl(ref float left, ref float right)
    {
        // About nine clicks a second over a soft hiss.
        var bits = _random.NextBits();
        if (bits % 4900 == 0)
        {
            _click = 0.05f + (0.16f * ((bits >> 40) & 0xFF) / 255f);
            _clickPan = ((bits >> 50) & 0xFF) / 255f;
        }

        var noise = (int)bits * (1f / 2147483648f);
        _low += 0.12f * (noise - _low);
        var dust = 0.014f * _low;
        var click = _click * noise;
        _click *= 0.93f;
        left += _level * (dust + (click * _clickPan));
        right += _level * (dust + (click * (1 - _clickPan)));
    }

    private void Rain(ref float left, ref float right)
    {
        _left += 0.35f * (_random.Bipolar() - _left);
        _right += 0.35f * (_random.Bipolar() - _right);
        _low += 0.002f * (_left - _low);
        left += _level * 0.035f * (_left - _low);
        right += _level * 0.035f * (_right - _low);
    }
}
