using System.Numerics.Tensors;
using MusicRender.Engine.Generators.Sketch.Arranging.Singing;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>
/// The voice's channel: one voice in the middle, and where lines are doubled two more at the sides, a little late and out of
/// tune. The doubles only sing where they are heard.
/// </summary>
internal sealed class Vocalist
{
    private const int FadeFrames = 2_048;
    private const float Middle = 0.7071f;

    private static readonly (VoiceCharacter Character, float Left, float Right)[] Doubles =
    [
        (new VoiceCharacter(-7, 17, 0.965f), 0.3f, 0.09f),
        (new VoiceCharacter(8, 26, 1.03f), 0.09f, 0.3f),
    ];

    private static readonly (VoiceCharacter Character, float Left, float Right)[] Choir =
    [
        (new VoiceCharacter(-9, 21, 0.94f), 0.42f, 0.1f),
        (new VoiceCharacter(10, 34, 1.05f), 0.1f, 0.42f),
        (new VoiceCharacter(-4, 46, 1.09f), 0.34f, 0.2f),
        (new VoiceCharacter(5, 29, 0.97f), 0.2f, 0.34f),
    ];

    private readonly Vocals _vocals;
    private readonly SingingVoice? _lead;
    private readonly (SingingVoice Voice, float Left, float Right)[] _doubles;
    private readonly float[] _scratch = new float[Mixer.BlockFrames];

    /// <summary>The singers of a song.</summary>
    public Vocalist(Vocals vocals, int seed)
    {
        _vocals = vocals;
        _lead = vocals.Phones.Length > 0 ? new SingingVoice(vocals, new VoiceCharacter(0, 0, 1), seed) : null;
        _doubles = vocals.Doubled.Length == 0
            ? []
            : [.. (vocals.Singer.IsChoir ? Choir : Doubles).Select((row, index) => (new SingingVoice(vocals, row.Character, seed + 101 + index), row.Left, row.Right))];
    }

    /// <summary>Adds the next frames of the song.</summary>
    /// <returns>False when nobody sang.</returns>
    public bool Sing(long frame, Span<float> left, Span<float> right)
    {
        if (_lead is null)
        {
            return false;
        }

        var sound = _scratch.AsSpan(0, left.Length);
        _lead.Sing(frame, sound);
        var isHeard = !_lead.IsSilent;
        if (isHeard)
        {
            TensorPrimitives.MultiplyAdd(sound, Middle, left, left);
            TensorPrimitives.MultiplyAdd(sound, Middle, right, right);
        }

        var (from, to) = (DoublingAt(frame), DoublingAt(frame + left.Length));
        if (from == 0 && to == 0)
        {
            return isHeard;
        }

        foreach (var (voice, toLeft, toRight) in _doubles)
        {
            voice.Sing(frame, sound);
            if (voice.IsSilent)
            {
                continue;
            }

            isHeard = true;
            for (var index = 0; index < sound.Length; index++)
            {
                sound[index] *= from + ((to - from) * index / sound.Length);
            }

            TensorPrimitives.MultiplyAdd(sound, toLeft, left, left);
            TensorPrimitives.MultiplyAdd(sound, toRight, right, right);
        }

        return isHeard;
    }

    // Fades over the section's border, so that nothing clicks where it meets another.
    private float DoublingAt(long frame)
    {
        foreach (var (start, end) in _vocals.Doubled)
        {
            if (frame >= start && frame < end)
            {
                return Math.Min(1, Math.Min(frame - start, end - frame) / (float)FadeFrames);
            }
        }

        return 0;
    }
}
