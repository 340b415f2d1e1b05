using System.Text.Json;
using Microsoft.Playwright;

namespace MusicRender.E2E;

/// <summary>What a page showed of a render while it went on.</summary>
/// <param name="Percents">The values of the progressbar, each once in a row.</param>
/// <param name="Stages">The stages that were marked as going on, each once in a row.</param>
/// <param name="Titles">The titles of the tab.</param>
/// <param name="Seen">When the progressbar was there first, ms since 1970; null when it never was.</param>
public sealed record RenderRecord(IReadOnlyList<int> Percents, IReadOnlyList<string> Stages, IReadOnlyList<string> Titles, long? Seen)
{
    /// <summary>Watches every change of the page from its very beginning, so that no value is missed.</summary>
    internal const string Script =
        """
        (() => {
          const record = { percents: [], stages: [], titles: [], saves: [], seen: null };
          window.renderRecord = record;
          const note = (list, value) => { if (value !== null && value !== "" && list.at(-1) !== value) list.push(value); };
          const look = () => {
            const bar = document.querySelector("[role='progressbar'][aria-label='Render progress']");
            if (bar !== null) record.seen ??= Date.now();
            if (bar !== null) note(record.percents, Number(bar.getAttribute("aria-valuenow")));
            for (const stage of document.querySelectorAll("ol[aria-label='Render stages'] > [aria-current='step']")) note(record.stages, stage.children[1].textContent);
            note(record.titles, document.title);
            note(record.saves, document.querySelector(".saved")?.textContent.trim() ?? null);
          };
          new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        })();
        """;

    /// <summary>Takes what a page has shown since it was loaded.</summary>
    public static async Task<RenderRecord> OfAsync(IPage page) =>
        JsonSerializer.Deserialize<RenderRecord>(await page.EvaluateAsync<string>("JSON.stringify(window.renderRecord)"), JsonSerializerOptions.Web)!;
}
