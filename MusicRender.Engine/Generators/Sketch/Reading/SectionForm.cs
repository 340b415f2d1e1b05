namespace MusicRender.Engine.Generators.Sketch.Reading;

/// <summary>What a section is in the song.</summary>
internal enum SectionForm
{
    Body,
    Intro,
    Verse,
    PreChorus,
    Chorus,
    Drop,
    Bridge,
    Breakdown,
    Solo,
    Loop,
    Outro,
}
