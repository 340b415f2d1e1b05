// One sound at a time in a page: whoever starts tells the others, who stop. Elements outside of the document are told by name.

const started = "musicrender:sound";

/** Stops the element whenever another sound of the page starts, and tells the others when it starts itself. */
export function alone(media: HTMLMediaElement, signal?: AbortSignal): void {
  const options = signal === undefined ? {} : { signal };
  media.addEventListener("play", () => document.dispatchEvent(new CustomEvent(started, { detail: media })), options);
  document.addEventListener(
    started,
    (event) => {
      if ((event as CustomEvent<unknown>).detail !== media) {
        media.pause();
      }
    },
    options,
  );
}
