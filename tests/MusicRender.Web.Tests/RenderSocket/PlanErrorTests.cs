using System.Text.Json.Nodes;
using MusicRender.Web.Tests.Server;
using Xunit;

namespace MusicRender.Web.Tests.RenderSocket;

[Collection(typeof(SharedApp))]
public sealed class PlanErrorTests(MusicRenderApp app)
{
    private static readonly string Long = new('x', 6001);

    /// <summary>Each limit: what to break, and where the problem must be told.</summary>
    public static TheoryData<string, string, string> Limits
    {
        get
        {
            var many = new JsonArray([.. Enumerable.Range(0, 51).Select(i => (JsonNode)$"style {i}")]).ToJsonString();
            var section = """{"section_name":"A","duration_ms":3000}""";
            var longest = """{"section_name":"A","duration_ms":120000}""";
            return new TheoryData<string, string, string>
            {
                { "no shape", "{}", "sections" },
                { "sections is null", """{"sections":null}""", "sections" },
                { "no section", """{"sections":[]}""", "sections" },
                { "31 sections", $$"""{"sections":[{{string.Join(',', Enumerable.Repeat(section, 31))}}]}""", "sections" },
                { "601 s", $$"""{"sections":[{{string.Join(',', Enumerable.Repeat(longest, 5))}},{"section_name":"B","duration_ms":3000}]}""", "sections" },
                { "sections is text", """{"sections":"Verse"}""", "sections" },
                { "section is text", """{"sections":["Verse"]}""", "sections[0]" },
                { "section is null", $$"""{"sections":[{{section}},null]}""", "sections[1]" },
                { "name missing", """{"sections":[{"duration_ms":3000}]}""", "sections[0].section_name" },
                { "name empty", """{"sections":[{"section_name":"","duration_ms":3000}]}""", "sections[0].section_name" },
                { "name blank", """{"sections":[{"section_name":"  ","duration_ms":3000}]}""", "sections[0].section_name" },
                { "name of 101", $$"""{"sections":[{"section_name":"{{Long[..101]}}","duration_ms":3000}]}""", "sections[0].section_name" },
                { "name a number", """{"sections":[{"section_name":7,"duration_ms":3000}]}""", "sections[0].section_name" },
                { "length missing", """{"sections":[{"section_name":"A"}]}""", "sections[0].duration_ms" },
                { "length 2999", """{"sections":[{"section_name":"A","duration_ms":2999}]}""", "sections[0].duration_ms" },
                { "length 120001", """{"sections":[{"section_name":"A","duration_ms":120001}]}""", "sections[0].duration_ms" },
                { "length negative", """{"sections":[{"section_name":"A","duration_ms":-3000}]}""", "sections[0].duration_ms" },
                { "length not whole", """{"sections":[{"section_name":"A","duration_ms":3000.5}]}""", "sections[0].duration_ms" },
                { "length as text", """{"sections":[{"section_name":"A","duration_ms":"3000"}]}""", "sections[0].duration_ms" },
                { "length huge", """{"sections":[{"section_name":"A","duration_ms":1e300}]}""", "sections[0].duration_ms" },
                { "length beyond doubles", """{"sections":[{"section_name":"A","duration_ms":1e999}]}""", "sections[0].duration_ms" },
                { "length NaN", """{"sections":[{"section_name":"A","duration_ms":"NaN"}]}""", "sections[0].duration_ms" },
                { "51 global styles", $$"""{"positive_global_styles":{{many}},"sections":[{{section}}]}""", "positive_global_styles" },
                { "51 unwanted global styles", $$"""{"negative_global_styles":{{many}},"sections":[{{section}}]}""", "negative_global_styles" },
                { "51 local styles", $$"""{"sections":[{"section_name":"A","duration_ms":3000,"positive_local_styles":{{many}}}]}""", "sections[0].positive_local_styles" },
                { "51 unwanted local styles", $$"""{"sections":[{"section_name":"A","duration_ms":3000,"negative_local_styles":{{many}}}]}""", "sections[0].negative_local_styles" },
                { "style null", $$"""{"positive_global_styles":["a",null],"sections":[{{section}}]}""", "positive_global_styles[1]" },
                { "style a list", $$"""{"positive_global_styles":[["a"]],"sections":[{{section}}]}""", "positive_global_styles[0]" },
                { "styles null", $$"""{"positive_global_styles":null,"sections":[{{section}}]}""", "positive_global_styles" },
                { "styles one text", $$"""{"positive_global_styles":"lo-fi","sections":[{{section}}]}""", "positive_global_styles" },
                { "31 lines", $$"""{"sections":[{"section_name":"A","duration_ms":3000,"lines":[{{string.Join(',', Enumerable.Repeat("\"la\"", 31))}}]}]}""", "sections[0].lines" },
                { "line of 201", $$"""{"sections":[{"section_name":"A","duration_ms":3000,"lines":["la","{{Long[..201]}}"]}]}""", "sections[0].lines[1]" },
                { "line null", """{"sections":[{"section_name":"A","duration_ms":3000,"lines":[null]}]}""", "sections[0].lines[0]" },
                { "title of 301", $$"""{"title":"{{Long[..301]}}","sections":[{{section}}]}""", "title" },
                { "title a number", $$"""{"title":1,"sections":[{{section}}]}""", "title" },
                { "no chunk", """{"chunks":[]}""", "chunks" },
                { "chunk text of 6001", $$"""{"chunks":[{"text":"{{Long}}","duration_ms":3000}]}""", "chunks[0].text" },
                { "chunk without text", """{"chunks":[{"duration_ms":3000}]}""", "chunks[0].text" },
                { "chunk too short", """{"chunks":[{"text":"[A]","duration_ms":1}]}""", "chunks[0].duration_ms" },
                { "prompt empty", """{"prompt":""}""", "prompt" },
                { "prompt of 4101", $$"""{"prompt":"{{Long[..4101]}}"}""", "prompt" },
                { "prompt too long a song", """{"prompt":"a song","music_length_ms":600001}""", "music_length_ms" },
                { "prompt and sections", $$"""{"prompt":"a song","sections":[{{section}}]}""", "prompt" },
                { "key twice", $$"""{"title":"a","title":"b","sections":[{{section}}]}""", "title" },
                { "key twice inside", """{"sections":[{"section_name":"A","section_name":"B","duration_ms":3000}]}""", "sections[0].section_name" },
                { "key twice where nobody looks", $$"""{"extra":{"deep":[{"a":1,"a":2}]},"sections":[{{section}}]}""", "extra.deep[0].a" },
                { "half a surrogate pair", $$"""{"title":"\ud83d","sections":[{{section}}]}""", "title" },
                { "half a pair in a line", """{"sections":[{"section_name":"A","duration_ms":3000,"lines":["\udc00 la"]}]}""", "sections[0].lines[0]" },
                { "half a pair in an extra field", $$"""{"extra":["\ud800"],"sections":[{{section}}]}""", "extra[0]" },
                { "unknown generator inside", $$"""{"generator":"kazoo","sections":[{{section}}]}""", "generator" },
                { "negative seed", $$"""{"seed":-1,"sections":[{{section}}]}""", "seed" },
                { "seed too large", $$"""{"seed":2147483648,"sections":[{{section}}]}""", "seed" },
                { "seed not whole", $$"""{"seed":0.5,"sections":[{{section}}]}""", "seed" },
                { "flag as text", $$"""{"with_timestamps":"yes","sections":[{{section}}]}""", "with_timestamps" },
                { "strength out of range", $$"""{"finetune_strength":2.5,"sections":[{{section}}]}""", "finetune_strength" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Plan_ThatBreaksOneRule_IsToldWhere(string rule, string plan, string path)
    {
        Assert.NotEmpty(rule);
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{{plan}} }""");

        var error = client.Error("VALIDATION_ERROR");
        Assert.Equal(["connected", "validating"], client.Received.SkipLast(1).Select(message => message.Text("stage")));
        Assert.Equal([path], error.GetProperty("details").GetProperty("errors").Paths());
        Assert.StartsWith(path + ":", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_WithManyProblems_HasThemAllInOneMessage()
    {
        await using var client = await SocketClient.RunAsync(app, """
            {"type":"render","seed":-5,"composition_plan":{"title":7,"positive_global_styles":[1],"sections":[
            {"section_name":"","duration_ms":1,"lines":[null]},
            {"duration_ms":"x"}]}}
            """);

        var error = client.Error("VALIDATION_ERROR");
        string[] paths = ["seed", "title", "positive_global_styles[0]", "sections[0].section_name", "sections[0].duration_ms", "sections[0].lines[0]", "sections[1].section_name", "sections[1].duration_ms"];
        Assert.Equal(paths.Order(), error.GetProperty("details").GetProperty("errors").Paths().Order());
        Assert.All(paths, path => Assert.Contains(path, error.Text("message"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plan_WithThousandsOfProblems_GetsAnAnswerOfBoundedLength()
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{"sections":[{{string.Join(',', Enumerable.Repeat("0", 20_000))}}] } }""");

        var error = client.Error("VALIDATION_ERROR");
        Assert.InRange(error.GetProperty("details").GetProperty("errors").GetArrayLength(), 100, 101);
        Assert.True(error.GetRawText().Length < 32_000);
    }

    [Theory]
    [InlineData("generator", "\"kazoo\"")]
    [InlineData("generator", "\"Sketch\"")]
    [InlineData("generator", "7")]
    [InlineData("output_format", "\"wav\"")]
    [InlineData("output_format", "\"mp3_44100_1\"")]
    [InlineData("output_format", "[]")]
    [InlineData("seed", "\"7\"")]
    [InlineData("finetune_id", "\"\"")]
    [InlineData("finetune_id", "\"01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890\"")]
    [InlineData("finetune_strength", "1.5")]
    public async Task Option_BesideThePlan_IsToldByItsName(string option, string value)
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{{Plans.Seed()}},"{{option}}":{{value}}}""");

        Assert.Equal([option], client.Error("VALIDATION_ERROR").GetProperty("details").GetProperty("errors").Paths());
    }

    [Theory]
    [InlineData("\"generator\":\"\\ud83d\"")]
    [InlineData("\"generator\":\"scripted\",\"generator\":\"sketch\"")]
    [InlineData("\"output_format\":\"\\udc00\"", "output_format")]
    [InlineData("\"note\":{\"a\":1,\"a\":2}", "note.a")]
    public async Task Option_BesideThePlanTwiceOrNotUnicode_IsToldByItsName(string option, string path = "generator")
    {
        await using var client = await SocketClient.RunAsync(app, $$"""{"type":"render","composition_plan":{{Plans.Seed("Option beside")}},{{option}}}""");

        Assert.Equal([path], client.Error("VALIDATION_ERROR").GetProperty("details").GetProperty("errors").Paths());
    }

    [Fact]
    public async Task Plan_AtEveryLimit_IsRendered()
    {
        var plan = Plans.Seed(new string('t', 300), sections: 30);
        plan["positive_global_styles"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => (JsonNode)$"style {i}")]);
        plan["sections"]![0]!["section_name"] = new string('n', 100);
        plan["sections"]![0]!["duration_ms"] = 120_000;
        plan["sections"]![0]!["lines"] = new JsonArray([.. Enumerable.Range(0, 30).Select(_ => (JsonNode)new string('l', 200))]);

        await using var client = await SocketClient.RunAsync(app, Plans.Message(plan));

        Assert.Equal("result", client.Terminal().Type());
    }

    [Fact]
    public async Task Plan_Refused_LeavesNoRenderBehind()
    {
        await using var client = await SocketClient.RunAsync(app, """{"type":"render","composition_plan":{"title":"Refused and forgotten","sections":[]}}""");

        Assert.False(client.Error("VALIDATION_ERROR").Has("render_id"));
        Assert.Equal(0, (await app.Api.SearchTracksAsync("refused forgotten")).Total);
    }

    [Fact]
    public async Task Generator_ThatFails_SaysWhy()
    {
        app.Scripted.On("Fails", Scripts.Failing("The kazoo is broken. Buy another.", "kazoo"));
        await using var client = await SocketClient.RunAsync(app, Plans.Message("Fails"));

        var error = client.Error("SERVER_ERROR");
        Assert.Equal("The kazoo is broken. Buy another.", error.Text("message"));
        Assert.Equal("kazoo", error.GetProperty("details").Text("reason"));
        Assert.Equal(client.Received.Count - 1, error.Number("sequence"));
    }

    [Fact]
    public async Task Generator_WithABug_TellsNothingOfItsInside()
    {
        app.Scripted.On("Throws", Scripts.Throwing(TroubledApp.Secret));
        await using var client = await SocketClient.RunAsync(app, Plans.Message("Throws"));

        Wire.AssertNothingInside(client.Error("SERVER_ERROR").GetRawText(), app);
    }

    [Fact]
    public async Task Generator_WithoutAudio_IsAServerError()
    {
        app.Scripted.On("Says nothing", Scripts.Giving());
        await using var client = await SocketClient.RunAsync(app, Plans.Message("Says nothing"));

        Assert.Equal("no_audio", client.Error("SERVER_ERROR").GetProperty("details").Text("reason"));
    }

    [Fact]
    public async Task Server_AfterAFailure_RendersTheNext()
    {
        app.Scripted.On("Fails first", Scripts.Throwing("a bug"));
        await using var failing = await SocketClient.RunAsync(app, Plans.Message("Fails first"));
        failing.Error("SERVER_ERROR");

        await using var next = await SocketClient.RunAsync(app, Plans.Message("Next"));

        Assert.Equal("result", next.Terminal().Type());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.LibraryRoot, "partial")));
    }
}
