using CsCheck;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs;

/// <summary>What arrives is given on: music, progress, words, waveform, metadata, the plan that was followed.</summary>
public sealed class SongTests
{
    private static readonly TestEvent Plan = new("composition_plan", [("chunks", """[{"text":"[Intro]\n{instrumental}","duration_ms":3000,"positive_styles":["synthwave"],"negative_styles":[]},{"text":"[Verse 1]\nOne light","duration_ms":9000,"positive_styles":["synthwave"]}]""")]);
    private static readonly TestEvent Metadata = new("song_metadata", [("title", "\"Night Drive\""), ("description", "null"), ("genres", """["synthwave"]"""), ("languages", "null"), ("is_explicit", "false")]);

    [Fact]
    public async Task Events_InTheRecordedOrder_BecomeASong()
    {
        byte[] music = Upstream.Mp3(12_000);
        TestEvent[] events =
        [
            TestEvent.Audio(music[..50_000], 0, ("waveform_visual", "[0, 500]"), ("words_timestamps", "[]")), Plan, Metadata,
            TestEvent.Audio(music[50_000..], 1, ("waveform_visual", "[-1000, 2000]"), ("words_timestamps", """[{"word":"One","start_ms":3000,"end_ms":3200},{"word":"light,","start_ms":3200,"end_ms":3500}]""")),
            TestEvent.Done(2, "song-1"),
        ];
        var rendered = await new Upstream(() => Upstream.Events(StreamForm.Usual.Write(events))).RenderAsync(Songs.Sung);
        Assert.Null(rendered.Failure);
        Assert.Equal(music, rendered.Music);
        Assert.Equal([0, 1], rendered.Outputs.OfType<GeneratorOutput.Part>().Select(part => part.Index));
        Assert.Equal([0f, 0.5f, 1f, 1f], rendered.Outputs.OfType<GeneratorOutput.Waveform>().Single().Values);
        Assert.Equal([new WordTiming("One", 3_000, 3_200), new WordTiming("light,", 3_200, 3_500)], rendered.Outputs.OfType<GeneratorOutput.Words>().Last().Timings);
        var song = rendered.Outputs.OfType<GeneratorOutput.Metadata>().Single().Song;
        Assert.Equal(("Night Drive", null, false), (song.Title, song.Description, song.IsExplicit));
        Assert.Equal(["synthwave"], song.Genres);
        Assert.Empty(song.Languages);
        var upstream = rendered.Outputs.OfType<GeneratorOutput.Upstream>().Last();
        Assert.Equal("song-1", upstream.SongId);
        Assert.Equal(9_000, Assert.IsType<ChunkPlan>(upstream.Plan).Chunks[1].DurationMs);
    }

    [Fact]
    public async Task Events_InAnyOrderAndForm_GiveTheSameSong() => await Gen.Select(Gen.Shuffle(new[] { 0, 1, 2, 3, 4 }), StreamForm.All, Gen.Int[2_000, 40_000]).SampleAsync(
        async (order, form, cut) =>
        {
            byte[] music = Upstream.Mp3(1_000);
            byte[][] parts = [music[..999], music[999..10_000], music[10_000..]];
            TestEvent[] events =
            [
                .. parts.Select((part, index) => TestEvent.Audio(part, index, ("waveform_visual", $"[{index * 100}]"), ("words_timestamps", $$"""[{"word":"drive","start_ms":{{index * 1000}},"end_ms":{{(index * 1000) + 5}}}]"""))),
                Plan, TestEvent.Done(3, "song-1"),
            ];
            var stream = form.Write([.. order.Select(place => events[place])]);
            var asked = Songs.Sung with { Sections = [new PlanSection { SectionName = "A", DurationMs = 4_000, Lines = ["Drive, drive, drive"] }] };
            var rendered = await new Upstream(() => Upstream.Events([.. stream.Chunk(cut)])).RenderAsync(asked);
            Assert.Null(rendered.Failure);

            var taken = new SortedDictionary<int, byte[]>();
            byte[] open = [];
            foreach (var output in rendered.Outputs)
            {
                open = output is GeneratorOutput.Encoded encoded ? [.. open, .. encoded.Bytes.Span] : open;
                if (output is GeneratorOutput.Part part)
                {
                    taken.Add(part.Index, open);
                    open = [];
                }
            }

            Assert.Equal(music, taken.Values.SelectMany(part => part));
            Assert.Equal([0f, 0.1f, 0.2f], rendered.Outputs.OfType<GeneratorOutput.Waveform>().Last().Values);
            Assert.Equal([0, 1_000, 2_000], rendered.Outputs.OfType<GeneratorOutput.Words>().Last().Timings.Select(word => word.StartMs));
            Assert.Equal("song-1", rendered.Outputs.OfType<GeneratorOutput.Upstream>().Last().SongId);
        },
        iter: 60, threads: 1);

