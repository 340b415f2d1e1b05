import type { CompositionPlan, PlanSection } from "musicrender-client";
import { useState, type RefObject } from "react";
import { SectionForm } from "./SectionForm";
import { StylesField } from "./StylesField";
import { Timeline } from "./Timeline";

interface Props {
  heading: RefObject<HTMLHeadingElement | null>;
  plan: CompositionPlan;
  /** What the server said of the last try, by JSON path. */
  problems: Record<string, string>;
  onChange: (plan: CompositionPlan) => void;
  onRender: () => void;
}

export function PlanStep({ heading, plan, problems, onChange, onRender }: Props) {
  const [json, setJson] = useState<string | null>(null);
  const [jsonProblem, setJsonProblem] = useState("");

  function editJson(text: string) {
    setJson(text);
    try {
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed !== "object" || parsed === null) throw new TypeError("A plan is a JSON object.");
      // The server says the rest, better than a page could.
      onChange(parsed as CompositionPlan);
      setJsonProblem("");
    } catch (error) {
      setJsonProblem((error as Error).message);
    }
  }

  const sections = Array.isArray(plan.sections) ? plan.sections : [];
  const setSections = (next: PlanSection[]) => onChange({ ...plan, sections: next });
  const change = (index: number, section: PlanSection) => setSections(sections.with(index, section));

  return (
    <form onSubmit={(event) => { event.preventDefault(); onRender(); }}>
      <h1 ref={heading} tabIndex={-1}>The plan</h1>
      <Timeline sections={sections} />
      <div className="tabs" role="group" aria-label="View">
        <button type="button" aria-pressed={json === null} disabled={jsonProblem !== "" || !Array.isArray(plan.sections)} onClick={() => setJson(null)}>Form</button>
        <button type="button" aria-pressed={json !== null} onClick={() => setJson(JSON.stringify(plan, null, 2))}>JSON</button>
      </div>

      {json !== null ? (
        <label className="field">
          Plan as JSON
          <textarea className="code" rows={26} spellCheck={false} value={json} aria-invalid={jsonProblem !== ""} aria-describedby="json-problem" onChange={(event) => editJson(event.target.value)} />
          <span id="json-problem" className="problem">{jsonProblem}</span>
        </label>
      ) : (
        <>
          <label className="field">
            Title
            <input value={plan.title ?? ""} maxLength={300} onChange={(event) => onChange({ ...plan, title: event.target.value })} />
          </label>
          <div className="pair">
            <StylesField label="Wanted everywhere" styles={plan.positive_global_styles} onChange={(positive_global_styles) => onChange({ ...plan, positive_global_styles })} />
            <StylesField label="Unwanted everywhere" styles={plan.negative_global_styles} onChange={(negative_global_styles) => onChange({ ...plan, negative_global_styles })} />
          </div>
          <ol className="sections">
            {sections.map((section, index) => (
              <SectionForm
                key={index}
                section={section}
                problems={problems}
                path={`sections[${index}]`}
                onChange={(next) => change(index, next)}
                onRemove={sections.length > 1 ? () => setSections(sections.toSpliced(index, 1)) : undefined}
              />
            ))}
          </ol>
          <button type="button" disabled={sections.length >= 30} onClick={() => setSections([...sections, { section_name: `Section ${sections.length + 1}`, duration_ms: 10_000, lines: [] }])}>
            Add a section
          </button>
        </>
      )}
      <p className="actions">
        <button className="main" disabled={jsonProblem !== ""}>Render music</button>
      </p>
    </form>
  );
}
