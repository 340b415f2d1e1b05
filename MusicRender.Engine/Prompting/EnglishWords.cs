namespace MusicRender.Engine.Prompting;

/// <summary>What little the writers know of English words: enough to find the nouns of a story.</summary>
internal static class EnglishWords
{
    internal static readonly HashSet<string> Determiners = Set("a an the my our your his her their this that these those two three four five six seven every each another some");

    internal static readonly HashSet<string> Pronouns = Set("i you he she it we they me him us them who someone somebody everyone everybody nobody");

    internal static readonly HashSet<string> Prepositions = Set("in on at by to from with without behind under over above below beside between through across along around near before after into onto towards toward past inside outside against beyond until up down off for of");

    /// <summary>Words that no image contains.</summary>
    internal static readonly HashSet<string> Function = Set(
        "and or but so because when while where whenever wherever if though although than as that which who whom whose what why how not no nor yet then there here too very just only also ever never always still even again more most much many few less least own same such both all any none once soon now today tonight tomorrow yesterday almost already really quite " +
        "is are was were be been being am isn't wasn't aren't weren't has have had having hasn't haven't hadn't do does did done doesn't didn't don't will would shall should can could may might must won't wouldn't can't couldn't it's i'm i've i'll i'd we're we've we'll you're you've you'll they're they've he's she's that's there's let's " +
        "i you he she it we they me him us them myself yourself himself herself itself ourselves themselves something anything nothing everything someone somebody anyone everyone nobody");

    /// <summary>Verbs that rarely are nouns; an image ends before one.</summary>
    internal static readonly HashSet<string> Verbs = Set(
        "go goes went gone come comes came get gets got give gives gave given take takes took taken make makes made say says said tell tells told think thinks thought know knows knew known see sees saw seen hear hears heard feel feels felt leave leaves left keep keeps kept hold holds held bring brings brought begin begins began become becomes became sit sits sat stand stands stood lie lies lay laid run runs ran write writes wrote written speak speaks spoke sing sings sang sung eat eats ate drink drinks drank sleep sleeps slept wake wakes woke fall falls fell rise rises rose grow grows grew fly flies flew swim swims swam drives drove rode ride rides climb climbs climbed hunt hunts hunted stop stops stopped start starts started wait waits waited want wants wanted need needs needed like likes liked loved loves lived live lives move moves moved turn turns turned open opens opened close closes closed look looks looked seem seems seemed use uses used find finds found lose loses lost build builds built buy buys bought sell sells sold send sends sent teach teaches taught learn learns learned meet meets met pay pays paid read reads set sets show shows showed shine shines shone wear wears wore win wins won break breaks broke broken catch catches caught choose chooses chose draw draws drew throw throws threw help helps helped call calls called ask asks asked answer answers answered follow follows followed carry carries carried cross crosses crossed play plays played walks walked works worked talks talked laughs laughed cries cried danced dances dreamed dreams smells smelled tastes tasted remember remembers remembered forget forgets forgot forgotten belong belongs belonged happen happens happened unroll unrolls hangs hung hide hides hid burns burned burnt pull pulls pulled push pushes pushed reach reaches reached return returns returned ends ended changes changed tries tried froze freezes frozen cut cuts shook shakes struck spent spends grows passed passes means meant lets guides guided hums hummed");

    /// <summary>Nouns too general to sing about.</summary>
    internal static readonly HashSet<string> Vague = Set(
        "thing things way ways lot lots bit kind sort one ones people person time times moment moments day days part place places song songs track music listener viewer video something end start example idea story audience product brand company customer customers week year years minute minutes second seconds hour hours time bpm mood style sound");

    internal static readonly HashSet<string> Kin = Set(
        "mother father mum mom dad grandmother grandfather grandma grandpa granny nan sister brother wife husband daughter son aunt uncle cousin friend dog cat baby girl boy partner teacher neighbour neighbor colleague boss girlfriend boyfriend niece nephew");

    internal static readonly HashSet<string> Calendar = Set(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter");

    /// <summary>Nouns in -ing, -ed, -ly, which otherwise look like other kinds of word.</summary>
    internal static readonly HashSet<string> OddNouns = Set(
        "morning evening building wedding ceiling string ring king spring thing wing swing clothing painting crossing clearing landing railing bed shed sled seed weed family lily butterfly july belly jelly");

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);
}
