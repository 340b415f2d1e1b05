namespace MusicRender.Engine.Prompting;

/// <summary>The voice of a lyric.</summary>
internal enum LyricTone
{
    Tender,
    Bright,
    Night,
    Heroic,
    Brand,
}

/// <summary>
/// What a tone adds to a story's own words. Openings and hooks carry an image or a name; answers are plain thoughts
/// that fit after any concrete line, in groups that rhyme.
/// </summary>
/// <param name="Openings">Lines with <c>{image}</c>, a noun phrase with its article.</param>
/// <param name="Hooks">First lines of a chorus with <c>{image}</c>.</param>
/// <param name="NameHooks">First lines of a chorus with <c>{name}</c>.</param>
/// <param name="PlaceHooks">First lines of a chorus with <c>{place}</c>: "behind the railway station".</param>
/// <param name="Plain">Opening lines that need no image.</param>
/// <param name="Answers">Groups of lines that rhyme with one another.</param>
/// <param name="Images">Images for a song without a story.</param>
internal sealed record LyricBank(
    IReadOnlyList<string> Openings,
    IReadOnlyList<string> Hooks,
    IReadOnlyList<string> NameHooks,
    IReadOnlyList<string> PlaceHooks,
    IReadOnlyList<string> Plain,
    IReadOnlyList<IReadOnlyList<string>> Answers,
    IReadOnlyList<string> Images)
{
    private static readonly LyricBank Tender = new(
        ["I can still see {image}", "There was always {image}", "It begins again with {image}", "I close my eyes and there's {image}", "Nobody knew about {image}", "I never told you about {image}", "Somewhere there is still {image}", "I would have traded the world for {image}", "I keep a place for {image}", "You would remember {image}"],
        ["Take me back to {image}", "I still come home to {image}", "I am singing for {image}", "All I need is {image}"],
        ["Oh {name}, I can hear you now", "{name}, stay a little longer", "{name}, this is what I kept"],
        ["Meet me {place}", "Find me {place}", "I am still {place}"],
        ["It was a day like any other", "Nobody had to say a word", "The years went by outside the door", "If you had been there you would know", "Some days I say it out aloud", "I thought that I would find the words"],
        [
            ["And something of it never went away", "It feels as near as yesterday", "I carry it with me every day", "There is nothing more I need to say"],
            ["It holds me in the evening light", "I keep it with me through the night", "For once the whole world felt all right", "Like a window someone left alight"],
            ["It comes around again each year", "Some things are only clear from here", "And just like that it all feels near", "It is the song I always hear"],
            ["I never meant to let it go", "It taught me everything I know", "The best of things are always slow", "It was not so very long ago"],
            ["It is still a part of me", "It is all that I can see", "As quiet as a room can be", "It is where I long to be"],
            ["For a little while it all was mine", "I know it now, line by line", "Every small thing was a sign", "It comes back, and I am fine"],
            ["And I still listen for the sound", "It is the best thing I have found", "It keeps my feet upon the ground", "And the years go round and round"],
            ["I know it all by heart", "I have loved it from the start", "It was the softly spoken part", "Nothing pulls the two apart"],
        ],
        ["the kitchen lamp", "the gravel road", "the blue front door", "the rain on the window", "the last tram home", "your handwriting", "the harbour lights"]);

    private static readonly LyricBank Bright = new(
        ["Woke up thinking of {image}", "Everybody look at {image}", "Can you believe it, {image}", "Open up the door for {image}", "We have been waiting for {image}", "Tell them all about {image}", "Make a little room for {image}", "Nothing in the world like {image}"],
        ["All we need is {image}", "Here we go with {image}", "Turn it up for {image}", "Sing it out for {image}"],
        ["Hey {name}, this one is for you", "Come on, {name}, sing it out", "{name}, {name}, here we go"],
        ["Meet me {place}", "See you {place}"],
        ["Everybody off the wall", "One more time from the beginning", "Shake the sleep out of your shoulders", "Somebody left the music running", "Nobody wants to go home early"],
        [
            ["All the clouds can wait today", "Turn it up and let it play", "Nothing standing in the way", "It is going to be our day"],
            ["We are dancing in the light", "Every window burning bright", "Let it ring all through the night", "Everything is going right"],
            ["You can hear it all over town", "Nothing here can bring us down", "Dizzy as a circus clown", "Wear a smile just like a crown"],
            ["Every colour coming through", "The sky has never been so blue", "Anything that we want to do", "And tomorrow is coming too"],
            ["Now it is our time to shine", "And the whole wide day is mine", "Tell the world we're doing fine", "Every step is right in time"],
            ["Everybody here we know", "Watch the morning colours glow", "Turn it loud and let it show", "Faster now and off we go"],
            ["Come along and sing with me", "Just as far as we can see", "This is where we want to be", "Arms out wide and running free"],
        ],
        ["the first day of summer", "the open window", "a red balloon", "the morning radio", "the city in the sun", "the last train south"]);

    private static readonly LyricBank Night = new(
        ["Nobody asks about {image}", "I keep an eye on {image}", "Nothing left here but {image}", "They never told me about {image}", "I came back for {image}", "Midnight again and {image}", "Everyone forgot {image}", "I owe it all to {image}"],
        ["Keep your eyes on {image}", "Nothing moves but {image}", "I came alone for {image}", "Meet me there with {image}"],
        ["{name}, do not wait up for me", "They all know {name} now", "Tell {name} I was here"],
        ["Find me {place}", "I was last seen {place}"],
        ["No one needs to hear the reason", "Count the windows, count the hours", "Somebody always has to know", "I said it once and then said nothing", "Every corner has its witness"],
        [
            ["I do not sleep much at night", "Keep it low and out of the light", "Hold it close and hold it tight", "No one here is in the right"],
            ["Everything I touch is cold", "Never did what I was told", "Some things never can be sold", "That is how a name gets old"],
            ["Heavy as a borrowed crown", "All the streets are shutting down", "Another siren crosses town", "I never learned how to back down"],
            ["I will not pass this way again", "Walking steady through the rain", "Only echoes now remain", "Quiet money, quiet pain"],
            ["It keeps running through my head", "I remember every word you said", "All the traffic lights are red", "I took the longer road instead"],
            ["I learned to walk it on my own", "Nobody picking up the phone", "Colder than a paving stone", "I would rather be alone"],
            ["No one here is watching me", "Only what I choose to see", "I threw away the only key", "Nothing ever comes for free"],
        ],
        ["the empty underpass", "a black umbrella", "the last night bus", "the neon on wet stone", "a phone that never rings", "the river after midnight"]);

    private static readonly LyricBank Heroic = new(
        ["We came this far for {image}", "They will remember {image}", "Out of the dark came {image}", "Nothing between us and {image}", "We gave our word for {image}", "Every road leads to {image}", "We were told to fear {image}", "Lift your eyes and see {image}"],
        ["We will rise for {image}", "Carry the flame for {image}", "We will not forget {image}", "Now we stand before {image}"],
        ["{name}, lead us on", "Call the name of {name}", "{name}, we are with you now"],
        ["We will stand {place}", "They will find us {place}"],
        ["Nobody thought that we would make it", "There was a silence and a signal", "One by one we took our places", "The world was holding its breath", "Let them write what happened after"],
        [
            ["This is where we make our stand", "Nothing but an open hand", "All the way across the land", "Higher than we ever planned"],
            ["Carry it across the fire", "Every step a little higher", "Rising louder than a choir", "We were never made to tire"],
            ["We are walking into light", "Stand beside me in the fight", "We will hold it through the night", "See the signal burning bright"],
            ["We will answer to the call", "Hear it ringing in the hall", "We will rise each time we fall", "We will see beyond the wall"],
            ["We will not be turned away", "There will come another day", "Let the thunder have its say", "This is how we find our way"],
            ["Now the end is drawing near", "There is nothing left to fear", "Raise it so that all can hear", "We have waited year on year"],
            ["Far above the world below", "Only forward, this we know", "Through the fire and the snow", "Onward as the rivers flow"],
        ],
        ["the burning bridge", "the long way home", "a light on the mountain", "the northern shore", "the last gate", "the banner in the wind"]);

    private static readonly LyricBank Brand = new(
        ["You wake up thinking of {image}", "Everybody knows {image}", "It all begins with {image}", "Follow your nose to {image}", "There's nothing like {image}", "Come on in for {image}"],
        ["All you need is {image}", "Say hello to {image}", "Nothing else like {image}"],
        ["{name}, you know the name", "Say it with me, {name}", "Hello, hello, {name}", "Make it {name}, make it now"],
        ["Meet me {place}", "You will find us {place}"],
        ["Open the door and there it is", "Everyone needs a little moment", "Here is a thing that you should know", "One little word is all it takes"],
        [
            ["It's the bright part of the day", "Come along and make your day", "What a way to start the day", "Everybody's on their way"],
            ["And it simply feels just right", "Turn the morning into light", "See it in a brand new light", "You will know it at first sight"],
            ["Now the day is looking fine", "Could be yours and could be mine", "Everything is right on time", "Come on in, the weather's fine"],
            ["Something good is coming through", "This is something made for you", "Try a little something new", "All we need right now is you"],
            ["Now you see it, now you know", "Come along and say hello", "That's the way it ought to go", "Tell it everywhere you go"],
        ],
        ["the morning radio", "the open window", "the first cup of the day", "the corner shop", "the long weekend"]);

    internal static LyricBank Of(LyricTone tone) => tone switch
    {
        LyricTone.Bright => Bright,
        LyricTone.Night => Night,
        LyricTone.Heroic => Heroic,
        LyricTone.Brand => Brand,
        _ => Tender,
    };
}
