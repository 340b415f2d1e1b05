using System.IO.Compression;
using System.Net;
using System.Text.Json;
using MusicRender.Engine.Library;
using MusicRender.Web.Tests.Server;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MusicRender.Web.Tests.Api;

/// <summary>Everything that <see cref="AudioApiTests"/> asks of a folder, of a bucket.</summary>
[Collection(typeof(SharedS3App))]
public sealed class S3AudioApiTests(S3App app) : AudioApiTests(app);

/// <summary>A library whose finished files are in a bucket.</summary>
[Collection(typeof(SharedS3App))]
public sealed class S3LibraryTests(S3App app)
{
    [Fact]
    public async Task Track_WithStemsAndFormats_IsAllInTheBucket_AndGoesAltogether()
    {
        using var made = await app.PostAsync("/render", Plans.Wrapped("In the bucket", "sketch"));
        var id = (await made.JsonAsync()).Text("id");
        using var stems = await app.PostAsync($"/tracks/{id}/stems", """{"stems":"two"}""");
        JsonElement set;
        do
        {
            using var status = await app.GetAsync($"/tracks/{id}/stems/two");
            set = await status.JsonAsync();
        }
        while (set.Text("state") is "running" or "queued");

        var stem = set.GetProperty("stems")[0];
        var sound = await BytesAsync(stem.Text("url"));
        using var flac = await app.GetAsync($"/tracks/{id}/audio/flac");
        Assert.Equal("fLaC"u8.ToArray(), (await flac.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience))[..4]);
        using var window = await app.GetAsync($"/tracks/{id}/peaks?from_ms=500&to_ms=1500&points=20");
        Assert.Equal(20, (await window.JsonAsync()).GetProperty("peaks").GetArrayLength());

        using var response = await app.GetAsync($"/tracks/{id}/zip");
        using var zip = new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience)));
        Assert.Equal(sound, Bytes(zip, $"stems/two/{stem.Text("name")}.mp3"));
        Assert.Equal(await BytesAsync($"/render/stream/{id}"), Bytes(zip, (await app.Api.FindTrackAsync(id)).Filename));

        // Nothing finished is on this machine.
        string[] folders = ["audio", "stems", "made", "copies", "partial"];
        Assert.DoesNotContain(FilesHere(), file => folders.Contains(file.Split('/')[0]));
        Assert.Equal(["flac", "waveform.bin"], (await KeysAsync()).Where(key => key.StartsWith($"made/{id}/", StringComparison.Ordinal)).Select(key => key.Split('/')[^1]).Select(name => name.StartsWith("audio-", StringComparison.Ordinal) ? name.Split('.')[^1] : name).Order());

        using var deleted = await app.SendAsync(HttpMethod.Delete, $"/tracks/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.DoesNotContain(await KeysAsync(), key => key.Contains(id, StringComparison.Ordinal) || key.Contains(id[^8..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Meter_CountsTheBucket()
    {
        var answer = await app.RenderAsync("Measured");
        var use = await app.Services.GetRequiredService<IStorageMeter>().MeasureAsync(MusicRenderApp.Patience);
        Assert.Equal("songs", use.Bucket);
        Assert.True(use.Shares.Single(share => share.Name == "audio").Bytes >= answer.Number("file_size_bytes"));
    }

    [Fact]
    public async Task Health_IsWell()
    {
        using var health = await app.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.DoesNotContain(await KeysAsync(), key => key.StartsWith(".check", StringComparison.Ordinal));
    }

    private async Task<byte[]> BytesAsync(string path)
    {
        using var response = await app.GetAsync(path);
        return await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience);
    }

    private async Task<IReadOnlyList<string>> KeysAsync() =>
        await app.Services.GetRequiredService<IAudioFiles>().ListAsync("", MusicRenderApp.Patience).Select(file => file.Key).ToListAsync(MusicRenderApp.Patience);

    private IEnumerable<string> FilesHere() =>
        Directory.EnumerateFiles(app.LibraryRoot, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(app.LibraryRoot, file));

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
