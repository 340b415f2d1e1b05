using MusicRender.Engine;
using MusicRender.Engine.Library.Backup;

namespace MusicRender.Web;

/// <summary><c>--backup FILE</c> and <c>--restore FILE</c>: the program does that and ends.</summary>
internal static class BackupCommand
{
    /// <summary>Does what the command line asks for.</summary>
    /// <returns>The exit code; null when neither was asked for.</returns>
    public static async Task<int?> RunAsync(WebApplication app)
    {
        var (backup, restore) = (app.Configuration["backup"], app.Configuration["restore"]);
        if (backup is null && restore is null)
        {
            return null;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        try
        {
            if (backup is not null)
            {
                var contents = await app.Services.GetRequiredService<EngineBackup>().BackUpAsync(backup, stop.Token);
                Console.WriteLine($"Backed up {contents.Tracks} tracks, {Size(contents)}, to {backup}");
            }
            else
            {
                var contents = await app.Services.GetRequiredService<EngineBackup>().RestoreAsync(restore!, stop.Token);
                Console.WriteLine($"Restored {Size(contents)} from {restore}");
            }

            return 0;
        }
        catch (BackupException exception)
        {
            await Console.Error.WriteLineAsync($"MusicRender could not {(backup is null ? "restore" : "back up")}: {exception.Message}");
            return 1;
        }
    }

    private static string Size(BackupContents contents) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{contents.Files} files of {contents.Bytes / 1e6:0.0} MB");
}
