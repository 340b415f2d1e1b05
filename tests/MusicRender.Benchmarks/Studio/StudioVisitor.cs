using System.Diagnostics;

namespace MusicRender.Benchmarks.Studio;

/// <summary>What somebody does in the studio, by the names that the controls have.</summary>
internal static class StudioVisitor
{
    /// <summary>Makes a draft with a plan of a prompt.</summary>
    /// <returns>The draft's address, without a step.</returns>
    public static async Task<string> MakeDraftAsync(HttpClient http, string prompt)
    {
        string draft;
        await using (var start = await CircuitClient.OpenAsync(http, "/"))
        {
            start.Click(await start.SeeAsync("Blank composition", tree => Button(tree, "Blank composition")));
            await start.SeeAsync("the first step", tree => tree.Find(node => node.Name == "button" && Says(tree, node, "Continue")));
            draft = new Uri(start.Location).AbsolutePath.Replace("/choose", "", StringComparison.Ordinal);
        }

        await using var plan = await CircuitClient.OpenAsync(http, $"{draft}/plan");
        plan.Input(await plan.SeeAsync("Prompt", tree => Field(tree, "Prompt")), prompt);
        plan.Click(await plan.SeeAsync("Make the plan", tree => Button(tree, "Make the plan")));
        await plan.SeeAsync("the plan", tree => Field(tree, "Section name"));
        await plan.SeeAsync("that it is saved", tree => tree.Find(node => node.Name == "button" && Says(tree, node, "Render music") && !node.Attributes.ContainsKey("disabled")));
        return draft;
    }

    /// <summary>Opens a draft's plan.</summary>
    public static async Task<CircuitClient> EditAsync(HttpClient http, string draft)
    {
        var editor = await CircuitClient.OpenAsync(http, $"{draft}/plan");
        await editor.SeeAsync("Section name", tree => Field(tree, "Section name"));
        return editor;
    }

    /// <summary>Types a section's name and waits until the timeline shows it.</summary>
    /// <returns>How long that took, ms.</returns>
    public static async Task<double> RenameAsync(CircuitClient editor, string name)
    {
        var field = await editor.SeeAsync("Section name", tree => Field(tree, "Section name"));
        var since = Stopwatch.GetTimestamp();
        editor.Input(field, name);
        await editor.SeeAsync($"a section {name}", tree => tree.Find(node => node.Name == "li" && node.Attributes.GetValueOrDefault("aria-label") == name));
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    /// <summary>Types a field's whole text and waits for the answer.</summary>
    public static async Task TypeAsync(CircuitClient editor, string label, string text)
    {
        var field = await editor.SeeAsync(label, tree => Field(tree, label));
        var batches = editor.Batches;
        editor.Input(field, text);
        await editor.SeeAsync($"an answer to {label}", tree => editor.Batches > batches ? field : null);
    }

    /// <summary>Looks at a section and waits until the page does.</summary>
    /// <param name="editor">The page.</param>
    /// <param name="at">The section's place, from 0.</param>
    public static async Task SelectAsync(CircuitClient editor, int at)
    {
        PageNode? Block(PageTree tree) => tree.Find(node => node.Name == "ol" && node.Attributes.GetValueOrDefault("aria-label") == "Sections") is { } list
            ? list.Children.Where(item => item.Name == "li").ElementAtOrDefault(at)?.Children.Find(child => child.Name == "button")
            : null;
        editor.Click(await editor.SeeAsync($"section {at}", Block));
        await editor.SeeAsync($"section {at} selected", tree => Block(tree) is { } block && block.Attributes.GetValueOrDefault("aria-pressed") == "true" ? block : null);
    }

    /// <summary>Starts the render of a draft.</summary>
    public static async Task RenderAsync(HttpClient http, string draft)
    {
        await using var editor = await EditAsync(http, draft);
        editor.Click(await editor.SeeAsync("Render music", tree => Button(tree, "Render music")));
        await editor.SeeAsync("the progress", Progress);
    }

    /// <summary>Opens the render of a draft, as another device does.</summary>
    public static async Task<CircuitClient> WatchAsync(HttpClient http, string draft)
    {
        var watcher = await CircuitClient.OpenAsync(http, $"{draft}/listen");
        await watcher.SeeAsync("the progress", Progress);
        return watcher;
    }

    /// <summary>The render's bar.</summary>
    public static PageNode? Progress(PageTree tree) => tree.Find(node => node.Attributes.GetValueOrDefault("aria-label") == "Render progress");

    /// <summary>What a render's page says of it now.</summary>
    public static string? Message(PageTree tree) => tree.Find(node => node.Attributes.GetValueOrDefault("class") == "render-message") is { } message ? tree.TextOf(message) : null;

    private static PageNode? Button(PageTree tree, string name) => tree.Find(node => node.Name == "button" && Says(tree, node, name) && !node.Attributes.ContainsKey("disabled"));

    private static PageNode? Field(PageTree tree, string label) =>
        tree.Find(node => node.Name == "label" && Says(tree, node, label))?.Attributes.GetValueOrDefault("for") is { } id
            ? tree.Find(node => node.Name is "input" or "textarea" && node.Attributes.GetValueOrDefault("id") == id)
            : null;

    private static bool Says(PageTree tree, PageNode node, string words) => tree.TextOf(node).Trim() == words;
}
