// A section over and over, as one long sound without a gap: a WAV whose samples are those of the section, again and again. The
// parts of a blob that are the same are kept once, so that hours of it take no more than one round. A media element plays it like
// any other file: with its own speed and pitch.
import { fetchSection, type SectionSound } from "./mp3-section";

/** How long the sound is at most, s: then it begins again. A WAV can be 4 GB. */
const longest = 3 * 3600;

/** Seconds over which the end of a round goes over into the beginning of the next: without a click. */
const seam = 0.005;

const bytesPerFrame = 4;

/** Sound to play. */
export interface LoopSound {
  readonly blob: Blob;
  /** Length of a round, s: exactly that of the section. */
  readonly round: number;
}

function header(rate: number, bytes: number): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(44));
  const text = (at: number, value: string): void => [...value].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * bytesPerFrame, true);
  view.setUint16(32, bytesPerFrame, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, bytes, true);
  return view.buffer;
}

async function samplesOf(pcm: Blob): Promise<Int16Array<ArrayBuffer>> {
  return new Int16Array(await pcm.arrayBuffer());
}

/** The round: what follows the section fades out while its beginning fades in, in the first milliseconds. */
async function roundOf({ pcm, rate }: SectionSound, length: number, follows: Blob): Promise<Blob> {
  const faded = Math.min(length, Math.round(seam * rate));
  const start = await samplesOf(pcm.slice(0, faded * bytesPerFrame));
  const after = await samplesOf(follows.slice(0, faded * bytesPerFrame));
  for (let i = 0; i < start.length; i++) {
    const share = (Math.floor(i / 2) + 0.5) / faded;
    start[i] = Math.round((start[i] ?? 0) * share + (after[i] ?? 0) * (1 - share));
  }

  return new Blob([start, pcm.slice(faded * bytesPerFrame, length * bytesPerFrame)]);
}

/**
 * Makes the sound of a loop.
 * @param address The track's file.
 * @param from Where the section begins, s.
 * @param to Where it ends, s.
 * @param duration The track's length, s. What follows its end is its beginning, as in a track that is made to go round.
 */
export async function makeLoop(address: string, from: number, to: number, duration: number, signal: AbortSignal): Promise<LoopSound> {
  const isLast = to + seam > duration;
  const sound = await fetchSection(address, from, isLast ? to : to + seam, signal);
  const { rate } = sound;
  const length = Math.round(to * rate) - Math.round(from * rate);
  const follows = isLast ? (await fetchSection(address, 0, seam, signal)).pcm : sound.pcm.slice(length * bytesPerFrame);
  const round = await roundOf(sound, length, follows);
  signal.throwIfAborted();
  const rounds = Math.max(1, Math.floor((longest * rate) / length));
  const blob = new Blob([header(rate, rounds * length * bytesPerFrame), ...new Array<Blob>(rounds).fill(round)], { type: "audio/wav" });
  return { blob, round: length / rate };
}
