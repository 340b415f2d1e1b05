// The waveform of a track as the server has measured it, at any zoom. The sound itself is never looked at.

/** Peaks of a tile. */
const tilePoints = 1000;

/** Tiles that are kept: enough for a window and what is next to it. */
const mostTiles = 12;

interface Answer {
  readonly peaks: number[];
}

export class Peaks {
  readonly #address: string;
  readonly #duration: number;
  readonly #signal: AbortSignal;
  readonly #changed: () => void;
  readonly #tiles = new Map<string, number[] | null>();
  #all: number[] = [];
  #highest = 1;

  /**
   * @param address Where they are.
   * @param duration The track's length, s.
   * @param changed Called when more of them is there.
   */
  constructor(address: string, duration: number, signal: AbortSignal, changed: () => void) {
    this.#address = address;
    this.#duration = duration;
    this.#signal = signal;
    this.#changed = changed;
  }

  /** Ends when the whole waveform is there, or cannot be had. */
  async load(): Promise<void> {
    this.#all = (await this.#fetch(this.#address)) ?? [];
    this.#highest = Math.max(0.01, ...this.#all);
    this.#changed();
  }

  /**
   * The highest peak between two times, 0–1 of the highest of the track: as closely as is known by now.
   * @param zoom How many times wider than the window the waveform is: closer tiles are asked for.
   */
  between(from: number, to: number, zoom: number): number {
    const tiles = zoom <= 1 ? 0 : 2 ** Math.ceil(Math.log2(zoom));
    const width = this.#duration / tiles;
    const index = Math.floor(from / width);
    const tile = tiles === 0 || index >= tiles ? undefined : this.#tile(tiles, index);
    return tile ? this.#highestOf(tile, from - index * width, to - index * width, width) : this.#highestOf(this.#all, from, to, this.#duration);
  }

  #highestOf(peaks: readonly number[], from: number, to: number, width: number): number {
    const first = Math.max(0, Math.floor((from / width) * peaks.length));
    const last = Math.min(peaks.length, Math.max(first + 1, Math.ceil((to / width) * peaks.length)));
    let highest = 0;
    for (let i = first; i < last; i++) {
      highest = Math.max(highest, peaks[i] ?? 0);
    }

    return highest / this.#highest;
  }

  #tile(tiles: number, index: number): number[] | undefined {
    const key = `${tiles} ${index}`;
    const known = this.#tiles.get(key);
    if (known !== undefined) {
      // The one used last goes last.
      this.#tiles.delete(key);
      this.#tiles.set(key, known);
      return known ?? undefined;
    }

    this.#tiles.set(key, null);
    const width = (this.#duration * 1000) / tiles;
    const query = new URLSearchParams({ from_ms: String(Math.round(index * width)), to_ms: String(Math.round((index + 1) * width)), points: String(tilePoints) });
    void this.#fetch(`${this.#address}?${query}`).then((peaks) => {
      if (peaks === null) {
        // Not again with every picture, but again.
        setTimeout(() => this.#tiles.delete(key), 2000);
        return;
      }

      this.#tiles.set(key, peaks);
      for (const oldest of [...this.#tiles.keys()].slice(0, -mostTiles)) {
        this.#tiles.delete(oldest);
      }

      this.#changed();
    });
    return undefined;
  }

  /** Null when it cannot be had: then the coarser waveform stands. */
  async #fetch(address: string): Promise<number[] | null> {
    try {
      const response = await fetch(address, { signal: this.#signal });
      return response.ok ? ((await response.json()) as Answer).peaks : null;
    } catch {
      return null;
    }
  }
}