    [Fact]
    public async Task Progress_TellsOnlyWhatArrived()
    {
        var music = Upstream.Mp3(12_000);
        var upstream = new Upstream(() => Upstream.Events([.. StreamForm.Usual.Write(TestEvent.Audio(music), TestEvent.Done(1)).Chunk(4_000)]));
        var progress = (await upstream.RenderAsync(Songs.Sung)).Outputs.OfType<GeneratorOutput.Progress>().ToList();
        Assert.Equal(Enumerable.Range(1, 12).Select(second => $"Section {(second < 3 ? 1 : second <= 7 ? 2 : 3)} of 3, {second} s of 12 s generated"), progress.Select(step => step.Message));
        Assert.All(progress, step => Assert.Equal(12_000, step.TotalMs));
        Assert.Equal(progress.Select(step => step.DoneMs).Order(), progress.Select(step => step.DoneMs));
    }

    [Fact]
    public async Task Progress_OfAPromptWithoutLength_HasATotalOnlyWhenThePlanIsThere()
    {
        var music = Upstream.Mp3(12_000);
        var stream = StreamForm.Usual.Write(TestEvent.Audio(music[..100_000]), Plan, TestEvent.Audio(music[100_000..], 1), TestEvent.Done(2));
        var rendered = await new Upstream(() => Upstream.Events([.. stream.Chunk(10_000)])).RenderAsync(new PromptComposition { Prompt = "a song" });
        Assert.Equal("1 s generated", rendered.Messages[0]);
        Assert.Equal("Section 2 of 2, 12 s of 12 s generated", rendered.Messages[^1]);
        Assert.Equal((0, 12_000), (rendered.Outputs.OfType<GeneratorOutput.Progress>().First().TotalMs, rendered.Outputs.OfType<GeneratorOutput.Progress>().Last().TotalMs));
    }

    [Fact]
    public async Task PlanOfTheUpstream_ThatCannotBeRead_IsLeftOut()
    {
        var stream = StreamForm.Usual.Write(new TestEvent("composition_plan", [("chunks", "[{}]")]), new TestEvent("song_metadata", [("title", "7"), ("genres", "{}")]), TestEvent.Audio(Upstream.Mp3(12_000)), TestEvent.Done(1));
        var rendered = await new Upstream(() => Upstream.Events(stream)).RenderAsync(Songs.Sung);
        Assert.Null(rendered.Failure);
        Assert.Empty(rendered.Outputs.OfType<GeneratorOutput.Upstream>());
        Assert.Null(rendered.Outputs.OfType<GeneratorOutput.Metadata>().Single().Song.Title);
    }

    [Fact]
    public async Task Multipart_BecomesTheSameSong()
    {
        const string Details = """
            {"composition_plan":{"chunks":[{"text":"[Verse]\nDrive on","duration_ms":12000,"positive_styles":[]}]},"song_metadata":{"title":"T","genres":null},
             "words_timestamps":[{"word":"{soft}","start_ms":0,"end_ms":9},{"word":"Drive","start_ms":9000,"end_ms":9100},{"word":"on","start_ms":9100,"end_ms":9200}]}
            """;
        var music = Upstream.Mp3(12_000);
        var upstream = new Upstream(
            () => Upstream.Raw(404, """{"detail":"Not Found"}"""),
            () =>
            {
                var answer = Upstream.Answer(new MemoryStream(MultipartAnswerReaderTests.Body(music, "\n", true, false, true, Details)), "multipart/mixed; boundary=b0undary_=");
                answer.Headers.Add("song-id", "song-9");
                return answer;
            });
        var rendered = await upstream.RenderAsync(Songs.Sung);
        Assert.Null(rendered.Failure);
        Assert.Equal(music, rendered.Music);
        Assert.Equal(["Drive", "on"], rendered.Outputs.OfType<GeneratorOutput.Words>().Last().Timings.Select(word => word.Word));
        Assert.Equal("song-9", rendered.Outputs.OfType<GeneratorOutput.Upstream>().Last().SongId);
        Assert.NotNull(rendered.Outputs.OfType<GeneratorOutput.Upstream>().Last().Plan);
        Assert.Empty(rendered.Outputs.OfType<GeneratorOutput.Waveform>());
        Assert.Equal(["/v1/music/detailed/stream", "/v1/music/detailed"], upstream.Calls.Select(call => call.Path));
        Assert.True(System.Text.Json.JsonElement.DeepEquals(upstream.Calls[0].Body, upstream.Calls[1].Body));
    }

