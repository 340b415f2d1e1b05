// What a player does beside playing: its spectrogram, other formats of the file, a link to share.

/** Shows the spectrogram when it is asked for; the server draws it in the theme's colours. */
export function spectrogramOf(button: HTMLElement, frame: HTMLElement, picture: HTMLImageElement, signal: AbortSignal): void {
  const theme = (): string => (document.documentElement.dataset.theme === "light" ? "light" : "dark");
  const load = (): void => {
    if (!frame.hidden) {
      frame.dataset.state = "loading";
      picture.src = `${frame.dataset.src}?theme=${theme()}`;
    }
  };

  picture.addEventListener("load", () => (frame.dataset.state = "ready"), { signal });
  picture.addEventListener("error", () => (frame.dataset.state = "broken"), { signal });
  button.addEventListener(
    "click",
    () => {
      frame.hidden = !frame.hidden;
      button.setAttribute("aria-pressed", String(!frame.hidden));
      load();
    },
    { signal },
  );
  document.addEventListener("musicrender:theme", load, { signal });
}

/** Waits until the server has made a file, then has the browser download it; says what goes on. */
export function formatsOf(links: Iterable<HTMLAnchorElement>, say: (text: string) => void, signal: AbortSignal): void {
  for (const link of links) {
    link.addEventListener(
      "click",
      (event) => {
        if (link.dataset.made === undefined) {
          event.preventDefault();
          void make(link, say, signal);
        }
      },
      { signal },
    );
  }
}

async function make(link: HTMLAnchorElement, say: (text: string) => void, signal: AbortSignal): Promise<void> {
  if (link.ariaBusy === "true") {
    return;
  }

  link.ariaBusy = "true";
  say(link.dataset.sayMaking ?? "");
  try {
    const response = await fetch(link.href, { headers: { Range: "bytes=0-0" }, signal });
    if (response.ok) {
      link.dataset.made = "";
      say("");
      link.click();
    } else {
      const problem = (await response.json()) as { detail?: string };
      say(problem.detail ?? link.dataset.sayFailed ?? "");
    }
  } catch {
    if (!signal.aborted) {
      say(link.dataset.sayFailed ?? "");
    }
  } finally {
    link.ariaBusy = "false";
  }
}

/** Copies the track's address; where a page may not, it shows the address to copy. */
export function shareOf(button: HTMLElement, field: HTMLInputElement, say: (text: string) => void, signal: AbortSignal): void {
  button.addEventListener(
    "click",
    () => {
      const address = new URL(button.dataset.address ?? "", document.baseURI).href;
      const show = (): void => {
        field.hidden = false;
        field.value = address;
        field.select();
        say(button.dataset.sayCopy ?? "");
      };
      // Only pages of a secure context have a clipboard.
      if (navigator.clipboard === undefined) {
        show();
      } else {
        navigator.clipboard.writeText(address).then(() => say(button.dataset.sayCopied ?? ""), show);
      }
    },
    { signal },
  );
}
