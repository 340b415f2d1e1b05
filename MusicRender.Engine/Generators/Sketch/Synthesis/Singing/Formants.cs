using MusicRender.Engine.Generators.Sketch.Arranging.Singing;
using MusicRender.Engine.Generators.Sketch.Reading;

namespace MusicRender.Engine.Generators.Sketch.Synthesis.Singing;

/// <summary>What throat, mouth and lips do for a sound.</summary>
/// <param name="F1">First formant, Hz; 0 for sounds that take on what follows.</param>
/// <param name="F2">Second formant, Hz.</param>
/// <param name="F3">Third formant, Hz.</param>
/// <param name="Damping">Bandwidths, of a vowel's.</param>
/// <param name="Voice">How loud the vocal folds are, of a vowel's level.</param>
/// <param name="Aspiration">How loud breath is, 0–1.</param>
/// <param name="Friction">How loud the noise of teeth and lips is, 0–1.</param>
/// <param name="FrictionHz">Where it lies, Hz.</param>
/// <param name="FrictionWidth">How wide it is, Hz.</param>
/// <param name="IsStop">True when it is silent first and bursts then.</param>
internal readonly record struct Articulation(
    float F1, float F2, float F3, float Damping, float Voice, float Aspiration = 0, float Friction = 0, float FrictionHz = 4_000, float FrictionWidth = 2_000, bool IsStop = false);

/// <summary>
/// The formants of all sounds. Vowels after Peterson and Barney 1952 (men and women); consonants after Klatt 1980. The upper
/// two formants lie close together in low voices, as singers bring them, so that the voice carries over instruments.
/// </summary>
internal static class Formants
{
    /// <summary>The lowest place of the first formant, of the fundamental: singers open the mouth for high notes.</summary>
    public const float LeastFirst = 1.04f;

    private const float Smaller = 1.16f;

    private static readonly Articulation[] Low = [.. Enum.GetValues<Phone>().Select(phone => Make(phone, isHigh: false))];
    private static readonly Articulation[] High = [.. Enum.GetValues<Phone>().Select(phone => Make(phone, isHigh: true))];

    /// <summary>The articulation of a sound.</summary>
    public static ref readonly Articulation Of(Register register, Phone phone) => ref (register == Register.Low ? Low : High)[(int)phone];

    /// <summary>The fourth and fifth formant, Hz, above a third one.</summary>
    public static (float F4, float F5) Upper(Register register, float third) =>
        register == Register.Low ? (Math.Max(2_950, third + 350), Math.Max(3_700, third + 950)) : (Math.Max(3_600, third + 500), Math.Max(4_400, third + 1_300));

    private static Articulation Make(Phone phone, bool isHigh)
    {
        if (phone.IsVowel())
        {
            var (f1, f2, f3) = Vowel(phone, isHigh);
            return new Articulation(f1, f2, f3, 1, 1);
        }

        var made = Consonant(phone);
        return isHigh ? made with { F1 = made.F1, F2 = made.F2 * Smaller, F3 = made.F3 * Smaller, FrictionHz = Math.Min(9_000, made.FrictionHz * 1.1f) } : made;
    }