    [Fact]
    public async Task Key_ThatTheAnswerRepeats_IsInNothingThatIsKept()
    {
        var stream = StreamForm.Usual.Write(
            new TestEvent("composition_plan", [("chunks", $$"""[{"text":"[Verse]\nDrive {{Upstream.Key}}","duration_ms":12000,"positive_styles":["{{Upstream.Key}}"]}]""")]),
            new TestEvent("song_metadata", [("title", $"\"Song of {Upstream.Key}\""), ("genres", $"[\"{Upstream.Key}\"]"), ("description", $"\"{Upstream.Key}\"")]),
            TestEvent.Audio(Upstream.Mp3(12_000), 0, ("words_timestamps", $$"""[{"word":"{{Upstream.Key}}","start_ms":0,"end_ms":9}]""")),
            TestEvent.Done(1, Upstream.Key));
        var rendered = await new Upstream(() =>
        {
            var answer = Upstream.Events(stream);
            answer.Headers.Add("song-id", $"song {Upstream.Key}");
            return answer;
        }).RenderAsync(new PromptComposition { Prompt = "a song" });
        Assert.Null(rendered.Failure);
        Assert.Equal("Song of *******************", rendered.Outputs.OfType<GeneratorOutput.Metadata>().Single().Song.Title);
        Assert.Equal("*******************", rendered.Outputs.OfType<GeneratorOutput.Upstream>().Last().SongId);
        var kept = string.Join('\n', rendered.Outputs.Select(output => output switch
        {
            GeneratorOutput.Metadata metadata => System.Text.Json.JsonSerializer.Serialize(metadata.Song),
            GeneratorOutput.Upstream upstream => $"{upstream.SongId} {(upstream.Plan is { } plan ? PlanJson.ToCompactText(plan) : "")}",
            GeneratorOutput.Words words => string.Join(' ', words.Timings),
            _ => "",
        }));
        Assert.DoesNotContain(Upstream.Key, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MusicAlone_IsTaken()
    {
        var rendered = await new Upstream(() => Upstream.Answer(new MemoryStream(Upstream.Mp3(12_000)), "audio/mpeg")).RenderAsync(Songs.Sung);
        Assert.Null(rendered.Failure);
        Assert.Equal(Upstream.Mp3(12_000), rendered.Music);
    }

    [Fact]
    public async Task Music_GivenOnInBlocks_IsReadOnlyWhenItIsWanted()
    {
        var stream = new CountingStream(StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(60_000)), TestEvent.Done(1)));
        var generator = new Upstream(() => Upstream.Answer(stream, "text/event-stream")).Generator();
        var outputs = generator.GenerateAsync(new GenerationRequest { Composition = Songs.Sung, Seed = 1, OutputFormat = "auto" }, CancellationToken.None).GetAsyncEnumerator();
        while (await outputs.MoveNextAsync() && outputs.Current is not GeneratorOutput.Encoded)
        {
        }

        Assert.Equal(1, stream.Reads);
        await outputs.DisposeAsync();
        Assert.True(stream.IsDisposed);
    }

    [Theory]
    [InlineData("One light two lights Don't look back Drive on", "One light two lights Don't look back Drive on")]
    [InlineData("{instrumental, no vocals} one LIGHT two lights (whispered) dont look back [Chorus] drive on!", "one LIGHT two lights dont look back drive on!")]
    [InlineData("One light ooh two lights Don’t look-back yeah drive", "One light two lights Don’t look-back drive")]
    [InlineData("Nothing of it", "")]
    public async Task Words_ThatAreNoLyrics_AreLeftOut(string tokens, string kept)
    {
        var timings = string.Join(',', tokens.Split(' ').Select((word, index) => $$"""{"word":"{{word}}","start_ms":{{index}},"end_ms":{{index + 1}}}"""));
        var stream = StreamForm.Usual.Write(TestEvent.Audio(Upstream.Mp3(12_000), 0, ("words_timestamps", $"[{timings}]")), TestEvent.Done(1));
        var rendered = await new Upstream(() => Upstream.Events(stream)).RenderAsync(Songs.Sung);
        Assert.Equal(kept, string.Join(' ', rendered.Outputs.OfType<GeneratorOutput.Words>().Last().Timings.Select(word => word.Word)));
    }

    [Fact]
    public async Task Words_OfScriptsWithoutSpaces_AreFoundHoweverTheyAreCut()
    {
        var asked = Songs.Sung with { Sections = [new PlanSection { SectionName = "A", DurationMs = 12_000, Lines = ["祖母は駅に", "привет, мир"] }] };
        var stream = StreamForm.Usual.Write(
            TestEvent.Audio(Upstream.Mp3(12_000), 0, ("words_timestamps", """[{"word":"祖母","start_ms":0,"end_ms":1},{"word":"は","start_ms":1,"end_ms":2},{"word":"犬","start_ms":2,"end_ms":3},{"word":"駅に","start_ms":3,"end_ms":4},{"word":"Привет","start_ms":4,"end_ms":5}]""")),
            TestEvent.Done(1));
        var rendered = await new Upstream(() => Upstream.Events(stream)).RenderAsync(asked);
        Assert.Equal(["祖母", "は", "駅に", "Привет"], rendered.Outputs.OfType<GeneratorOutput.Words>().Last().Timings.Select(word => word.Word));
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public bool IsDisposed { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            return base.ReadAsync(buffer, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
