using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>What a track's player does beside playing.</summary>
public sealed class PlayerJourneys(Studio studio) : Journey(studio)
{
    /// <summary>What a page with a track of ten minutes may take, bytes.</summary>
    private const double MostMemory = 60_000_000;

    private const int SampleRate = 44_100;

    /// <summary>Samples of a loop's beginning in which its end still fades out.</summary>
    private const int Seam = 221;

    [Fact]
    public async Task Loop_OfASection_GoesRoundWithoutAGapAtItsOwnPitch()
    {
        using var api = new StudioApi(Studio.Address);
        var made = await api.MakeTrackAsync("Round and round", 3_000, sections: 3);
        var visit = await PrepareAsync(Studio.Address);
        // Keeps the sound that the loop is made of.
        await visit.Page.AddInitScriptAsync("{ const create = URL.createObjectURL; URL.createObjectURL = (blob) => { window.loopSound = blob; return create.call(URL, blob); }; }");
        await visit.GoToAsync($"/tracks/{made["id"]}");
        var listen = new ListenPage(visit.Page);
        await listen.DrawnAsync();
        await listen.SectionMarks.Nth(1).ClickAsync();
        await listen.Speed.SelectOptionAsync("2");
        await visit.Page.Keyboard.PressAsync("l");
        await Assertions.Expect(listen.Loop).ToHaveAttributeAsync("aria-pressed", "true");
        await listen.Play.ClickAsync();

        // The element plays on beyond the section's length, the track stays in it.
        await visit.Page.UntilAsync("() => window.loopSound !== undefined && window.playing.currentTime > 3.3 && window.playing.playbackRate === 2 && window.playing.preservesPitch");
        await visit.Page.UntilAsync("() => { const at = Number(document.querySelector('[aria-label=Position]').getAttribute('aria-valuenow')); return at >= 3 && at <= 6; }");

        // The last samples of a round and the first of the next are those of the section's end and its beginning.
        var around = await visit.Page.EvaluateAsync<int[]>("async (length) => [...new Int16Array(await window.loopSound.slice(44 + 4 * (length - 2000), 44 + 4 * (length + 2000)).arrayBuffer())]", 3 * SampleRate);
        var track = await SamplesAsync(new Uri(Studio.Address, (string)made["stream_url"]!));
        AssertSame(track.AsSpan(2 * ((6 * SampleRate) - 2_000), 2 * 2_000), around.AsSpan(0, 2 * 2_000));
        AssertSame(track.AsSpan(2 * ((3 * SampleRate) + Seam), 2 * (2_000 - Seam)), around.AsSpan(2 * (2_000 + Seam)));

        // Another section takes the loop along, a place outside of it ends it.
        await visit.Page.Keyboard.PressAsync("]");
        await visit.Page.UntilAsync("() => Number(document.querySelector('[aria-label=Position]').getAttribute('aria-valuenow')) >= 6 && window.playing.src.startsWith('blob:')");
        await Assertions.Expect(listen.Loop).ToHaveAttributeAsync("aria-pressed", "true");

        // What follows the end of the track is its beginning.
        var beginning = await visit.Page.EvaluateAsync<int[]>("async (length) => [...new Int16Array(await window.loopSound.slice(44, 44 + 4 * length).arrayBuffer())]", Seam);
        var seam = Enumerable.Range(0, 2 * Seam).Select(i =>
        {
            var share = ((i / 2) + 0.5) / Seam;
            return (int)Math.Round((track[(2 * 6 * SampleRate) + i] * share) + (track[i] * (1 - share)));
        });
        AssertSame([.. seam], beginning);
        await listen.Position.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(listen.Loop).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.Page.UntilAsync("() => !window.playing.src.startsWith('blob:') && window.playing.currentTime < 2.9 && !window.playing.paused");
    }

    [Fact]
    public async Task Play_PressedBeforeThePlayersScriptIsThere_PlaysWhenItIs()
    {
        using var api = new StudioApi(Studio.Address);
        var made = await api.MakeTrackAsync("At once", 3_000, sections: 2);
        var visit = await PrepareAsync(Studio.Address);
        var pressed = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/assets/player*.js", async route =>
        {
            await pressed.Task;
            await route.ContinueAsync();
        });
        await visit.GoToAsync($"/tracks/{made["id"]}");
        var listen = new ListenPage(visit.Page);
        await listen.Play.ClickAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.playing === undefined"));
        pressed.SetResult();

