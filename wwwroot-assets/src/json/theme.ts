// The editor in the studio's own tokens, in both themes.
import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": { border: "1px solid var(--edge)", borderRadius: "var(--r-m)", background: "var(--field)", color: "var(--ink)", fontSize: "0.875rem" },
  "&.cm-focused": { outline: "1px solid var(--focus)", borderColor: "var(--focus)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6", minHeight: "420px", maxHeight: "min(72vh, 900px)", borderRadius: "var(--r-m)" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 14px 0 6px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { border: "0", background: "var(--sunken)", color: "var(--ink-3)" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "var(--accent-soft)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--selection)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { background: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-tooltip": { border: "1px solid var(--line)", borderRadius: "var(--r-m)", background: "var(--raised)", color: "var(--ink)", boxShadow: "var(--shadow)", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", maxHeight: "15em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "center", minHeight: "28px", padding: "2px 10px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionDetail": { marginLeft: "auto", paddingLeft: "16px", fontStyle: "normal", opacity: "0.8" },
  ".cm-completionInfo": { maxWidth: "34ch", padding: "8px 12px", fontFamily: "var(--font-body)" },
  ".cm-diagnostic": { padding: "6px 12px", borderLeftColor: "var(--danger)", fontFamily: "var(--font-body)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--danger) 1.5px", textUnderlineOffset: "3px" },
  ".cm-lint-marker-error": { content: '""', width: "9px", height: "9px", margin: "0.4em 0.15em", borderRadius: "50%", background: "var(--danger)" },
  ".cm-panels": { background: "var(--raised)", color: "var(--ink)" },
});
