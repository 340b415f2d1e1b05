using System.Text.RegularExpressions;

namespace MusicRender.Engine.Prompting;

/// <summary>
/// Writes the lines of a song. Verses set the story's own sentences against answers that rhyme (x a y a); the chorus is
/// a hook with the story's foremost name or image and keeps the same words each time. Stories that are not English are
/// sung in their own phrases only.
/// </summary>
internal sealed partial class LyricWriter
{
    private const int MostLines = 16;

    private readonly Story _story;
    private readonly LyricBank _bank;
    private readonly SeededChoice _choice;
    private readonly string? _title;
    private readonly Queue<string> _openings = new();
    private readonly Queue<string> _images = new();
    private readonly Queue<string> _plain = new();
    private readonly Queue<IReadOnlyList<string>> _answers = new();
    private readonly IReadOnlyList<string> _allImages;
    private readonly Queue<string?> _storyLines = new();
    private string[] _chorus = [];
    private bool _wasHeard;
    private bool _isPlainNext;

    internal LyricWriter(Story story, LyricTone tone, string? title, IReadOnlyList<string> images, SeededChoice choice)
    {
        (_story, _bank, _title, _choice) = (story, LyricBank.Of(tone), title, choice);
        _allImages = story.Images.Count > 0 ? [.. story.Images.Take(12)] : images.Count > 0 ? images : _choice.Shuffle(_bank.Images);
    }

    /// <summary>The lines of each section, in order; those without singing are empty.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Write(IReadOnlyList<(string Name, int DurationMs)> sections)
    {
        var roles = sections.Select(section => SectionRoles.Of(section.Name)).ToArray();
        if (!roles.Any(role => role.IsSung()))
        {
            // Nothing by name: the longest section tells the story.
            var longest = sections.Select((section, at) => (section.DurationMs, At: at)).MaxBy(entry => entry.DurationMs).At;
            roles[longest] = SectionRole.Verse;
        }

        var counts = sections.Select((section, at) => LineCount(roles[at], section.DurationMs)).ToArray();
        if (!_story.IsEmpty && !_story.IsEnglish)
        {
            return OwnPhrases(roles, counts);
        }

        var told = counts.Where((_, at) => roles[at] is SectionRole.Verse).Sum(count => (count + 1) / 2);
        _chorus = Chorus();
        PlanStory(told);
        return roles.Select((role, at) => Lines(role, counts[at])).ToArray();
    }

    private static int LineCount(SectionRole role, int durationMs)
    {
        var lines = role switch
        {
            SectionRole.Chorus or SectionRole.Hook => durationMs / 4_200.0,
            SectionRole.Verse or SectionRole.Bridge or SectionRole.PreChorus => durationMs / 4_600.0,
            SectionRole.Button => 1,
            SectionRole.Outro => durationMs >= 5_000 ? 1 : 0,
            _ => 0,
        };
        var rounded = (int)Math.Round(lines);
        var even = rounded > 2 ? rounded / 2 * 2 : rounded;
        return role.IsSung() ? Math.Clamp(even, 1, MostLines) : rounded;
    }

    private IReadOnlyList<string> Lines(SectionRole role, int count) => role switch
    {
        _ when count == 0 => [],
        SectionRole.Chorus or SectionRole.Hook => Repeated(_chorus, count),
        SectionRole.Outro or SectionRole.Button => [_chorus[0]],
        SectionRole.Verse => Stanzas(count, fromStory: true),
        _ => Stanzas(count, fromStory: false),
    };

    /// <summary>Longer choruses sing the hook and its answers again.</summary>
    private static string[] Repeated(string[] chorus, int count) =>
        Enumerable.Range(0, count).Select(at => chorus[at % chorus.Length]).ToArray();

    private string[] Chorus()
    {
        var hook = HookLine();
        var heart = _story.Lines.Count >= 2 && _story.Lines[^1] is var last && last != hook && IsHeart(last) ? last : null;
        var second = heart ?? (_allImages.Count > 1
            ? Fill(_choice.Pick(_bank.Hooks.Where(line => Fill(line, _allImages[0]) != hook).ToArray()), _allImages[1])
            : hook);
        var answers = NextAnswers(heart);
        return [hook, answers[0], second, answers[1]];
    }

    /// <summary>The last line is worth repeating when it is short or when somebody speaks in it.</summary>
    private static bool IsHeart(string line)
    {
        var words = line.Split(' ');
        return !SungLines.Continues(line)
            && (words.Length <= 7 || words.Any(word => word.ToLowerInvariant() is "i" or "we" or "you" or "me" or "us"));
    }

    private string HookLine()
    {
        if (_story.Names.Count > 0 && Birthday().IsMatch(_story.Text))
        {
            return $"Happy birthday, {_story.Names[0]}";
        }

        var place = _story.PlacePhrases.FirstOrDefault(phrase => phrase.Equals(_title, StringComparison.OrdinalIgnoreCase));
        if (place is not null)
        {
            return _choice.Pick(_bank.PlaceHooks).Replace("{place}", place, StringComparison.Ordinal);
        }

        var titled = _allImages.FirstOrDefault(image =>
            _title is not null && _title.Contains(StoryImages.Content(image), StringComparison.OrdinalIgnoreCase));
        var named = _story.Names.Count > 0 && (_bank == LyricBank.Of(LyricTone.Brand) || titled is null || _choice.Next(3) > 0);
        if (named)
        {
            return _choice.Pick(_bank.NameHooks).Replace("{name}", _story.Names[0], StringComparison.Ordinal);
        }

        // A story without a noun to hold on to is its own hook.
        return _story.Images.Count == 0 && _story.Lines.Count > 0
            ? _story.Lines[^1]
            : Fill(_choice.Pick(_bank.Hooks), titled ?? _allImages[0]);
    }

