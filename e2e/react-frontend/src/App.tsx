import { MusicRenderError, type CompositionPlan, type PromptAnswer, type PromptRequest, type RenderResult } from "musicrender-client";
import { useEffect, useRef, useState } from "react";
import { ChooseStep } from "./ChooseStep";
import { ListenStep } from "./ListenStep";
import { PlanStep } from "./PlanStep";
import { Progress } from "./Progress";
import { PromptStep } from "./PromptStep";
import { signIn, studio } from "./studio";
import { Toasts, useToasts } from "./Toasts";
import { TokenForm } from "./TokenForm";
import { explain, useRender, wantsToken } from "./useRender";

const steps = ["Choose", "Prompt", "Plan", "Listen"] as const;
type Step = (typeof steps)[number];

export function App() {
  const [step, setStep] = useState<Step>("Choose");
  const [isBusy, setBusy] = useState(false);
  const [choices, setChoices] = useState<PromptRequest>({
    project_blueprint: "standalone_song_mini",
    sound_profile: "lofi_cozy",
    delivery_and_control: "balanced_studio",
    instrumental_only: false,
    user_narrative: "",
  });
  const [written, setWritten] = useState<PromptAnswer | null>(null);
  const [plan, setPlan] = useState<CompositionPlan | null>(null);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [track, setTrack] = useState<RenderResult | null>(null);
  const [refused, setRefused] = useState<{ text: string; work: () => Promise<void> } | null>(null);
  const { rendering, render, cancel } = useRender();
  const { toasts, tell, dismiss } = useToasts();
  const heading = useRef<HTMLHeadingElement>(null);

  // Whoever uses a screen reader hears where they are.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [step, rendering !== null]);

  /** Does something with the server; a failure becomes a toast. Where the token is missing or wrong, it is done again with another. */
  async function attempt(work: () => Promise<void>) {
    setBusy(true);
    setProblems({});
    setRefused(null);
    try {
      await work();
    } catch (error) {
      if (wantsToken(error)) return setRefused({ text: explain(error).text, work });
      tell(explain(error));
      if (error instanceof MusicRenderError) setProblems(Object.fromEntries(error.errors.map(({ path, message }) => [path, message])));
    } finally {
      setBusy(false);
    }
  }

  const writePrompt = () => attempt(async () => {
    setWritten(await studio.prompt(choices));
    setStep("Prompt");
  });

  const makePlan = (prompt: string) => attempt(async () => {
    const { composition_plan } = await studio.plan({ prompt });
    setPlan({ ...composition_plan, title: written?.title || composition_plan.title });
    setStep("Plan");
  });

  const renderPlan = () => attempt(async () => {
    const made = plan && (await render(plan));
    if (made) {
      setTrack(made);
      setStep("Listen");
    }
  });

  const reached = track ? 3 : plan ? 2 : written ? 1 : 0;

  return (
    <>
      <header className="top">
        <p className="brand">Songs to order</p>
        <nav aria-label="Steps">
          <ol className="steps">
            {steps.map((name, index) => (
              <li key={name}>
                <button type="button" aria-current={name === step ? "step" : undefined} disabled={index > reached || rendering !== null} onClick={() => setStep(name)}>
                  {name}
                </button>
              </li>
            ))}
          </ol>
        </nav>
      </header>
      <main>
        {step === "Choose" && <ChooseStep heading={heading} choices={choices} onChange={setChoices} onNext={writePrompt} isBusy={isBusy} />}
        {step === "Prompt" && written && <PromptStep heading={heading} written={written} onNext={makePlan} isBusy={isBusy} />}
        {step === "Plan" && plan && !rendering && <PlanStep heading={heading} plan={plan} problems={problems} onChange={setPlan} onRender={renderPlan} />}
        {step === "Plan" && rendering && <Progress heading={heading} title={plan?.title ?? "Your track"} rendering={rendering} onCancel={cancel} />}
        {step === "Listen" && track && <ListenStep heading={heading} track={track} onNew={() => setStep("Choose")} />}
      </main>
      {refused && <TokenForm text={refused.text} onCancel={() => setRefused(null)} onToken={(token) => { signIn(token); attempt(refused.work); }} />}
      <Toasts toasts={toasts} onDismiss={dismiss} />
    </>
  );
}
