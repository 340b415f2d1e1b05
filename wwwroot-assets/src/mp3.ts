// An MP3 as it arrives: its bytes so far, and where its frames begin. Frames decode to a fixed number of samples each, so
// any part of a file can be decoded by itself, to the sample.

/** What a frame's four header bytes say (ISO/IEC 11172-3 and 13818-3, layer III). */
export interface FrameHeader {
  readonly bytes: number;
  readonly kilobits: number;
  readonly rate: number;
  readonly samples: number;
}

const kilobits1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const kilobits2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const rates = [44100, 48000, 32000, 0];

/** Samples that a decoder gives before the first one of the sound. */
const decoderDelay = 529;

/** Frames to decode before the ones wanted: a frame leans on those before it. */
export const runUp = 10;

/** Bytes of the ID3 tag that a file begins with; 0 without one. Its length is in four bytes of seven bits. */
export function tagLengthOf(bytes: Uint8Array): number {
  const hasTag = bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33;
  return hasTag ? 10 + bytes.subarray(6, 10).reduce((length, byte) => (length << 7) | (byte & 0x7f), 0) : 0;
}

/** Samples in front that are the encoder's and the decoder's, when a frame is the silent one that tells (LAME's extension); else null. */
export function delayOf(frame: Uint8Array): number | null {
  for (const at of [9 + 4, 17 + 4, 32 + 4]) {
    const name = String.fromCharCode(...frame.subarray(at, at + 4));
    if (name === "Info" || name === "Xing") {
      const flags = frame[at + 7] ?? 0;
      const lame = at + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
      const encoderDelay = ((frame[lame + 21] ?? 0) << 4) | ((frame[lame + 22] ?? 0) >> 4);
      return encoderDelay > 0 ? encoderDelay + decoderDelay : 0;
    }
  }

  return null;
}

export function headerAt(bytes: Uint8Array, at: number): FrameHeader | null {
  const [b0 = 0, b1 = 0, b2 = 0] = bytes.subarray(at, at + 3);
  const version = (b1 >> 3) & 3;
  if (b0 !== 0xff || b1 >> 5 !== 7 || version === 1 || ((b1 >> 1) & 3) !== 1) {
    return null;
  }

  const isFirst = version === 3;
  const kilobits = (isFirst ? kilobits1 : kilobits2)[b2 >> 4] ?? 0;
  const rate = (rates[(b2 >> 2) & 3] ?? 0) >> (isFirst ? 0 : version === 2 ? 1 : 2);
  if (kilobits === 0 || rate === 0) {
    return null;
  }

  const samples = isFirst ? 1152 : 576;
  return { bytes: Math.floor(((samples / 8) * kilobits * 1000) / rate) + ((b2 >> 1) & 1), kilobits, rate, samples };
}

/** Some frames of a file, ready to decode. */
export interface Mp3Part {
  readonly bytes: ArrayBuffer;
  /** Samples that it decodes to. */
  readonly samples: number;
  /** Samples at its beginning that are only the run-up. */
  readonly before: number;
}

export class Mp3File {
  #bytes = new Uint8Array(1 << 20);
  #length = 0;
  #next = 0;
  #starts: number[] = [];
  #delay = 0;
  #header: FrameHeader | null = null;
  #isWhole = false;
  #failure: unknown = null;
  #waiting: (() => void)[] = [];

  /** Begins to fetch. */
  constructor(address: string, signal: AbortSignal) {
    void this.#fetch(address, signal);
  }

  /** Frames a second of sound, once {@link until} has ended. */
  get rate(): number {
    return this.#header?.rate ?? 0;
  }

  /** Samples of a frame, once {@link until} has ended. */
  get samplesPerFrame(): number {
    return this.#header?.samples ?? 0;
  }

  /** Samples in front that are the encoder's and the decoder's, and not of the sound. */
  get delay(): number {
    return this.#delay;
  }

  /** Frames that are there. */
  get frames(): number {
    return this.#starts.length;
  }

  /** Ends when so many frames are there, or all of a shorter file. */
  async until(frames: number): Promise<void> {
    while (this.#starts.length < frames && !this.#isWhole) {
      if (this.#failure !== null) {
        throw this.#failure;
      }

      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }

    if (this.#header === null) {
      throw this.#failure ?? new Error("This is no MP3.");
    }
  }

  /** Frames from one to before another, with the run-up that they need. */
  part(from: number, to: number): Mp3Part {
    const first = Math.max(0, from - runUp);
    const start = this.#starts[first] ?? this.#next;
    const end = this.#starts[to] ?? this.#next;
    const frames = Math.max(0, Math.min(to, this.frames) - first);
    return { bytes: this.#bytes.slice(start, end).buffer, samples: frames * this.samplesPerFrame, before: (from - first) * this.samplesPerFrame };
  }

  async #fetch(address: string, signal: AbortSignal): Promise<void> {
    try {
      const response = await fetch(address, { signal });
      if (!response.ok || response.body === null) {
        throw new Error(`${address} answers ${response.status}.`);
      }

      this.#reserve(Number(response.headers.get("Content-Length") ?? 0));
      for (const reader = response.body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }

        this.#append(value);
        this.#tell();
      }

      this.#isWhole = true;
    } catch (failure) {
      this.#failure = failure;
    }

    this.#tell();
  }

  #reserve(bytes: number): void {
    if (bytes > this.#bytes.length) {
      const larger = new Uint8Array(bytes);
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
  }

  #append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    this.#reserve(length > this.#bytes.length ? Math.max(length, 2 * this.#bytes.length) : 0);
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
    this.#index();
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) {
      resolve();
    }
  }

  /** Finds the frames in what has arrived. */
  #index(): void {
    while (this.#length - this.#next >= 10) {
      const bytes = this.#bytes.subarray(0, this.#length);
      if (this.#next === 0 && tagLengthOf(bytes) > 0) {
        this.#next = tagLengthOf(bytes);
        continue;
      }

      const header = headerAt(bytes, this.#next);
      if (header === null) {
        this.#next++;
        continue;
      }

      if (this.#next + header.bytes > this.#length) {
        return;
      }

      if (!this.#isInfo(header)) {
        this.#header ??= header;
        this.#starts.push(this.#next);
      }

      this.#next += header.bytes;
    }
  }

  /** Takes what the silent first frame tells. */
  #isInfo(header: FrameHeader): boolean {
    const delay = this.#header === null ? delayOf(this.#bytes.subarray(this.#next, this.#next + header.bytes)) : null;
    this.#delay = delay ?? this.#delay;
    return delay !== null;
  }
}
