namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>The sounds of which words are made. Vowels first.</summary>
internal enum Phone
{
    /// <summary>father</summary>
    Aa,

    /// <summary>cat</summary>
    Ae,

    /// <summary>cup</summary>
    Ah,

    /// <summary>about</summary>
    Schwa,

    /// <summary>bed</summary>
    Eh,

    /// <summary>the first half of day; German See</summary>
    Ee,

    /// <summary>sit</summary>
    Ih,

    /// <summary>see</summary>
    Iy,

    /// <summary>law</summary>
    Ao,

    /// <summary>the first half of go; German Boot</summary>
    Oh,

    /// <summary>book</summary>
    Uh,

    /// <summary>food</summary>
    Uw,

    /// <summary>bird</summary>
    Er,

    /// <summary>German über, French lune</summary>
    Ue,

    /// <summary>German schön, French deux</summary>
    Oe,
    M,
    N,
    Ng,
    L,
    R,
    W,
    Y,
    B,
    D,
    G,
    P,
    T,
    K,
    F,
    Th,
    S,
    Sh,
    H,
    V,
    Dh,
    Z,
    Zh,

    /// <summary>Air drawn in before a line.</summary>
    Breath,
}

/// <summary>What phones are like in time, and their one-letter names.</summary>
internal static class Phones
{
    // x is the k-s of "fox", q the k-w of "queen", C the t-sh of "chair", J the d-zh of "joy".
    private const string Letters = "a&^@EeiIoOUu3Y2mnNlrwjbdgptkfTsShvDzZ";

    private static readonly Phone[] Named =
    [
        Phone.Aa, Phone.Ae, Phone.Ah, Phone.Schwa, Phone.Eh, Phone.Ee, Phone.Iy, Phone.Ih, Phone.Ao, Phone.Oh, Phone.Uh, Phone.Uw, Phone.Er, Phone.Ue, Phone.Oe,
        Phone.M, Phone.N, Phone.Ng, Phone.L, Phone.R, Phone.W, Phone.Y, Phone.B, Phone.D, Phone.G, Phone.P, Phone.T, Phone.K, Phone.F, Phone.Th, Phone.S, Phone.Sh,
        Phone.H, Phone.V, Phone.Dh, Phone.Z, Phone.Zh,
    ];

    /// <summary>True for vowels.</summary>
    public static bool IsVowel(this Phone phone) => phone <= Phone.Oe;

    /// <summary>The length of a consonant at an easy pace, ms.</summary>
    public static int Milliseconds(this Phone phone) => phone switch
    {
        Phone.P or Phone.T or Phone.K => 80,
        Phone.S or Phone.Sh => 95,
        Phone.F or Phone.Th or Phone.M or Phone.N or Phone.Ng => 75,
        _ => 60,
    };

    /// <summary>The phones of a text in one-letter names; letters that name none are passed over.</summary>
    public static Phone[] Of(ReadOnlySpan<char> letters)
    {
        var phones = new List<Phone>(letters.Length);
        foreach (var letter in letters)
        {
            switch (letter)
            {
                case 'x':
                    phones.AddRange([Phone.K, Phone.S]);
                    break;
                case 'q':
                    phones.AddRange([Phone.K, Phone.W]);
                    break;
                case 'C':
                    phones.AddRange([Phone.T, Phone.Sh]);
                    break;
                case 'J':
                    phones.AddRange([Phone.D, Phone.Zh]);
                    break;
                default:
                    if (Letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at)
                    {
                        phones.Add(Named[at]);
                    }

                    break;
            }
        }

        return [.. phones];
    }
}
