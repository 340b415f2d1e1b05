namespace MusicRender.Engine.Prompting;

/// <summary>A genre that people name in prompts.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Bpm">A usual tempo.</param>
/// <param name="Form">The form it takes when nothing else is said.</param>
/// <param name="Sung">True when it is usually sung.</param>
/// <param name="Instruments">What plays it.</param>
internal sealed record GenreWord(string Name, int Bpm, SongForm Form, bool Sung, string[] Instruments);

/// <summary>The musical words that prompts are read for.</summary>
internal static class MusicWords
{
    /// <summary>Longer names before the shorter ones they contain.</summary>
    internal static readonly IReadOnlyList<GenreWord> Genres = new[]
    {
        Genre("lo-fi hip-hop", 84, SongForm.Loop, false, "dusty electric piano, soft boom-bap drums, upright bass"),
        Genre("lofi hip hop", 84, SongForm.Loop, false, "dusty electric piano, soft boom-bap drums, upright bass"),
        Genre("lo-fi", 84, SongForm.Loop, false, "dusty electric piano, soft drums, upright bass"),
        Genre("lofi", 84, SongForm.Loop, false, "dusty electric piano, soft drums, upright bass"),
        Genre("chillhop", 86, SongForm.Loop, false, "electric piano, swung drums, upright bass"),
        Genre("jazz hop", 88, SongForm.Loop, false, "electric piano, swung drums, upright bass"),
        Genre("dark trap", 150, SongForm.Song, true, "808 bass, rolling hi-hats, cold bells"),
        Genre("trap", 145, SongForm.Song, true, "808 bass, rolling hi-hats, half-time snare"),
        Genre("drill", 142, SongForm.Song, true, "sliding 808 bass, syncopated hi-hats, dark piano"),
        Genre("hip-hop", 92, SongForm.Song, true, "boom-bap drums, sampled keys, deep bass"),
        Genre("hip hop", 92, SongForm.Song, true, "boom-bap drums, sampled keys, deep bass"),
        Genre("rap", 92, SongForm.Song, true, "drums, bass, sampled keys"),
        Genre("electronic pop", 118, SongForm.Song, true, "four-on-the-floor kick, synth chords, synth bass"),
        Genre("dance pop", 120, SongForm.Song, true, "four-on-the-floor kick, synth chords, synth bass"),
        Genre("electropop", 118, SongForm.Song, true, "drum machine, synth chords, synth bass"),
        Genre("synthpop", 112, SongForm.Song, true, "drum machine, analogue synths, synth bass"),
        Genre("synthwave", 100, SongForm.Electronic, false, "gated drums, analogue arpeggio, synth bass"),
        Genre("k-pop", 122, SongForm.Song, true, "punchy drums, synth chords, bass"),
        Genre("pop punk", 165, SongForm.Song, true, "fast drums, power-chord guitars, bass"),
        Genre("indie rock", 104, SongForm.Song, true, "live drums, electric guitars, electric bass"),
        Genre("indie folk", 96, SongForm.Song, true, "acoustic guitar, soft drums, upright bass"),
        Genre("indie pop", 108, SongForm.Song, true, "live drums, clean guitar, bass"),
        Genre("indie", 100, SongForm.Song, true, "live drums, electric guitar, bass"),
        Genre("post-rock", 96, SongForm.Instrumental, false, "layered electric guitars, live drums, bass"),
        Genre("heavy metal", 150, SongForm.Song, true, "distorted guitars, double-kick drums, bass"),
        Genre("metal", 150, SongForm.Song, true, "distorted guitars, double-kick drums, bass"),
        Genre("punk", 170, SongForm.Song, true, "distorted guitars, fast drums, bass"),
        Genre("rock", 118, SongForm.Song, true, "electric guitars, live drums, bass"),
        Genre("deep house", 122, SongForm.Electronic, false, "soft kick, warm chords, round bass"),
        Genre("house", 124, SongForm.Electronic, false, "four-on-the-floor kick, house piano, synth bass"),
        Genre("techno", 130, SongForm.Electronic, false, "driving kick, modular synth, hi-hats"),
        Genre("trance", 136, SongForm.Electronic, false, "driving kick, supersaw lead, rolling bass"),
        Genre("dubstep", 140, SongForm.Electronic, false, "half-time drums, wobble bass, synth stabs"),
        Genre("drum and bass", 174, SongForm.Electronic, false, "breakbeat drums, sub bass, pads"),
        Genre("drum & bass", 174, SongForm.Electronic, false, "breakbeat drums, sub bass, pads"),
        Genre("drum'n'bass", 174, SongForm.Electronic, false, "breakbeat drums, sub bass, pads"),
        Genre("jungle", 168, SongForm.Electronic, false, "chopped breakbeats, sub bass, pads"),
        Genre("edm", 126, SongForm.Electronic, false, "festival kick, supersaw lead, synth bass"),
        Genre("disco", 118, SongForm.Song, true, "four-on-the-floor drums, funk guitar, string section"),
        Genre("electro", 122, SongForm.Electronic, false, "drum machine, synth bass, synth lead"),
        Genre("chiptune", 140, SongForm.Game, false, "square-wave lead, triangle bass, noise drums"),
        Genre("8-bit", 140, SongForm.Game, false, "square-wave lead, triangle bass, noise drums"),
        Genre("cinematic orchestral", 100, SongForm.Instrumental, false, "string section, French horns, timpani"),
        Genre("hybrid orchestral", 112, SongForm.Instrumental, false, "string ostinato, brass, deep synth pulse"),
        Genre("trailer music", 110, SongForm.Instrumental, false, "strings, brass, taiko drums"),
        Genre("orchestral", 92, SongForm.Instrumental, false, "string section, woodwinds, French horns"),
        Genre("cinematic", 96, SongForm.Instrumental, false, "strings, felt piano, low brass"),
        Genre("classical", 92, SongForm.Instrumental, false, "string quartet, piano"),
        Genre("baroque", 96, SongForm.Instrumental, false, "harpsichord, violins, cello"),
        Genre("ambient", 64, SongForm.Still, false, "soft pads, distant piano, field recordings"),
        Genre("drone", 60, SongForm.Still, false, "sustained synth, bowed strings"),
        Genre("new age", 66, SongForm.Still, false, "soft pads, harp, bamboo flute"),
        Genre("bossa nova", 124, SongForm.Song, true, "nylon-string guitar, soft percussion, upright bass"),
        Genre("smooth jazz", 92, SongForm.Instrumental, false, "saxophone, electric piano, fretless bass"),
        Genre("jazz", 116, SongForm.Instrumental, false, "piano, upright bass, brushed drums"),
        Genre("swing", 150, SongForm.Song, true, "big-band brass, walking bass, swing drums"),
        Genre("blues", 84, SongForm.Song, true, "electric guitar, Hammond organ, shuffle drums"),
        Genre("soul", 88, SongForm.Song, true, "Hammond organ, electric bass, horn section"),
        Genre("r&b", 86, SongForm.Song, true, "electric piano, deep bass, crisp drums"),
        Genre("gospel", 84, SongForm.Song, true, "Hammond organ, piano, choir"),
        Genre("funk", 108, SongForm.Song, true, "slap bass, funk guitar, tight drums"),
        Genre("reggae", 78, SongForm.Song, true, "off-beat guitar, deep bass, one-drop drums"),
        Genre("reggaeton", 94, SongForm.Song, true, "dembow drums, synth bass, plucks"),
        Genre("salsa", 180, SongForm.Song, true, "piano montuno, congas, brass"),
        Genre("flamenco", 110, SongForm.Song, true, "flamenco guitar, palmas, cajon"),
        Genre("afrobeat", 112, SongForm.Song, true, "polyrhythmic drums, horn section, electric guitar"),
        Genre("country", 104, SongForm.Song, true, "acoustic guitar, pedal steel, brushed drums"),
        Genre("bluegrass", 130, SongForm.Song, true, "banjo, fiddle, upright bass"),
        Genre("folk", 92, SongForm.Song, true, "acoustic guitar, fiddle, soft percussion"),
        Genre("sea shanty", 100, SongForm.Song, true, "accordion, stomps, male choir"),
        Genre("chanson", 88, SongForm.Song, true, "accordion, piano, upright bass"),
        Genre("lullaby", 72, SongForm.Song, true, "music box, soft piano, harp"),
        Genre("ballad", 70, SongForm.Song, true, "piano, strings"),
        Genre("waltz", 120, SongForm.Instrumental, false, "piano, strings"),
        Genre("march", 112, SongForm.Instrumental, false, "brass, snare drum, piccolo"),
        Genre("singer-songwriter", 92, SongForm.Song, true, "acoustic guitar, piano"),
        Genre("shoegaze", 108, SongForm.Song, true, "washed-out guitars, live drums, bass"),
        Genre("dream pop", 96, SongForm.Song, true, "chorus guitars, soft synths, drum machine"),
        Genre("trip hop", 82, SongForm.Song, true, "slow breakbeat, deep bass, Rhodes"),
        Genre("downtempo", 84, SongForm.Electronic, false, "slow beat, warm pads, deep bass"),
        Genre("pop", 112, SongForm.Song, true, "drums, bass, piano, synth pads"),
    }.OrderByDescending(genre => genre.Name.Length).ToArray();

