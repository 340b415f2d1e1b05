namespace MusicRender.Engine.Generators.Sketch.Arranging.Singing;

/// <summary>The commonest words of lyrics that English spelling hides: syllables, and the sounds of each.</summary>
internal static class EnglishWords
{
    private const string Table = """
        i:aI i'm:aIm i'll:aIl i've:aIv i'd:aId you:ju you're:jo you'll:jul you've:juv your:jor the:D@ they:DeI we're:wir we've:wiv we'll:wil she's:Siz he's:hiz
        a:@ of:^v to:tu too:tu two:tu do:du who:hu one:w^n once:w^ns none:n^n some:s^m come:k^m comes:k^mz done:d^n love:l^v loved:l^vd loves:l^vz a-bove:@-b^v
        lov-er:l^-v3 lov-ing:l^-vIN glove:gl^v son:s^n won:w^n from:fr^m front:fr^nt moth-er:m^-D3 broth-er:br^-D3 oth-er:^-D3 an-oth-er:@-n^-D3 noth-ing:n^-TIN
        mon-ey:m^-ni hon-ey:h^-ni won-der:w^n-d3 be-come:bI-k^m some-thing:s^m-TIN some-one:s^m-w^n some-times:s^m-taImz some-where:s^m-wEr
        ev-ery:Ev-ri ev-ery-thing:Ev-ri-TIN ev-ery-one:Ev-ri-w^n ev-ery-bo-dy:Ev-ri-ba-di ev-ery-where:Ev-ri-wEr ev-er:E-v3 nev-er:nE-v3 for-ev-er:fo-rE-v3 a-ny:E-ni
        an-y-thing:E-ni-TIN an-y-one:E-ni-w^n on-ly:OUn-li o-pen:OU-pEn o-ver:OU-v3 heart:hart hearts:harts ear-ly:3-li earth:3T learn:l3n heard:h3d search:s3C pearl:p3l
        heav-en:hE-v@n heav-y:hE-vi bread:brEd head:hEd dead:dEd read:rid said:sEd a-gain:@-gEn a-gainst:@-gEnst friend:frEnd friends:frEndz been:bIn
        are:ar were:w3 was:w^z what:w^t want:want wants:wants wan-na:wa-n@ gon-na:g^-n@ got-ta:ga-t@ wa-ter:wo-t3 war:wor warm:worm walk:wok talk:tok watch:waC wash:waS
        have:h&v give:gIv gives:gIvz giv-en:gI-v@n live:lIv liv-ing:lI-vIN lives:laIvz a-live:@-laIv wind:wInd winds:wIndz sin:sIn riv-er:rI-v3 cit-y:sI-ti lit-tle:lI-t@l pret-ty:prI-ti
        there:DEr where:wEr their:DEr here:hir hear:hir dear:dir year:jir years:jirz tear:tir tears:tirz fear:fir near:nir clear:klir bear:bEr wear:wEr
        eye:aI eyes:aIz buy:baI by:baI my:maI why:waI sky:skaI night:naIt nights:naIts light:laIt lights:laIts right:raIt bright:braIt fight:faIt sight:saIt high:haI to-night:tu-naIt
        find:faInd mind:maInd kind:kaInd be-hind:bI-haInd wild:waIld child:CaIld chil-dren:CIl-dr@n si-lence:saI-l@ns i-dea:aI-di cre-ate:kri-eIt qui-et:kwaI-Et sci-ence:saI-@ns be-yond:bi-jand
        peo-ple:pi-p@l beau-ty:bju-ti beau-ti-ful:bju-tI-ful mu-sic:mju-zIk few:fju new:nu true:tru blue:blu through:Tru though:DOU al-though:ol-DOU e-nough:I-n^f rough:r^f tough:t^f
        thought:Tot brought:brot bought:bot fought:fot could:kUd would:wUd should:SUd young:j^N coun-try:k^n-tri touch:t^C trou-ble:tr^-b@l dou-ble:d^-b@l cou-ple:k^-p@l group:grup soup:sup soul:sOUl
        four:for your-self:jor-sElf our:aUr ours:aUrz hour:aUr hours:aUrz course:kors world:w3ld word:w3d words:w3dz work:w3k worth:w3T put:pUt push:pUS pull:pUl full:fUl
        good:gUd wood:wUd stood:stUd foot:fUt blood:bl^d flood:fl^d door:dor floor:flor poor:por whole:hOUl hole:hOUl both:bOUT most:mOUst ghost:gOUst post:pOUst
        move:muv moves:muvz mov-ing:mu-vIN lose:luz prove:pruv shoe:Su shoes:Suz wom-an:wU-m@n wom-en:wI-mIn lion:laI-@n fire:faI-3 de-sire:dI-zaI3 high-er:haI-3
        ba-by:beI-bi la-dy:leI-di cra-zy:kreI-zi ma-ny:mE-ni la-ter:leI-t3 fa-ther:fa-D3 rath-er:r&-D3 gath-er:g&-D3 to-geth-er:tu-gE-D3 wheth-er:wE-D3 weath-er:wE-D3
        day:deI days:deIz al-ways:ol-weIz a-way:@-weI to-day:tu-deI yes-ter-day:jEs-t3-deI to-mor-row:tu-ma-rOU ten-der:tEn-d3 re-mem-ber:rI-mEm-b3 be-lieve:bI-liv
        oh:OU ooh:u ah:a yeah:jE hey:heI na:na la:la da:da no:nOU go:gOU so:sOU know:nOU be:bi me:mi he:hi she:Si we:wi this:DIs that:D&t then:DEn them:DEm with:wID
        is:Iz as:&z his:hIz has:h&z us:^s does:d^z don't:dOUnt won't:wOUnt can't:k&nt doesn't:d^-z@nt isn't:I-z@nt wasn't:w^-z@nt it's:Its that's:D&ts what's:w^ts
        i-ron:aI-3n is-land:aI-l@nd ans-wer:&n-s3 lis-ten:lI-s@n of-ten:o-f@n cas-tle:k&-s@l whis-per:wIs-p3 o-cean:OU-S@n real:ril real-ly:ri-li re-al-i-ty:ri-&-lI-ti po-em:pOU-@m
        el-e-ment:E-l@-m@nt mo-ment:mOU-m@nt hun-dred:h^n-drEd na-ked:neI-kId wick-ed:wI-kId sa-cred:seI-krId bo-dy:ba-di some-bo-dy:s^m-ba-di no-bo-dy:nOU-ba-di
        kiss:kIs miss:mIs guess:gEs gui-tar:gI-tar guide:gaId lan-guage:l&N-gwIJ queen:qin sug-ar:SU-g3 sure:Sor ma-chine:m@-Sin po-lice:p@-lis a-go:@-gOU ze-ro:zi-rOU
        """;

