using MusicRender.Benchmarks;
using MusicRender.Benchmarks.ElevenLabs;
using MusicRender.Benchmarks.Socket;
using MusicRender.Benchmarks.Sound;

// One program in three roles: the benchmarks, and the two that they start beside the server.
switch (args)
{
    case ["load", .. var rest]:
        await SocketLoad.RunAsync(rest);
        return 0;
    case ["direct", .. var rest]:
        await DirectLoad.RunAsync(rest);
        return 0;
    case ["sound"]:
        return await SoundReport.RunAsync(Directory.GetCurrentDirectory());
    default:
        return await BenchmarkRun.RunAsync(args);
}