    internal static readonly string[] Instruments = Longest(
        "acoustic guitar,electric guitar,nylon-string guitar,slide guitar,funk guitar,classical guitar,bass guitar,electric bass,upright bass,double bass,synth bass,808 bass,sub bass,slap bass,grand piano,upright piano,felt piano,electric piano,house piano,toy piano,prepared piano,string quartet,string section,strings,violin,viola,cello,fiddle,harp,piano,rhodes,wurlitzer,hammond organ,church organ,pipe organ,organ,harpsichord,clavinet,celesta,glockenspiel,vibraphone,marimba,xylophone,kalimba,music box,bells,tubular bells,synth pads,synth lead,synths,synth,synthesizer,arpeggio,pads,brass section,brass,trumpet,muted trumpet,trombone,french horns,french horn,horn section,tuba,saxophone,sax,clarinet,oboe,flute,bamboo flute,bassoon,woodwinds,accordion,harmonica,bagpipes,banjo,mandolin,ukulele,sitar,tabla,koto,oud,erhu,hang drum,steel drums,congas,bongos,cajon,djembe,taiko drums,taiko,timpani,tambourine,shaker,hand claps,claps,finger snaps,hi-hats,snare,kick drum,brushed drums,drum machine,breakbeat,live drums,drums,drum kit,percussion,choir,guitars,guitar,bass,whistling,turntables,field recordings,orchestra,vinyl crackle,rain");

