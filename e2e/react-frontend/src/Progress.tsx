import type { RefObject } from "react";
import { studio, token } from "./studio";
import type { Rendering } from "./useRender";

interface Props {
  heading: RefObject<HTMLHeadingElement | null>;
  title: string;
  rendering: Rendering;
  onCancel: () => void;
}

export function Progress({ heading, title, rendering: { progress, isReconnecting }, onCancel }: Props) {
  const percent = progress?.progress_percent ?? 0;
  return (
    <section className="progress">
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      <div className="bar" role="progressbar" aria-label="Rendering" aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <div style={{ width: `${percent}%` }} />
      </div>
      <p className="stage" data-stage={progress?.stage}>{progress?.message ?? "Connecting…"}</p>
      <p className="percent">{isReconnecting ? "Connection lost. Reconnecting…" : `${percent}% complete`}</p>
      {progress?.live_url && !token && <audio controls src={studio.liveUrl(progress.render_id!)} aria-label="Listen while it is made" />}
      <p className="actions"><button type="button" onClick={onCancel}>Cancel</button></p>
    </section>
  );
}
