// Plays several MP3 files as one, to the sample: each is decoded a few seconds ahead, all parts of one moment are handed to
// the audio clock together. Decoding the files whole would take 60 MB for each three minutes of a stem; media elements would
// start and drift apart.
import { Mp3File } from "./mp3";

/** Seconds that are decoded at once. */
const windowSeconds = 5;

/** Seconds between asking for sound and hearing it: all stems must be handed over by then. */
const lead = 0.08;

/** Milliseconds of rest before it plays on from another place: a key that is held asks for thirty places a second. */
const settle = 90;

/** Seconds in which a stem that is muted goes silent: without a click. */
const fade = 0.015;

interface Part {
  readonly buffer: AudioBuffer;
  /** The sample of the file that the buffer begins with. */
  readonly first: number;
}

class Voice {
  readonly file: Mp3File;
  readonly gain: GainNode;
  sources: AudioBufferSourceNode[] = [];

  constructor(file: Mp3File, gain: GainNode) {
    this.file = file;
    this.gain = gain;
  }

  silence(): void {
    for (const source of this.sources.splice(0)) {
      source.stop();
      source.disconnect();
    }
  }
}

/** Several files on one clock. Times are seconds of the music. */
export class StemDeck {
  readonly #addresses: readonly string[];
  readonly #duration: number;
  readonly #changed: () => void;
  readonly #stop = new AbortController();
  readonly #levels: number[];
  #files: Mp3File[] = [];
  #context: AudioContext | null = null;
  #voices: Voice[] = [];
  #state: "idle" | "loading" | "playing" = "idle";
  #broken = false;
  #at = 0;
  #run = 0;
  /** The clock's sample at which the files' first sample would have sounded. */
  #anchor = 0;

  /**
   * @param addresses The files: one format, one length.
   * @param duration Their length.
   * @param changed Called when it begins or ceases to load, to play, or to work.
   */
  constructor(addresses: readonly string[], duration: number, changed: () => void) {
    this.#addresses = addresses;
    this.#duration = duration;
    this.#changed = changed;
    this.#levels = addresses.map(() => 1);
  }

  /** True from the wish to play to the wish to pause, or the end. */
  get isPlaying(): boolean {
    return this.#state !== "idle";
  }

  /** True while it waits for sound. */
  get isLoading(): boolean {
    return this.#state === "loading";
  }

  /** True when a file could not be fetched or decoded. */
  get isBroken(): boolean {
    return this.#broken;
  }

  /** Where it is. */
  get time(): number {
    return this.#state === "playing" ? Math.min(this.#duration, Math.max(this.#at, this.#heard())) : this.#at;
  }

  /** Plays from where it is. */
  async play(): Promise<void> {
    if (!this.isPlaying) {
      await this.#start(0);
    }
  }
  /** Stops where it is. */
  pause(): void {
    if (this.isPlaying) {
      this.#end(this.time);
    }
  }

  /** Goes somewhere else; plays on when it played. */
  seek(seconds: number): void {
    const wasPlaying = this.isPlaying;
    this.#end(Math.min(Math.max(0, seconds), this.#duration));
    if (wasPlaying && this.#at < this.#duration) {
      void this.#start(settle);
    }
  }

  /** How loud a file is heard, 0–1. */
  setLevel(index: number, level: number): void {
    this.#levels[index] = level;
    const voice = this.#voices[index];
    if (voice !== undefined && this.#context !== null) {
      voice.gain.gain.setTargetAtTime(level, this.#context.currentTime, fade / 3);
    }
  }

  dispose(): void {
    this.#stop.abort();
    this.#end(this.#at);
    void this.#context?.close();
  }

  async #start(rest: number): Promise<void> {
    if (this.#at >= this.#duration) {
      this.#at = 0;
    }

    this.#broken = false;
    this.#state = "loading";
    const run = ++this.#run;
    this.#changed();
    try {
      if (rest > 0) {
        await new Promise((resolve) => setTimeout(resolve, rest));
      }

      if (run === this.#run) {
        await this.#prepare();
        await this.#follow(run);
      }
    } catch (failure) {
      if (run === this.#run) {
        this.#broken = true;
        console.warn("The stems do not play.", failure);
        this.#end(this.#at);
      }
    }
  }

  #end(at: number): void {
    this.#run++;
    this.#at = at;
    this.#state = "idle";
    for (const voice of this.#voices) {
      voice.silence();
    }