    internal static readonly string[] Moods = Longest(
        "sad,happy,melancholic,melancholy,wistful,nostalgic,warm,cosy,cozy,dark,menacing,ominous,eerie,spooky,mysterious,tense,suspenseful,epic,heroic,triumphant,uplifting,hopeful,inspiring,joyful,cheerful,playful,quirky,funny,silly,romantic,tender,gentle,intimate,dreamy,ethereal,peaceful,calm,relaxing,soothing,meditative,sleepy,energetic,upbeat,aggressive,angry,fierce,powerful,euphoric,bright,carefree,groovy,laid-back,chill,mellow,lonely,bittersweet,heartfelt,solemn,majestic,vast,cold,haunting,nocturnal,determined,confident,sensual,festive,celebratory,reflective,unhurried,longing,yearning,open,soft,quiet,furious,sunny,moody,heartbroken,grateful");

    internal static readonly string[] Production = Longest(
        "tape saturation,vinyl crackle,reverb,room sound,distortion,autotune,lo-fi production,analogue,analog,dry mix,wide stereo,side-chain,sidechain,polished,radio-ready,raw,unplugged,acoustic,minimal,sparse,lush,layered,swung,syncopated,half-time,double-time,four-on-the-floor,live recording,one take,fade out,fade-out,seamless loop,loop,risers,impacts,glitch,retro,vintage,80s,90s,70s,60s,1980s,1990s,1970s,1960s");

    /// <summary>Words for singing, as negatives name them.</summary>
    internal static readonly string[] Voice = ["vocals", "vocal", "voices", "voice", "singing", "singer", "lyrics", "words", "rap", "rapping", "choir"];

    /// <summary>Moods that ask for a minor key and for tender words.</summary>
    internal static readonly HashSet<string> Minor = new(
        ["sad", "melancholic", "melancholy", "wistful", "dark", "menacing", "ominous", "eerie", "spooky", "mysterious", "tense", "suspenseful", "lonely", "bittersweet", "solemn", "cold", "haunting", "nocturnal", "angry", "fierce", "furious", "aggressive", "longing", "yearning", "moody", "heartbroken", "epic"],
        StringComparer.OrdinalIgnoreCase);

    private static GenreWord Genre(string name, int bpm, SongForm form, bool sung, string instruments) =>
        new(name, bpm, form, sung, instruments.Split(", "));

    private static string[] Longest(string words) => words.Split(',').OrderByDescending(word => word.Length).ToArray();
}
