using System.IO.Compression;
using Microsoft.Playwright;
using MusicRender.E2E.Pages;

namespace MusicRender.E2E.Journeys;

/// <summary>A track is taken apart.</summary>
public sealed class StemJourneys(Studio studio, SlowStudio slow) : Journey(studio)
{
    [Fact]
    public async Task Stems_OfASketchTrack_AreMadePlayedMixedAndDownloaded()
    {
        using var api = new StudioApi(await slow.AddressAsync());
        var made = await api.MakeTrackAsync("Taken apart", 30_000, sections: 2);
        var visit = await PrepareAsync(await slow.AddressAsync());
        await visit.Page.AddInitScriptAsync(StemsPanel.MeterScript);
        await visit.GoToAsync($"/tracks/{made["id"]}");
        var stems = new StemsPanel(visit.Page);
        await Assertions.Expect(visit.Page.GetByText("Free: Sketch plays its parts once more")).ToBeVisibleAsync();

        await stems.Make.ClickAsync();
        await stems.ReadyAsync();
        var names = (await stems.Rows.Locator(".stem-name").AllInnerTextsAsync()).Select(name => name.ToLowerInvariant()).ToList();
        Assert.Contains("harmony", names);
        Assert.InRange(names.Count, 3, 6);

        // It plays on over the seams of what is decoded at once, and each stem is heard or not as its buttons say.
        await stems.Play.ClickAsync();
        await Assertions.Expect(stems.Pause).ToBeVisibleAsync();
        var harmony = names.IndexOf("harmony");
        await stems.Solo("harmony").ClickAsync();
        await Assertions.Expect(stems.Solo("harmony")).ToHaveAttributeAsync("aria-pressed", "true");
        await stems.HearAsync(harmony);
        await stems.PassAsync(6);
        await stems.HearAsync(harmony);
        await stems.Mute("harmony").ClickAsync();
        await stems.HearAsync();
        await stems.Solo("harmony").ClickAsync();
        await stems.Mute("harmony").ClickAsync();
        foreach (var other in names.Where(name => name != "harmony"))
        {
            await stems.Mute(other).ClickAsync();
        }

        await stems.Position.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await stems.HearAsync(harmony);

        // Two things do not play at once, and the end is the end.
        var listen = new ListenPage(visit.Page);
        await listen.Play.ClickAsync();
        await Assertions.Expect(stems.Play).ToBeVisibleAsync();
        await stems.Play.ClickAsync();
        await Assertions.Expect(listen.Play).ToBeVisibleAsync();
        await stems.Position.FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(stems.Position).ToHaveAttributeAsync("aria-valuetext", "1:00 of 1:00");
        await Assertions.Expect(stems.Play).ToBeVisibleAsync();

        // They are kept with the track.
        await visit.Page.ReloadAsync();
        await stems.ReadyAsync();
        var path = await stems.DownloadZipAsync();
        var name = Path.GetFileNameWithoutExtension((string)made["filename"]!);
        Assert.Equal($"{name}.zip", Path.GetFileName(path));
        using (var zip = await ZipFile.OpenReadAsync(path))
        {
            Assert.Equal([$"{name}.mp3", "plan.json", .. names.Select(stem => $"stems/six/{stem}.mp3")], zip.Entries.Select(entry => entry.FullName));
            await zip.ExtractToDirectoryAsync(Path.GetDirectoryName(path)!);
        }

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, "*.mp3", SearchOption.AllDirectories))
        {
            Assert.InRange((await AudioFile.ReadAsync(file)).DurationMs, 59_970, 60_030);
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Stems_OnANarrowWindow_AreMadeWhileThePageIsLeftAndFit()
    {
        using var api = new StudioApi(await slow.AddressAsync());
        var made = await api.MakeTrackAsync("Taken apart on the way", 60_000, sections: 2);
        var visit = await VisitAsync(await slow.AddressAsync(), $"/tracks/{made["id"]}", 390, 844);
        var stems = new StemsPanel(visit.Page);
        await stems.Choice("Two stems").CheckAsync();
        await Layout.CheckNarrowAsync(visit.Page);
        await stems.Make.ClickAsync();
        await Assertions.Expect(stems.Progress).ToBeVisibleAsync();
        await Layout.CheckNarrowAsync(visit.Page);

        // The page is left and taken up again.
        await visit.GoToAsync("/library");
        await Assertions.Expect(new LibraryPage(visit.Page).Search).ToBeVisibleAsync();
        await visit.GoToAsync($"/tracks/{made["id"]}");
        await stems.ReadyAsync();
        await Assertions.Expect(stems.Rows).ToHaveCountAsync(2);
        await Assertions.Expect(stems.Choice("Two stems")).ToBeCheckedAsync();
        await Layout.CheckNarrowAsync(visit.Page);
    }
}
