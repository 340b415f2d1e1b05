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
    case ["levels"]:
        foreach (var timbre in Enum.GetValues<MusicRender.Engine.Generators.Sketch.Reading.Timbre>())
        {
            string At(int pitch)
            {
                var steps = MusicRender.Engine.Generators.Sketch.Synthesis.TimbreLoudness.Of(timbre, pitch).ToArray();
                return FormattableString.Invariant($"{MusicRender.Engine.Generators.Sketch.Synthesis.LoudnessMeter.ToLufs(steps.Take(4).Average()),7:0.0}");
            }

            Console.WriteLine($"{timbre,-18} {At(36)} {At(48)} {At(60)} {At(72)} {At(84)} {At(96)}");
        }

        return 0;
    case ["forecast", var name]:
        {
            var plan = await MusicRender.Benchmarks.Sketch.BenchmarkPlans.OfAsync(name);
            var score = MusicRender.Engine.Generators.Sketch.Arranging.Arranger.Arrange(MusicRender.Engine.Generators.Sketch.Reading.StyleReader.Read(plan, 1), 1);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var levels = new MusicRender.Engine.Generators.Sketch.Synthesis.SongLevels(score);
            Console.WriteLine($"levels cold {watch.ElapsedMilliseconds} ms"); watch.Restart();
            levels = new MusicRender.Engine.Generators.Sketch.Synthesis.SongLevels(score);
            Console.WriteLine($"levels warm {watch.ElapsedMilliseconds} ms"); watch.Restart();
            var renderer = new MusicRender.Engine.Generators.Sketch.Synthesis.SongRenderer(score, MusicRender.Engine.Generators.Sketch.Reading.PartSet.All);
            Console.WriteLine($"renderer {watch.ElapsedMilliseconds} ms"); watch.Restart();
            var steps = new MusicRender.Engine.Generators.Sketch.Synthesis.LoudnessSteps(score.Frames);
            var (left, right) = (new float[8192], new float[8192]);
            for (int frames; (frames = renderer.Render()) > 0;)
            {
                var step = renderer.Step(0, frames).Span;
                for (var i = 0; i < frames; i++) { left[i] = step[2 * i]; right[i] = step[(2 * i) + 1]; }
                steps.Add(left.AsSpan(0, frames), right.AsSpan(0, frames));
            }
            Console.WriteLine($"cpu {System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0}");
            {
                var loudest = score.Sections.MaxBy(section => section.Energy)!;
                var probe = new MusicRender.Engine.Generators.Sketch.Synthesis.Probe(score);
                var all = probe.Listen((int)(loudest.Start / 4410) + 1, (int)((loudest.End - loudest.Start) / 4410) - 2);
                var c0 = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
                Console.WriteLine($"unmastered drop at gain {MusicRender.Engine.Generators.Sketch.Synthesis.LoudnessMeter.ToLufs(all.Average() * levels.Gain * levels.Gain):0.00} loss {probe.LossAt(levels.Gain):0.00}");
                Console.WriteLine($"loss cpu {System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds - c0:0.000} for {all.Length / 10.0} s");
                c0 = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
                var again = new MusicRender.Engine.Generators.Sketch.Synthesis.SongRenderer(score, MusicRender.Engine.Generators.Sketch.Reading.PartSet.All);
                var c1 = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
                while (again.Render() > 0) { }
                var c2 = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
                Console.WriteLine($"CPU: renderer {(c1 - c0) * 1000:0} ms, render {(c2 - c1) * 1000:0} ms, {score.Frames / 44100.0 / (c2 - c1):0} x");
            }
            Console.WriteLine($"render {watch.ElapsedMilliseconds} ms, {score.Frames / 44100.0 / watch.Elapsed.TotalSeconds:0} x; gain {20 * Math.Log10(levels.Gain):0.0}; ending {score.Ending}; integrated {MusicRender.Engine.Generators.Sketch.Synthesis.LoudnessMeter.Integrated(steps.Steps):0.00}");
            foreach (var (section, index) in score.Sections.Select((section, index) => (section, index)))
            {
                var from = (int)(section.Start / 4410); var to = (int)Math.Min(steps.Count, section.End / 4410);
                var heard = steps.Steps[from..to].ToArray().Average(); var expected = levels.Expected[from..to].ToArray().Average();
                Console.WriteLine($"{section.Name,-16} {section.Form,-10} e{section.Energy:0.00} fader {20 * Math.Log10(levels.Sections[index]):0.0}: heard {MusicRender.Engine.Generators.Sketch.Synthesis.LoudnessMeter.ToLufs(heard):0.0} expected {MusicRender.Engine.Generators.Sketch.Synthesis.LoudnessMeter.ToLufs(expected * levels.Gain * levels.Gain):0.0}");
            }
            return 0;
        }
    case ["sound"]:
        return await SoundReport.RunAsync(Directory.GetCurrentDirectory());
    default:
        return await BenchmarkRun.RunAsync(args);
}