        await Sound.PassAsync(visit.Page, 0.5);
        await listen.Pause.ClickAsync();
        await Sound.SilenceAsync(visit.Page);
    }

    [Fact]
    public async Task Loop_WhoseSoundComesWhenTheTrackIsOver_BeginsAllTheSame()
    {
        using var api = new StudioApi(Studio.Address);
        var made = await api.MakeTrackAsync("Nearly over", 3_000, sections: 2);
        var visit = await PrepareAsync(Studio.Address);
        // The sound that the loop is made of comes late.
        await visit.Page.AddInitScriptAsync("{ const get = window.fetch; const late = new Promise((go) => { window.soundComes = go; }); window.fetch = async (...asked) => { const sound = await get(...asked); if (asked[1]?.headers?.Range) await late; return sound; }; }");
        await visit.GoToAsync($"/tracks/{made["id"]}");
        var listen = new ListenPage(visit.Page);
        await listen.SectionMarks.Nth(1).ClickAsync();
        await visit.Page.Keyboard.PressAsync("l");
        await listen.Play.ClickAsync();
        await Sound.EndAsync(visit.Page);
        await visit.Page.EvaluateAsync("window.soundComes()");

        await Sound.PassAsync(visit.Page, 0.2);
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.playing.src.startsWith('blob:')"));
        await Assertions.Expect(listen.Loop).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Track_CanBeLookedAtSharedAndHadInOtherFormats()
    {
        using var api = new StudioApi(Studio.Address);
        var made = await api.MakeTrackAsync("Looked at", 3_000, sections: 4);
        var visit = await PrepareAsync(Studio.Address);
        await visit.Page.AddInitScriptAsync("{ window.mediaKeys = {}; navigator.mediaSession.setActionHandler = (key, handler) => { window.mediaKeys[key] = handler; }; }");
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.GoToAsync($"/tracks/{made["id"]}");
        var listen = new ListenPage(visit.Page);
        Assert.True(await listen.WaveHeightsAsync() > 5, "The waveform is not drawn.");

        // Closer: the window shows an eighth, as the server has measured it.
        var tile = await visit.Page.RunAndWaitForResponseAsync(
            async () =>
            {
                await listen.ZoomIn.ClickAsync();
                await listen.ZoomIn.ClickAsync();
                await visit.Page.Keyboard.PressAsync("+");
            },
            response => response.Url.Contains("from_ms=", StringComparison.Ordinal) && response.Url.Contains("to_ms=1500", StringComparison.Ordinal));
        Assert.True(tile.Ok, $"{tile.Status}");
        Assert.True(await listen.WaveHeightsAsync() > 5, "The waveform is not drawn closely.");
        await visit.Page.UntilAsync("() => { const box = document.querySelector('[data-part=window]'); return Math.abs(box.scrollWidth / box.clientWidth - 8) < 0.1; }");
        // A click a quarter into the window is then a quarter of 1.5 s.
        var box = (await listen.Window.BoundingBoxAsync())!;
        await visit.Page.Mouse.ClickAsync(box.X + (box.Width / 4), box.Y + 60);
        await listen.StandAtAsync(0.375);

        await listen.Spectrogram.ClickAsync();
        await visit.Page.UntilAsync("() => document.querySelector('[data-part=spectrogram-picture]').naturalHeight > 100");
        await visit.Page.Named(AriaRole.Button, "Light or dark").ClickAsync();
        await visit.Page.UntilAsync("() => { const it = document.querySelector('[data-part=spectrogram-picture]'); return it.src.endsWith('theme=light') && it.complete && it.naturalHeight > 100; }");

        await visit.Page.ExpectAccessibleAsync("the player, zoomed, with its spectrogram");

        // The keys of keyboards and headsets.
        await visit.Page.UntilAsync("() => navigator.mediaSession.metadata?.title === 'Looked at'");
        await visit.Page.EvaluateAsync("window.mediaKeys.nexttrack({})");
        await listen.StandAtAsync(3);
        await visit.Page.EvaluateAsync("window.mediaKeys.seekto({ seekTime: 7.5 })");
        await listen.StandAtAsync(7.5);

        await visit.Page.Named(AriaRole.Button, "Copy link").ClickAsync();
        await Assertions.Expect(listen.Player.GetByText("Link copied.")).ToBeVisibleAsync();
        Assert.Equal(new Uri(Studio.Address, $"/tracks/{made["id"]}").ToString(), await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        var name = Path.GetFileNameWithoutExtension((string)made["filename"]!);
        foreach (var (format, codec) in new[] { ("WAV", "pcm_s16le"), ("FLAC", "flac"), ("Opus", "opus") })
        {
            var path = await listen.DownloadAsync(listen.Player.Named(AriaRole.Link, $"Download {format}"));
            Assert.Equal($"{name}.{format.ToLowerInvariant()}", Path.GetFileName(path));
            var file = await AudioFile.ReadAsync(path);
            Assert.Equal(codec, file.Codec);
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public async Task Sound_WhileOneMovesAbout_GoesOnInTheSmallPlayer()
    {
        using var api = new StudioApi(Studio.Address);
        var made = await api.MakeTrackAsync("Goes on", 30_000, sections: 2);
        await api.MakeTrackAsync("Something else", 3_000);
        var visit = await VisitAsync($"/tracks/{made["id"]}", 390, 844);
        var listen = new ListenPage(visit.Page);
        var mini = visit.Page.Named(AriaRole.Region, "Now playing");
        await listen.DrawnAsync();
        await listen.Play.ClickAsync();
        await Sound.PassAsync(visit.Page, 0.3);
        await Assertions.Expect(mini).ToBeHiddenAsync();

        await visit.Page.Named(AriaRole.Link, "Library").ClickAsync();
        await Assertions.Expect(mini.Named(AriaRole.Link, "Goes on")).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(visit.Page);
        await visit.Page.ExpectAccessibleAsync("the small player");
        await Sound.PassAsync(visit.Page, await listen.TimeAsync() + 0.3);

        // Another track's page leaves it alone until that is played.
        await new LibraryPage(visit.Page).Open("Something else").ClickAsync();
        await listen.DrawnAsync();
        await Assertions.Expect(mini.Named(AriaRole.Button, "Pause")).ToBeVisibleAsync();
        await Assertions.Expect(listen.Position).ToHaveAttributeAsync("aria-valuetext", "0:00 of 0:03");
        await mini.Named(AriaRole.Button, "Pause").ClickAsync();
        await mini.Named(AriaRole.Slider, "Position of what plays").FillAsync("20");
        await listen.StandAtAsync(20);

        // Back on its own page the player has it, where it was.
        await mini.Named(AriaRole.Link, "Goes on").ClickAsync();
        await Assertions.Expect(listen.Heading).ToHaveTextAsync("Goes on");
        await Assertions.Expect(listen.Position).ToHaveAttributeAsync("aria-valuetext", "0:20 of 1:00");
        await Assertions.Expect(mini).ToBeHiddenAsync();

        await visit.Page.Named(AriaRole.Link, "Start").ClickAsync();
        await mini.Named(AriaRole.Button, "Close the player").ClickAsync();
        await Assertions.Expect(mini).ToBeHiddenAsync();
        await visit.Page.UntilAsync("() => window.playing.paused && !window.playing.hasAttribute('src')");
    }

    [Fact]
    public async Task TenMinutes_PlayedZoomedDrawnAndLooped_StayUnderSixtyMegabytes()
    {
        using var api = new StudioApi(Studio.Address);
        var made = await api.MakeTrackAsync("Ten minutes", 60_000, sections: 10);
        var visit = await VisitAsync($"/tracks/{made["id"]}");
        var listen = new ListenPage(visit.Page);
        await listen.DrawnAsync();
        await listen.Play.ClickAsync();
        await Sound.PassAsync(visit.Page, 1);
        await listen.Spectrogram.ClickAsync();
        await visit.Page.UntilAsync("() => document.querySelector('[data-part=spectrogram-picture]').naturalHeight > 100", timeout: Studio.RenderPatience);
        for (var zoom = 0; zoom < 6; zoom++)
        {
            await listen.ZoomIn.ClickAsync();
        }

        await listen.Loop.ClickAsync();
        await visit.Page.UntilAsync("() => window.playing.src.startsWith('blob:') && window.playing.currentTime > 1");

        var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        var heap = (await session.SendAsync("Runtime.getHeapUsage"))!.Value;
        var used = new[] { "usedSize", "embedderHeapUsedSize", "backingStorageSize" }.Sum(part => heap.TryGetProperty(part, out JsonElement bytes) ? bytes.GetDouble() : 0);
        Assert.InRange(used, 500_000, MostMemory);
    }

    /// <summary>A file's samples, 16 bit, left and right in turn.</summary>
    private static async Task<int[]> SamplesAsync(Uri address)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg") { ArgumentList = { "-v", "error", "-i", address.ToString(), "-f", "s16le", "-" }, RedirectStandardOutput = true })!;
        using var bytes = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(bytes);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        var all = bytes.ToArray();
        return [.. Enumerable.Range(0, all.Length / 2).Select(i => (int)BitConverter.ToInt16(all, 2 * i))];
    }

    /// <summary>Two decoders round differently, and no more.</summary>
    private static void AssertSame(ReadOnlySpan<int> expected, ReadOnlySpan<int> heard)
    {
        Assert.Equal(expected.Length, heard.Length);
        var furthest = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            furthest = Math.Max(furthest, Math.Abs(expected[i] - heard[i]));
        }

        Assert.InRange(furthest, 0, 4);
    }
}