    private static (float F1, float F2, float F3) Vowel(Phone phone, bool isHigh) => (phone, isHigh) switch
    {
        (Phone.Aa, false) => (730, 1_090, 2_440),
        (Phone.Ae, false) => (660, 1_720, 2_410),
        (Phone.Ah, false) => (640, 1_190, 2_390),
        (Phone.Eh, false) => (530, 1_840, 2_480),
        (Phone.Ee, false) => (400, 2_100, 2_650),
        (Phone.Ih, false) => (390, 1_990, 2_550),
        (Phone.Iy, false) => (280, 2_250, 2_950),
        (Phone.Ao, false) => (570, 840, 2_410),
        (Phone.Oh, false) => (450, 800, 2_450),
        (Phone.Uh, false) => (440, 1_020, 2_240),
        (Phone.Uw, false) => (310, 870, 2_240),
        (Phone.Er, false) => (490, 1_350, 1_690),
        (Phone.Ue, false) => (290, 1_750, 2_200),
        (Phone.Oe, false) => (400, 1_500, 2_300),
        (_, false) => (500, 1_450, 2_450),
        (Phone.Aa, true) => (850, 1_220, 2_810),
        (Phone.Ae, true) => (860, 2_050, 2_850),
        (Phone.Ah, true) => (760, 1_400, 2_780),
        (Phone.Eh, true) => (610, 2_330, 2_990),
        (Phone.Ee, true) => (460, 2_500, 3_050),
        (Phone.Ih, true) => (430, 2_480, 3_070),
        (Phone.Iy, true) => (320, 2_750, 3_310),
        (Phone.Ao, true) => (590, 950, 2_710),
        (Phone.Oh, true) => (500, 900, 2_750),
        (Phone.Uh, true) => (470, 1_160, 2_680),
        (Phone.Uw, true) => (370, 950, 2_670),
        (Phone.Er, true) => (500, 1_640, 1_960),
        (Phone.Ue, true) => (340, 2_050, 2_600),
        (Phone.Oe, true) => (450, 1_750, 2_600),
        _ => (580, 1_650, 2_800),
    };

    private static Articulation Consonant(Phone phone) => phone switch
    {
        Phone.M => new(260, 1_000, 2_200, 2, 0.5f),
        Phone.N => new(260, 1_450, 2_450, 2, 0.5f),
        Phone.Ng => new(260, 1_900, 2_500, 2, 0.5f),
        Phone.L => new(360, 1_080, 2_700, 1.4f, 0.65f),
        Phone.R => new(340, 1_150, 1_620, 1.4f, 0.65f),
        Phone.W => new(300, 680, 2_200, 1.3f, 0.65f),
        Phone.Y => new(280, 2_150, 2_900, 1.2f, 0.65f),
        Phone.B => new(220, 900, 2_200, 1.6f, 0.16f, 0, 0.1f, 900, 1_200, true),
        Phone.D => new(220, 1_700, 2_600, 1.6f, 0.16f, 0, 0.16f, 3_800, 2_200, true),
        Phone.G => new(220, 1_950, 2_350, 1.6f, 0.16f, 0, 0.16f, 1_900, 900, true),
        Phone.P => new(300, 900, 2_200, 1.6f, 0, 0.12f, 0.2f, 1_000, 1_400, true),
        Phone.T => new(300, 1_700, 2_600, 1.6f, 0, 0.12f, 0.4f, 4_600, 2_600, true),
        Phone.K => new(300, 1_950, 2_350, 1.6f, 0, 0.12f, 0.36f, 2_000, 900, true),
        Phone.F => new(320, 1_000, 2_300, 1.6f, 0, 0.02f, 0.09f, 7_000, 6_000),
        Phone.Th => new(320, 1_400, 2_500, 1.6f, 0, 0.02f, 0.07f, 6_500, 5_000),
        Phone.S => new(320, 1_600, 2_600, 1.6f, 0, 0, 0.26f, 6_600, 2_600),
        Phone.Sh => new(320, 1_700, 2_500, 1.6f, 0, 0, 0.28f, 3_300, 1_700),
        Phone.V => new(260, 1_000, 2_300, 1.5f, 0.4f, 0.01f, 0.05f, 7_000, 6_000),
        Phone.Dh => new(280, 1_350, 2_500, 1.5f, 0.4f, 0.01f, 0.04f, 6_000, 5_000),
        Phone.Z => new(260, 1_600, 2_600, 1.5f, 0.35f, 0, 0.15f, 6_600, 2_600),
        Phone.Zh => new(260, 1_700, 2_500, 1.5f, 0.35f, 0, 0.16f, 3_300, 1_700),
        Phone.H => new(0, 0, 0, 1.3f, 0.05f, 0.3f),
        _ => new(560, 1_500, 2_500, 2.2f, 0, 0.11f),
    };
}