    private static readonly HashSet<string> LongOw =
    [
        "know", "show", "low", "slow", "grow", "blow", "snow", "flow", "glow", "throw", "own", "known", "shown", "grown", "blown", "thrown", "row", "bow", "crow", "knows", "shows", "grows", "blows", "flows", "glows", "below", "glowing",
        "growing", "flowing", "showing", "knowing", "slowly", "owe",
    ];

    private static readonly Dictionary<string, (string[] Parts, string[] Sounds)> Words = Read();

    /// <summary>The syllables and sounds of a word that is listed, else null.</summary>
    public static (string[] Parts, string[] Sounds)? Find(string word) => Words.TryGetValue(word, out var known) ? known : null;

    /// <summary>True when the ow of a word sounds as in "slow".</summary>
    public static bool HasLongOw(string word) => LongOw.Contains(word);

    private static Dictionary<string, (string[] Parts, string[] Sounds)> Read()
    {
        var words = new Dictionary<string, (string[] Parts, string[] Sounds)>();
        foreach (var entry in Table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var (spelled, sounds) = (entry.Split(':')[0].Split('-'), entry.Split(':')[1].Split('-'));

            // "Doesn't", "fire": written as one, said as two; they keep to one note.
            words[string.Concat(spelled)] = (spelled, spelled.Length == sounds.Length ? sounds : [string.Concat(sounds)]);
        }

        return words;
    }
}
