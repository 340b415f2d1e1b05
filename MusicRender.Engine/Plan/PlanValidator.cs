namespace MusicRender.Engine.Plan;

/// <summary>Checks compositions against <see cref="PlanLimits"/>.</summary>
public static class PlanValidator
{
    /// <summary>Every limit that the composition breaks, with its JSON path; empty when it is good.</summary>
    public static IReadOnlyList<PlanProblem> Check(Composition composition)
    {
        var problems = new List<PlanProblem>();
        CheckText(problems, "title", composition.Title ?? "", 0, PlanLimits.MaxTitle);
        switch (composition)
        {
            case CompositionPlan plan:
                CheckStyles(problems, "positive_global_styles", plan.PositiveGlobalStyles);
                CheckStyles(problems, "negative_global_styles", plan.NegativeGlobalStyles);
                CheckCount(problems, "sections", plan.Sections.Count);
                for (var i = 0; i < plan.Sections.Count; i++)
                {
                    CheckSection(problems, $"sections[{i}]", plan.Sections[i]);
                }

                CheckTotal(problems, "sections", plan.Sections.Select(section => section.DurationMs));
                break;
            case ChunkPlan plan:
                CheckCount(problems, "chunks", plan.Chunks.Count);
                for (var i = 0; i < plan.Chunks.Count; i++)
                {
                    CheckChunk(problems, $"chunks[{i}]", plan.Chunks[i]);
                }

                CheckTotal(problems, "chunks", plan.Chunks.Select(chunk => chunk.DurationMs));
                break;
            case PromptComposition prompt:
                CheckText(problems, "prompt", prompt.Prompt, 1, PlanLimits.MaxPrompt);
                if (prompt.MusicLengthMs is { } length)
                {
                    CheckRange(problems, "music_length_ms", length, PlanLimits.MinTotalMs, PlanLimits.MaxTotalMs);
                }

                break;
        }

        return problems;
    }

    private static void CheckSection(List<PlanProblem> problems, string path, PlanSection section)
    {
        CheckText(problems, $"{path}.section_name", section.SectionName, 1, PlanLimits.MaxSectionName);
        CheckStyles(problems, $"{path}.positive_local_styles", section.PositiveLocalStyles);
        CheckStyles(problems, $"{path}.negative_local_styles", section.NegativeLocalStyles);
        CheckRange(problems, $"{path}.duration_ms", section.DurationMs, PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs);
        if (section.Lines.Count > PlanLimits.MaxLines)
        {
            problems.Add(new PlanProblem($"{path}.lines", $"must be at most {PlanLimits.MaxLines} lines, but are {section.Lines.Count}"));
        }

        for (var i = 0; i < section.Lines.Count; i++)
        {
            CheckText(problems, $"{path}.lines[{i}]", section.Lines[i], 0, PlanLimits.MaxLine);
        }
    }

    private static void CheckChunk(List<PlanProblem> problems, string path, PlanChunk chunk)
    {
        CheckText(problems, $"{path}.text", chunk.Text, 0, PlanLimits.MaxChunkText);
        CheckStyles(problems, $"{path}.positive_styles", chunk.PositiveStyles);
        CheckStyles(problems, $"{path}.negative_styles", chunk.NegativeStyles);
        CheckRange(problems, $"{path}.duration_ms", chunk.DurationMs, PlanLimits.MinSectionMs, PlanLimits.MaxSectionMs);
    }

    private static void CheckCount(List<PlanProblem> problems, string path, int count)
    {
        if (count is 0 or > PlanLimits.MaxSections)
        {
            problems.Add(new PlanProblem(path, $"must be 1 to {PlanLimits.MaxSections}, but are {count}"));
        }
    }

    private static void CheckTotal(List<PlanProblem> problems, string path, IEnumerable<int> durations)
    {
        var total = durations.Sum(duration => (long)duration);
        if (total > PlanLimits.MaxTotalMs)
        {
            problems.Add(new PlanProblem(path, $"must be {PlanLimits.MinTotalMs} to {PlanLimits.MaxTotalMs} ms in all, but are {total} ms"));
        }
    }

    private static void CheckStyles(List<PlanProblem> problems, string path, IReadOnlyList<string> styles)
    {
        if (styles.Count > PlanLimits.MaxStyles)
        {
            problems.Add(new PlanProblem(path, $"must be at most {PlanLimits.MaxStyles} styles, but are {styles.Count}"));
        }

        for (var i = 0; i < styles.Count; i++)
        {
            CheckText(problems, $"{path}[{i}]", styles[i], 0, PlanLimits.MaxStyle);
        }
    }

    private static void CheckText(List<PlanProblem> problems, string path, string text, int shortest, int longest)
    {
        if (text.Length < shortest || (shortest > 0 && string.IsNullOrWhiteSpace(text)))
        {
            problems.Add(new PlanProblem(path, "must not be empty"));
        }
        else if (text.Length > longest)
        {
            problems.Add(new PlanProblem(path, $"must be at most {longest} characters, but is {text.Length}"));
        }
        else if (ControlCharacters.Problem(text) is { } problem)
        {
            problems.Add(new PlanProblem(path, problem));
        }
    }

    private static void CheckRange(List<PlanProblem> problems, string path, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            problems.Add(new PlanProblem(path, $"must be {least} to {most} ms, but is {value}"));
        }
    }
}
