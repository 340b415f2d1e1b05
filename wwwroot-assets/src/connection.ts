// The connection to the server: starts Blazor, tells everybody on the page when nobody listens, and comes back by itself.

interface SignalRBuilder {
  withServerTimeout(milliseconds: number): SignalRBuilder;
  withKeepAliveInterval(milliseconds: number): SignalRBuilder;
}

declare const Blazor: {
  start(options: object): Promise<void>;
  reconnect(): Promise<boolean>;
};

const serverTimeout = 20_000;
const keepAlive = 5_000;
const longestPause = 3_000;

/** What loses its sense while nobody listens: everything that is pressed. Text can be typed; unsent.ts keeps it. */
const pressable = "button, a[href], select, input[type='radio'], input[type='checkbox'], input[type='range'], input[type='file'], [role='tab'], [role='slider']";
const works = "summary, [data-theme-toggle], .connection *, a[download], a[href^='#']";

/** True while the server does not hear this page. */
export function isLost(): boolean {
  return document.documentElement.dataset.connection === "lost";
}

function tell(isLostNow: boolean): void {
  if (isLost() !== isLostNow) {
    document.documentElement.dataset.connection = isLostNow ? "lost" : "there";
    document.dispatchEvent(new CustomEvent("musicrender:connection", { detail: { isLost: isLostNow } }));
  }
}

async function retry(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, longestPause));
    try {
      if (!(await Blazor.reconnect())) {
        location.reload();
      }

      return;
    } catch {
      // The server is still away: ask again.
    }
  }
}

function watch(): void {
  document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", (event) => {
    const state = (event as CustomEvent<{ state: string }>).detail.state;
    tell(state !== "hide");
    if (state === "failed") {
      void retry();
    } else if (state === "rejected" || state === "resume-failed") {
      // The server was started anew: it knows nothing of this page, but has everything that was saved.
      location.reload();
    }
  });
}

/** Nothing is pressed while nobody listens; links of the page itself and what works without a server go on. */
function hold(event: Event): void {
  const target = event.target instanceof Element ? event.target : null;
  if (isLost() && target?.closest(pressable) && !target.closest(works)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

export function connect(): void {
  watch();
  for (const name of ["click", "pointerdown", "change"]) {
    window.addEventListener(name, hold, { capture: true });
  }

  void Blazor.start({
    circuit: {
      configureSignalR: (builder: SignalRBuilder) => builder.withServerTimeout(serverTimeout).withKeepAliveInterval(keepAlive),
      reconnectionOptions: {
        maxRetries: 10_000,
        retryIntervalMilliseconds: (attempt: number) => Math.min(250 * 2 ** attempt, longestPause),
        dialogId: "components-reconnect-modal",
      },
    },
  });
}
