using System.IO.Compression;
using ElevenLabs.Simulator.Audio;
using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator.Answers;

/// <summary>A ZIP of stems, each as long as the song they were asked of.</summary>
internal static class StemArchive
{
    private static readonly (string Name, Layers Layers)[] Two = [("vocals", Layers.Vocals), ("instrumental", Layers.Instrumental)];

    private static readonly (string Name, Layers Layers)[] Six =
    [
        ("vocals", Layers.Vocals), ("drums", Layers.Drums), ("bass", Layers.Bass), ("guitar", Layers.Guitar), ("piano", Layers.Piano), ("other", Layers.Other),
    ];

    /// <summary>Makes one.</summary>
    /// <param name="variation">two_stems_v1 or six_stems_v1.</param>
    /// <param name="durationMs">Length of each.</param>
    /// <param name="format">Their format.</param>
    /// <param name="kind">What is wrong with it.</param>
    /// <param name="songs">Where the sound comes from.</param>
    public static async Task<byte[]> MakeAsync(string variation, int durationMs, Mp3Format format, FaultKind kind, SongCache songs)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, layers) in kind is FaultKind.EmptyZip ? [] : variation == "two_stems_v1" ? Two : Six)
            {
                var stem = await songs.GetAsync(format, [durationMs], layers);
                await AddAsync(archive, NameOf(name, kind), stem.Audio);
            }

            if (kind is FaultKind.HostileZip)
            {
                await AddAsync(archive, "readme.txt", "Not a stem"u8.ToArray());
            }
        }

        return bytes.ToArray();
    }

    private static string NameOf(string name, FaultKind kind) => kind is not FaultKind.HostileZip ? $"{name}.mp3" : name switch
    {
        "vocals" => "../../vocals.mp3",
        "drums" => "/tmp/drums.mp3",
        "bass" => "..\\bass.mp3",
        _ => $"{name}.mp3",
    };

    private static async Task AddAsync(ZipArchive archive, string name, ReadOnlyMemory<byte> content)
    {
        await using var entry = await archive.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync();
        await entry.WriteAsync(content);
    }
}
