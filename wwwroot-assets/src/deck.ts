// What plays finished tracks, once for the whole studio: it goes on while pages come and go.
import { makeLoop } from "./loop";
import { alone } from "./one-sound";
import { keep, kept } from "./storage";

/** A section of a track, s. */
export interface Section {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A track as the page has it. */
export interface DeckTrack {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly duration: number;
  readonly sections: readonly Section[];
}

interface Loop {
  readonly section: Section;
  /** Length of a round, s; 0 until its sound is there. */
  readonly round: number;
  readonly address: string;
}

/** Seconds of a section that count as its very beginning: going back from there means the one before. */
const justBegun = 1.5;

const volumeKey = "musicrender.volume";

/** Tells "change" whenever anything but the time is another, and "loopfailed". */
export class Deck extends EventTarget {
  readonly media: HTMLAudioElement;
  readonly #players = new Map<string, number>();
  #track: DeckTrack | null = null;
  #hasPlayed = false;
  #loop: Loop | null = null;
  #preparing: AbortController | null = null;
  #speed = 1;

  constructor(media: HTMLAudioElement) {
    super();
    this.media = media;
    alone(media);
    media.preservesPitch = true;
    media.volume = Math.min(1, Math.max(0, Number(kept("localStorage", volumeKey) ?? 1)));
    for (const type of ["play", "pause", "seeked", "loadedmetadata", "error", "ratechange"]) {
      media.addEventListener(type, () => this.#changed());
    }

    media.addEventListener("ended", () => this.#onEnd());
  }

  get track(): DeckTrack | null {
    return this.#track;
  }

  get isPlaying(): boolean {
    return !this.media.paused && !this.media.ended;
  }

  get isBroken(): boolean {
    return this.media.error !== null;
  }

  /** Where it is in the track, s. */
  get time(): number {
    const at = this.media.currentTime;
    return this.#loop === null || this.#loop.round === 0 ? at : this.#loop.section.start + (at % this.#loop.round);
  }

  /** The section that plays over and over, also while its sound is fetched. */
  get loop(): Section | null {
    return this.#loop?.section ?? null;
  }

  get isLoopReady(): boolean {
    return this.#loop !== null && this.#loop.round > 0;
  }

  /** 0–1. */
  get volume(): number {
    return this.media.volume;
  }

  set volume(volume: number) {
    this.media.volume = volume;
    keep("localStorage", volumeKey, String(volume));
    this.#changed();
  }

  /** Times as fast as it is, with its own pitch. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#speed = speed;
    this.media.defaultPlaybackRate = speed;
    this.media.playbackRate = speed;
  }

  /** True when somebody has played this track and its page is not there any more. */
  get isElsewhere(): boolean {
    return this.#track !== null && this.#hasPlayed && !this.#players.has(this.#track.id);
  }

  /** A page shows a track. It is taken up unless another one was played and may be gone on with. */
  attach(track: DeckTrack): void {
    this.#players.set(track.id, (this.#players.get(track.id) ?? 0) + 1);
    if (this.#track?.id === track.id || this.#track === null || !this.#hasPlayed) {
      this.load(track);
    }

    this.#changed();
  }

  /** The page is gone; what has been played stays. */
  detach(track: DeckTrack): void {
    const count = (this.#players.get(track.id) ?? 1) - 1;
    if (count > 0) {
      this.#players.set(track.id, count);
    } else {
      this.#players.delete(track.id);
    }

    if (this.#track?.id === track.id) {
      this.#track = track;
      if (!this.#hasPlayed) {
        this.unload();
      }
    }

    this.#changed();
  }

  /** Makes a track the one that plays; nothing happens when it is already. */
  load(track: DeckTrack): void {
    if (this.#track?.id === track.id) {
      this.#track = track;
      return;
    }

    this.#drop();
    this.#track = track;
    this.#hasPlayed = false;
    this.media.src = track.source;
    this.#changed();
  }

  /** Stops, and forgets the track. */
  unload(): void {
    this.#drop();
    this.#track = null;
    this.#hasPlayed = false;
    this.media.pause();
    this.media.removeAttribute("src");
    this.media.load();
    this.#changed();
  }

  async play(): Promise<void> {
    if (this.#track === null) {
      return;
    }

    if (this.isBroken) {
      // Once more, from where it broke.
      const at = this.time;
      this.#drop();
      this.#open(this.#track.source, at);
    }

    this.#hasPlayed = true;
    try {
      await this.media.play();
    } catch {
      this.#changed();
    }
  }

  pause(): void {
    this.media.pause();
  }

  toggle(): void {
    if (this.isPlaying) {
      this.pause();
    } else {
      void this.play();
    }
  }

  /** Goes to a time of the track. Outside of the loop it ends the loop. */
  seek(seconds: number): void {
    const at = Math.min(Math.max(0, seconds), this.#track?.duration ?? 0);
    const loop = this.#loop;
    if (loop !== null && (at < loop.section.start || at >= loop.section.end)) {
      this.setLoop(null, at);
      return;
    }

    this.media.currentTime = loop === null || loop.round === 0 ? at : at - loop.section.start;
    this.#changed();
  }

  /** Goes to the beginning of the section before, or of this one when more than a moment of it has passed; a loop goes along. */
  previous(): void {
    const at = this.time - justBegun;
    this.#jump(this.#track?.sections.findLast((section) => section.start <= at), 0);
  }

  /** Goes to the beginning of the next section; a loop goes along. */
  next(): void {
    const at = this.time + 0.05;
    this.#jump(this.#track?.sections.find((section) => section.start > at), this.#track?.duration ?? 0);
  }

  /** Goes to a section; a loop goes along. */
  goTo(section: Section): void {
    this.#jump(section, section.start);
  }

  /** The section that is heard now. */
  section(): Section | null {
    const at = this.time;
    return this.#track?.sections.find((section) => at >= section.start && at < section.end) ?? this.#track?.sections.at(-1) ?? null;
  }

  /** Plays a section over and over, or no longer. What is heard goes on until the loop's sound is there. */
  setLoop(section: Section | null, at = this.time): void {
    const track = this.#track;
    if (track === null) {
      return;
    }

    const wasLooping = this.#loop !== null && this.#loop.round > 0;
    this.#drop();
    if (section === null || at < section.start || at >= section.end) {
      at = section?.start ?? at;
      if (wasLooping) {
        this.#open(track.source, at);
      } else {
        this.media.currentTime = at;
      }
    } else if (wasLooping) {
      this.#open(track.source, at);
    }

    if (section !== null) {
      this.#loop = { section, round: 0, address: "" };
      void this.#prepare(track, section);
    }

    this.#changed();
  }

  #jump(section: Section | undefined, otherwise: number): void {
    if (section !== undefined && this.#loop !== null && section.start !== this.#loop.section.start) {
      this.setLoop(section, section.start);
    } else {
      this.seek(section?.start ?? otherwise);
    }
  }

  async #prepare(track: DeckTrack, section: Section): Promise<void> {
    const preparing = new AbortController();
    this.#preparing = preparing;
    try {
      const { blob, round } = await makeLoop(track.source, section.start, section.end, track.duration, preparing.signal);
      if (preparing.signal.aborted) {
        return;
      }

      const address = URL.createObjectURL(blob);
      // The element may have played on over the section's end meanwhile.
      const at = this.media.currentTime - section.start;
      this.#loop = { section, round, address };
      // Or to the end of the track.
      this.#open(address, at >= 0 && at < round ? at : 0, this.isPlaying || this.media.ended);
      this.#changed();
    } catch (failure) {
      if (!preparing.signal.aborted) {
        console.warn("The section does not loop.", failure);
        this.#drop();
        this.dispatchEvent(new Event("loopfailed"));
        this.#changed();
      }
    }
  }

  /** Plays on with another file. */
  #open(address: string, at: number, plays = this.isPlaying): void {
    this.media.src = address;
    this.media.currentTime = at;
    this.media.playbackRate = this.#speed;
    if (plays) {
      this.media.play().catch(() => this.#changed());
    }
  }

  /** Forgets the loop; the element still has its sound. */
  #drop(): void {
    this.#preparing?.abort();
    this.#preparing = null;
    if (this.#loop !== null && this.#loop.address !== "") {
      URL.revokeObjectURL(this.#loop.address);
    }

    this.#loop = null;
  }

  #onEnd(): void {
    if (this.isLoopReady) {
      this.media.currentTime = 0;
      void this.media.play();
    }

    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}

let deck: Deck | null = null;

/** The one deck. The layout has its element. */
export function theDeck(): Deck {
  const media = document.querySelector<HTMLAudioElement>("audio[data-part='sound']");
  if (media === null) {
    throw new Error("The studio has no sound element.");
  }

  deck = deck !== null && deck.media === media ? deck : new Deck(media);
  return deck;
}