    /// <summary>Spreads the story's lines over the verses' odd lines; the gaps take images.</summary>
    private void PlanStory(int places)
    {
        var lines = _story.Lines.Where(line => !_chorus.Contains(line)).ToArray();
        if (lines.Length == 0 && _story.Lines.Count > 0 && _story.Images.Count == 0)
        {
            lines = [.. _story.Lines];
        }

        var taken = lines.Length > places ? Spread(lines, places) : lines;
        // Lines that run on stay together; the gaps between the others are filled with images.
        var gaps = places - taken.Length;
        for (var at = 0; at < taken.Length; at++)
        {
            var runsOn = at + 1 < taken.Length && SungLines.Continues(taken[at + 1]);
            _storyLines.Enqueue(taken[at]);
            if (gaps > 0 && !runsOn && at + 1 < taken.Length)
            {
                _storyLines.Enqueue(null);
                gaps--;
            }
        }
    }

    private static string[] Spread(string[] lines, int places) =>
        Enumerable.Range(0, places).Select(at => lines[at * lines.Length / places]).ToArray();

    private List<string> Stanzas(int count, bool fromStory)
    {
        var lines = new List<string>();
        while (lines.Count < count)
        {
            var first = NextLine(fromStory);
            // A sentence that runs over two lines is not interrupted; its answers follow as a couplet.
            var runsOn = fromStory && count - lines.Count >= 4 && _storyLines.TryPeek(out var next) && next is not null && SungLines.Continues(next);
            var second = count - lines.Count >= 3 ? NextLine(fromStory) : "";
            var answers = NextAnswers(runsOn ? second : first);
            lines.AddRange(runsOn ? [first, second, answers[0], answers[1]] : [first, answers[0], second, answers[1]]);
        }

        return lines[..count];
    }

    private string NextLine(bool fromStory) =>
        (fromStory && _storyLines.Count > 0 ? _storyLines.Dequeue() : null) ?? Opening();

    private string Opening()
    {
        if (_openings.Count == 0)
        {
            _choice.Shuffle(_bank.Openings).ForEach(_openings.Enqueue);
        }

        if (_images.Count == 0)
        {
            // Every image has had its line; a plain one comes before they return.
            if (_wasHeard && _plain.Count == 0)
            {
                _choice.Shuffle(_bank.Plain).ForEach(_plain.Enqueue);
            }

            if (_wasHeard && !_isPlainNext)
            {
                _isPlainNext = true;
                return _plain.Dequeue();
            }

            (_wasHeard, _isPlainNext) = (true, false);
            // The foremost image belongs to the chorus; verses come to it last.
            _allImages.Skip(1).Append(_allImages[0]).ToList().ForEach(_images.Enqueue);
        }

        return Fill(_openings.Dequeue(), _images.Dequeue());
    }

    /// <summary>Two lines that rhyme with each other, and with this line where the bank has such a pair left.</summary>
    private IReadOnlyList<string> NextAnswers(string? line)
    {
        if (_answers.Count == 0)
        {
            foreach (var group in _choice.Shuffle(_bank.Answers))
            {
                var lines = _choice.Shuffle(group);
                _answers.Enqueue(lines[..2]);
            }

            // The other halves of the groups, for long songs.
            foreach (var pair in _answers.ToArray())
            {
                _answers.Enqueue(_bank.Answers.First(group => group.Contains(pair[0])).Except(pair).ToArray());
            }
        }

        var rhyming = line is null ? null : _answers.FirstOrDefault(pair => Rhymes.With(line, pair[0]));
        if (rhyming is null)
        {
            return _answers.Dequeue();
        }

        var rest = _answers.Where(pair => pair != rhyming).ToArray();
        _answers.Clear();
        foreach (var pair in rest)
        {
            _answers.Enqueue(pair);
        }

        return rhyming;
    }

    private IReadOnlyList<string>[] OwnPhrases(SectionRole[] roles, int[] counts)
    {
        var phrases = _story.Lines.Count > 0 ? _story.Lines : [PlainText.Cut(_story.Text, 80)];
        var hook = phrases.Count > 2 ? phrases.Skip(phrases.Count - 2).ToArray() : [phrases[^1]];
        // Two phrases or fewer would be heard too often alone; then the verses sing the whole story.
        var told = phrases.Count - hook.Length > 2 ? phrases.Take(phrases.Count - hook.Length).ToArray() : phrases;
        var next = 0;
        return roles.Select((role, at) => (IReadOnlyList<string>)(role is SectionRole.Chorus or SectionRole.Hook or SectionRole.Outro or SectionRole.Button
            ? Repeated(hook, counts[at])
            : Enumerable.Range(0, counts[at]).Select(_ => told[next++ % told.Count]).ToArray())).ToArray();
    }

    [GeneratedRegex(@"\bbirthday\b|\bturn(?:s|ed|ing)? (?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Birthday();

    private static string Fill(string line, string image) => line.Replace("{image}", image, StringComparison.Ordinal);
}
