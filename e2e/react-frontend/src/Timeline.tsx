import type { PlanSection } from "musicrender-client";

/** The sections as blocks, as long as they sound. */
export function Timeline({ sections }: { sections: PlanSection[] }) {
  const total = sections.reduce((sum, section) => sum + (section.duration_ms || 0), 0);
  return (
    <figure className="timeline">
      <div aria-hidden="true">
        {sections.map((section, index) => (
          <span key={index} style={{ flexGrow: Math.max(section.duration_ms || 0, 1) }}>{section.section_name}</span>
        ))}
      </div>
      <figcaption>{sections.length} {sections.length === 1 ? "section" : "sections"}, {Math.round(total / 1000)} seconds</figcaption>
    </figure>
  );
}