    this.#changed();
  }

  /** The clock and the first frames of all files. What failed before is fetched anew. */
  async #prepare(): Promise<void> {
    if (this.#files.length === 0) {
      this.#files = this.#addresses.map((address) => new Mp3File(address, this.#stop.signal));
    }

    try {
      await Promise.all(this.#files.map((file) => file.until(1)));
    } catch (failure) {
      this.#files = [];
      throw failure;
    }

    // At the files' own rate nothing is resampled, and parts join without a seam.
    this.#context ??= new AudioContext({ sampleRate: this.#first.rate });
    if (this.#voices.length === 0) {
      const context = this.#context;
      this.#voices = this.#files.map((file, index) => {
        const gain = new GainNode(context, { gain: this.#levels[index] ?? 1 });
        gain.connect(context.destination);
        return new Voice(file, gain);
      });
    }

    await this.#context.resume();
  }

  get #first(): Mp3File {
    const first = this.#files[0];
    if (first === undefined) {
      throw new Error("There are no stems.");
    }

    return first;
  }

  get #clock(): AudioContext {
    if (this.#context === null) {
      throw new Error("The clock does not run yet.");
    }

    return this.#context;
  }

  #heard(): number {
    const { currentTime, sampleRate } = this.#clock;
    return (currentTime * sampleRate - this.#anchor - this.#first.delay) / sampleRate;
  }

  /** Hands over one window after the other, each before the one in front of it has ended. */
  async #follow(run: number): Promise<void> {
    const { samplesPerFrame, rate, delay } = this.#first;
    const frames = Math.max(1, Math.round((windowSeconds * rate) / samplesPerFrame));
    const last = Math.ceil((this.#duration * rate + delay) / samplesPerFrame);
    let sample = Math.round(this.#at * rate) + delay;
    let isAnchored = false;
    while (sample < last * samplesPerFrame) {
      const from = Math.floor(sample / samplesPerFrame / frames) * frames;
      const to = Math.min(from + frames, last);
      const parts = await Promise.all(this.#voices.map((voice) => this.#decode(voice.file, from, to)));
      if (run !== this.#run) {
        return;
      }

      const now = Math.round((this.#clock.currentTime + lead) * rate);
      if (!isAnchored || this.#anchor + sample < now) {
        // The first window, or the sound came too late: the clock waits for it.
        this.#at = (sample - delay) / rate;
        this.#anchor = now - sample;
        isAnchored = true;
        this.#state = "playing";
        this.#changed();
      }

      const end = to * samplesPerFrame;
      this.#voices.forEach((voice, index) => this.#hand(voice, parts[index] ?? null, sample, end));
      sample = end;
      await this.#wait(run, sample - windowSeconds * rate * 0.8);
      if (run !== this.#run) {
        return;
      }
    }

    await this.#wait(run, this.#duration * rate + delay);
    if (run === this.#run) {
      this.#end(this.#duration);
    }
  }

  /** Some frames as sound; null behind the end of a file. */
  async #decode(file: Mp3File, from: number, to: number): Promise<Part | null> {
    await file.until(to);
    const part = file.part(from, to);
    if (part.samples <= part.before) {
      return null;
    }

    const buffer = await this.#clock.decodeAudioData(part.bytes);
    // Some decoders leave out samples at the beginning: always as many. The end is where it should be.
    const first = from * file.samplesPerFrame - part.before + (part.samples - buffer.length);
    return { buffer, first };
  }

  /** Plays a part from one sample to another, at their time. */
  #hand(voice: Voice, part: Part | null, from: number, to: number): void {
    if (part === null) {
      return;
    }

    const { sampleRate } = this.#clock;
    const start = Math.max(from, part.first);
    const source = new AudioBufferSourceNode(this.#clock, { buffer: part.buffer });
    source.connect(voice.gain);
    source.start((this.#anchor + start) / sampleRate, (start - part.first) / sampleRate, (to - start) / sampleRate);
    source.addEventListener("ended", () => {
      source.disconnect();
      voice.sources = voice.sources.filter((other) => other !== source);
    });
    voice.sources.push(source);
  }

  /** Waits until the clock has come to a sample of the files. */
  async #wait(run: number, sample: number): Promise<void> {
    const { sampleRate } = this.#clock;
    for (;;) {
      const left = (this.#anchor + sample) / sampleRate - this.#clock.currentTime;
      if (left <= 0 || run !== this.#run) {
        return;
      }

      await new Promise((resolve) => setTimeout(resolve, Math.min(left * 1000, 250)));
    }
  }
}
