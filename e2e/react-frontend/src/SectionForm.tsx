import type { PlanSection } from "musicrender-client";
import { useId } from "react";
import { StylesField } from "./StylesField";

interface Props {
  section: PlanSection;
  path: string;
  problems: Record<string, string>;
  onChange: (section: PlanSection) => void;
  onRemove: (() => void) | undefined;
}

export function SectionForm({ section, path, problems, onChange, onRemove }: Props) {
  const id = useId();
  const problem = (field: string) => problems[`${path}.${field}`];
  return (
    <li>
      <fieldset>
        <legend>{section.section_name || "Section"}</legend>
        <div className="pair">
          <label className="field">
            Name
            <input value={section.section_name} maxLength={100} aria-invalid={!!problem("section_name")} onChange={(event) => onChange({ ...section, section_name: event.target.value })} />
            {problem("section_name") && <span className="problem">{problem("section_name")}</span>}
          </label>
          <label className="field">
            Seconds
            <input
              type="number"
              step="any"
              value={section.duration_ms / 1000}
              aria-invalid={!!problem("duration_ms")}
              aria-describedby={`${id}-length`}
              onChange={(event) => onChange({ ...section, duration_ms: Math.round(event.target.valueAsNumber * 1000) || 0 })}
            />
            <span id={`${id}-length`} className="problem">{problem("duration_ms")}</span>
          </label>
        </div>
        <div className="pair">
          <StylesField label="Wanted here" styles={section.positive_local_styles} onChange={(positive_local_styles) => onChange({ ...section, positive_local_styles })} />
          <StylesField label="Unwanted here" styles={section.negative_local_styles} onChange={(negative_local_styles) => onChange({ ...section, negative_local_styles })} />
        </div>
        <label className="field">
          Lyrics, line by line
          <textarea
            rows={Math.max(2, section.lines?.length ?? 0)}
            value={(section.lines ?? []).join("\n")}
            onChange={(event) => onChange({ ...section, lines: event.target.value === "" ? [] : event.target.value.split("\n") })}
          />
        </label>
        {onRemove && <button type="button" className="quiet" onClick={onRemove}>Remove {section.section_name}</button>}
      </fieldset>
    </li>
  );
}
