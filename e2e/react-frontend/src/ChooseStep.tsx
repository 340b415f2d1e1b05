import type { PromptRequest } from "musicrender-client";
import type { RefObject } from "react";
import { manners, purposes, sounds, type Choice } from "./presets";

interface Props {
  heading: RefObject<HTMLHeadingElement | null>;
  choices: PromptRequest;
  onChange: (choices: PromptRequest) => void;
  onNext: () => void;
  isBusy: boolean;
}

export function ChooseStep({ heading, choices, onChange, onNext, isBusy }: Props) {
  return (
    <form onSubmit={(event) => { event.preventDefault(); onNext(); }}>
      <h1 ref={heading} tabIndex={-1}>What shall it be?</h1>
      <Choices legend="For" options={purposes} value={choices.project_blueprint} onChange={(project_blueprint) => onChange({ ...choices, project_blueprint })} />
      <Choices legend="Sound" options={sounds} value={choices.sound_profile} onChange={(sound_profile) => onChange({ ...choices, sound_profile })} />
      <Choices legend="Manner" options={manners} value={choices.delivery_and_control} onChange={(delivery_and_control) => onChange({ ...choices, delivery_and_control })} />
      <label className="field">
        Your story
        <textarea
          rows={5}
          maxLength={10_000}
          placeholder="Who is it for, what happened, what should stay in the ear?"
          value={choices.user_narrative ?? ""}
          onChange={(event) => onChange({ ...choices, user_narrative: event.target.value })}
        />
      </label>
      <label className="check">
        <input type="checkbox" checked={choices.instrumental_only ?? false} onChange={(event) => onChange({ ...choices, instrumental_only: event.target.checked })} />
        No singing
      </label>
      <p className="actions">
        <button className="main" disabled={isBusy}>{isBusy ? "Writing…" : "Write the prompt"}</button>
      </p>
    </form>
  );
}

function Choices<Id extends string>({ legend, options, value, onChange }: { legend: string; options: Choice<Id>[]; value: Id; onChange: (id: Id) => void }) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.id}>
          <input type="radio" name={legend} checked={option.id === value} onChange={() => onChange(option.id)} />
          <b>{option.name}</b>
          <span>{option.about}</span>
        </label>
      ))}
    </fieldset>
  );
}
