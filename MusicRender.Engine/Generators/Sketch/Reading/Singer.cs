namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>How high a voice is, and how long the throat that makes it.</summary>
internal enum Register
{
    Low,
    High,
}

/// <summary>How the lyrics are delivered.</summary>
internal enum Delivery
{
    Sung,

    /// <summary>Softly, with much breath.</summary>
    Breathy,

    /// <summary>With a pressed, bright voice.</summary>
    Powerful,

    /// <summary>In rhythm, close to one pitch.</summary>
    Rapped,

    /// <summary>Without a pitch.</summary>
    Whispered,
}

/// <summary>The guide voice.</summary>
/// <param name="Register">High or low.</param>
/// <param name="Delivery">How it sings.</param>
/// <param name="IsChoir">True for several voices throughout.</param>
/// <param name="DoublesChoruses">True when further voices join in choruses.</param>
internal sealed record Singer(Register Register, Delivery Delivery, bool IsChoir, bool DoublesChoruses)
{
    /// <summary>A high voice that sings plainly.</summary>
    public static readonly Singer Default = new(Register.High, Delivery.Sung, IsChoir: false, DoublesChoruses: true);

    /// <summary>In plain words: "low voice, rapped".</summary>
    public string Name
    {
        get
        {
            var who = IsChoir ? "choir" : Register == Register.Low ? "low voice" : "high voice";
            return Delivery == Delivery.Sung ? $"{who} sings the lyrics" : $"{who}, {Delivery.ToString().ToLowerInvariant()}";
        }
    }
}
