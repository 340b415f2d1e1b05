using System.Globalization;
using System.Text;
using CsCheck;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>One event as a test wants it: a name, its fields as JSON, and its music.</summary>
internal sealed record TestEvent(string Name, (string Name, string Json)[] Fields, byte[]? Music = null)
{
    public static TestEvent Audio(byte[] music, int index = 0, params (string Name, string Json)[] more) =>
        new("audio_chunk", [("content_type", "\"audio/mpeg\""), ("index", index.ToString(CultureInfo.InvariantCulture)), .. more], music);

    public static TestEvent Done(int? parts = null, string? songId = null) => new(
        "done",
        [
            .. parts is null ? Array.Empty<(string, string)>() : [("audio_chunk_count", parts.Value.ToString(CultureInfo.InvariantCulture))],
            .. songId is null ? Array.Empty<(string, string)>() : [("song_id", $"\"{songId}\"")],
        ]);
}

/// <summary>How events are written: every freedom that the format, or JSON, leaves.</summary>
internal sealed record StreamForm
{
    public static readonly StreamForm Usual = new();

    public string LineEnd { get; init; } = "\n";

    public string AfterColon { get; init; } = " ";

    public string NamePlace { get; init; } = "before";

    public bool HasMark { get; init; }

    public bool EndsWithBlankLine { get; init; } = true;

    public bool HasNoise { get; init; }

    public bool IsOverManyLines { get; init; }

    /// <summary>0 for none; else each so-many-th letter of the music is written as an escape.</summary>
    public int EscapeEvery { get; init; }

    /// <summary>Turns the fields round.</summary>
    public int Order { get; init; }

    public static Gen<StreamForm> All { get; } = Gen.Select(
        Gen.Select(Any.Of("\n", "\r", "\r\n"), Any.Of("", " "), Any.Of("before", "after", "wrapped", "wrapped after")),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Int[0, 5], Gen.Int[0, 4]).Select((texts, flags, escape, order) => new StreamForm
        {
            LineEnd = texts.Item1,
            AfterColon = texts.Item2,
            NamePlace = texts.Item3,
            HasMark = flags.Item1,
            EndsWithBlankLine = flags.Item2,
            HasNoise = flags.Item3,
            IsOverManyLines = flags.Item4,
            EscapeEvery = escape,
            Order = order,
        });

    public byte[] Write(params IReadOnlyList<TestEvent> events)
    {
        var text = new StringBuilder(HasMark ? "\uFEFF" : "");
        for (var i = 0; i < events.Count; i++)
        {
            var lines = LinesOf(events[i]).ToList();
            text.AppendJoin(LineEnd, lines).Append(LineEnd);
            if (EndsWithBlankLine || i < events.Count - 1)
            {
                text.Append(LineEnd);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private IEnumerable<string> LinesOf(TestEvent one)
    {
        if (HasNoise)
        {
            yield return ": keep-alive é";
            yield return $"id:{AfterColon}7";
            yield return "retry: 3000";
            yield return "unknown";
        }

        if (NamePlace == "before")
        {
            yield return $"event:{AfterColon}{one.Name}";
        }

        foreach (var line in JsonOf(one).Split('\n'))
        {
            yield return $"data:{AfterColon}{line}";
        }

        if (NamePlace == "after")
        {
            yield return $"event:{AfterColon}{one.Name}";
        }
    }

    private string JsonOf(TestEvent one)
    {
        var between = IsOverManyLines ? ",\n" : ",";
        List<(string Name, string Json)> fields = [.. one.Fields];
        if (one.Music is not null)
        {
            fields.Insert(Order % (fields.Count + 1), ("audio_base64", $"\"{Escaped(Convert.ToBase64String(one.Music))}\""));
        }

        var data = $"{{{string.Join(between, fields.Select(field => $"\"{field.Name}\": {field.Json}"))}}}";
        return NamePlace switch
        {
            "wrapped" => $"{{\"event\":\"{one.Name}\"{between}\"data\":{data}}}",
            "wrapped after" => $"{{\"data\":{data}{between}\"event\":\"{one.Name}\"}}",
            _ => data,
        };
    }

    private string Escaped(string base64)
    {
        if (EscapeEvery == 0)
        {
            return base64;
        }

        var text = new StringBuilder();
        for (var i = 0; i < base64.Length; i++)
        {
            text.Append((i % EscapeEvery, base64[i]) switch
            {
                (0, '/') => "\\/",
                (0, var letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                (_, var letter) => letter.ToString(),
            });
        }

        return text.ToString();
    }
}

/// <summary>One of some values.</summary>
internal static class Any
{
    public static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}

/// <summary>Reads bytes in pieces of given lengths, over and over.</summary>
internal sealed class Pieces(byte[] bytes, params int[] lengths)
{
    private int _at;
    private int _step;

    public ValueTask<int> ReadAsync(Memory<byte> memory, CancellationToken ct)
    {
        var count = Math.Min(Math.Min(memory.Length, bytes.Length - _at), lengths[_step++ % lengths.Length]);
        bytes.AsMemory(_at, count).CopyTo(memory);
        _at += count;
        return ValueTask.FromResult(count);
    }
}
