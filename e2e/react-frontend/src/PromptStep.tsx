import type { PromptAnswer } from "musicrender-client";
import { useState, type RefObject } from "react";

interface Props {
  heading: RefObject<HTMLHeadingElement | null>;
  written: PromptAnswer;
  onNext: (prompt: string) => void;
  isBusy: boolean;
}

export function PromptStep({ heading, written, onNext, isBusy }: Props) {
  const [prompt, setPrompt] = useState(written.prompt);
  return (
    <form onSubmit={(event) => { event.preventDefault(); onNext(prompt); }}>
      <h1 ref={heading} tabIndex={-1}>{written.title}</h1>
      <p className="lead">{written.description}</p>
      <label className="field">
        Prompt
        <textarea rows={16} maxLength={4_100} required value={prompt} onChange={(event) => setPrompt(event.target.value)} />
      </label>
      <p className="actions">
        <button className="main" disabled={isBusy}>{isBusy ? "Planning…" : "Make the plan"}</button>
      </p>
    </form>
  );
}
