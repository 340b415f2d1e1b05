using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis;

/// <summary>Plays the noises under the music: the dust and hum of a record, rain with its drops.</summary>
internal sealed class TexturePlayer(int seed)
{
    private const float FadeShare = 0.0001f;

    private SeededRandom _random = new(seed, "texture");
    private Pink _middle;
    private Pink _left;
    private Pink _right;
    private float _click;
    private float _clickPan;
    private float _drop;
    private float _dropPhase;
    private float _dropStep;
    private float _dropPan;
    private float _level;

    /// <summary>Adds a block of a texture; changes of texture fade over some blocks.</summary>
    /// <returns>False when there was nothing to add.</returns>
    public bool Process(Texture texture, Span<float> left, Span<float> right)
    {
        var target = texture == Texture.None ? 0f : 1f;
        if (target == 0 && _level < 0.001f)
        {
            return false;
        }

        for (var index = 0; index < left.Length; index++)
        {
            _level += FadeShare * (target - _level);
            if (texture == Texture.Rain)
            {
                Rain(ref left[index], ref right[index]);
            }
            else
            {
                Vinyl(ref left[index], ref right[index]);
            }
        }

        return true;
    }

    private void Vinyl(ref float left, ref float right)
    {
        // About nine clicks a second, few of them loud, over a soft hiss.
        var bits = _random.NextBits();
        if (bits % 4900 == 0)
        {
            var size = ((bits >> 40) & 0xFF) / 255f;
            _click = 0.04f + (0.22f * size * size * size);
            _clickPan = 0.25f + (0.5f * ((bits >> 50) & 0xFF) / 255f);
        }

        var noise = (int)bits * (1f / 2147483648f);
        var dust = 0.011f * _middle.Next(noise);
        var click = _click * noise;
        _click *= 0.92f;
        left += _level * (dust + (click * _clickPan));
        right += _level * (dust + (click * (1 - _clickPan)));
    }

    private void Rain(ref float left, ref float right)
    {
        var bits = _random.NextBits();
        if (bits % 1300 == 0 && _drop < 0.01f)
        {
            // A drop that falls into a puddle rings for a moment, higher and higher.
            var size = ((bits >> 40) & 0xFF) / 255f;
            _drop = 0.02f + (0.06f * size * size);
            _dropPhase = 0;
            _dropStep = (900 + (2_600 * (((bits >> 50) & 0xFF) / 255f))) / 44_100;
            _dropPan = 0.1f + (0.8f * ((bits >> 32) & 0xFF) / 255f);
        }

        var drop = 0f;
        if (_drop > 1e-5f)
        {
            drop = _drop * MathF.Sin(2 * MathF.PI * _dropPhase);
            _dropPhase += _dropStep;
            _dropStep *= 1.0003f;
            _drop *= 0.9965f;
        }

        var middle = 0.4f * _middle.Next((int)bits * (1f / 2147483648f));
        left += _level * ((0.03f * (_left.Next(_random.Bipolar()) + middle)) + (drop * (1 - _dropPan)));
        right += _level * ((0.03f * (_right.Next(_random.Bipolar()) + middle)) + (drop * _dropPan));
    }

    /// <summary>Pink noise of white (Kellet's three poles).</summary>
    private struct Pink
    {
        private float _slow;
        private float _middle;
        private float _fast;

        public float Next(float white)
        {
            _slow = (0.99765f * _slow) + (0.0990460f * white);
            _middle = (0.96300f * _middle) + (0.2965164f * white);
            _fast = (0.57000f * _fast) + (1.0526913f * white);
            return 0.6f * (_slow + _middle + _fast + (0.1848f * white));
        }
    }
}
