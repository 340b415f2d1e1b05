// A section of an MP3 on the server, as sound: only its own bytes are fetched, and they are decoded a few seconds at a time.
import { delayOf, headerAt, Mp3File, runUp, tagLengthOf, type FrameHeader, type Mp3Part } from "./mp3";

/** Bytes that hold the tag of most files, and what stands behind it. */
const headBytes = 1 << 16;

/** Bytes behind a tag in which the first frames begin. */
const firstFrames = 4096;

/** Seconds that are decoded at once: the page never holds more as floats. */
const windowSeconds = 5;

/** Frames of a file and where their samples lie. */
interface Frames {
  readonly rate: number;
  readonly samplesPerFrame: number;
  readonly delay: number;
  part(from: number, to: number): Mp3Part;
}

/** Sound of one section: interleaved stereo. */
export interface SectionSound {
  readonly rate: number;
  /** Samples of each channel. */
  readonly frames: number;
  readonly pcm: Blob;
}

async function bytesOf(address: string, from: number, to: number, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(address, { signal, headers: { Range: `bytes=${from}-${to - 1}` } });
  if (!response.ok) {
    throw new Error(`${address} answers ${response.status}.`);
  }

  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.status === 206 ? bytes : bytes.subarray(from, to);
}

function frameAt(bytes: Uint8Array, from: number): [at: number, header: FrameHeader] {
  for (let at = from; at < bytes.length; at++) {
    const header = headerAt(bytes, at);
    const next = header === null ? null : headerAt(bytes, at + header.bytes);
    if (header !== null && next !== null && next.rate === header.rate) {
      return [at, header];
    }
  }

  throw new Error("There is no MP3 frame.");
}

/** The frames of some seconds; null for a file whose frames are not all of one bitrate, so that nobody knows where they are. */
async function framesOf(address: string, from: number, to: number, signal: AbortSignal): Promise<Frames | null> {
  const start = await bytesOf(address, 0, headBytes, signal);
  const tag = tagLengthOf(start);
  const head = tag + firstFrames > start.length ? await bytesOf(address, tag, tag + firstFrames, signal) : start.subarray(tag);
  let [first, header] = frameAt(head, 0);
  const delay = delayOf(head.subarray(first, first + header.bytes));
  if (delay !== null) {
    [first, header] = frameAt(head, first + header.bytes);
  }

  const origin = tag + first;
  const { rate, samples, kilobits } = header;
  const average = ((samples / 8) * kilobits * 1000) / rate;
  const lead = delay ?? 0;
  const firstFrame = Math.max(0, Math.floor((from * rate + lead) / samples) - runUp - 1);
  const lastFrame = Math.ceil((to * rate + lead) / samples) + 2;
  const begin = origin + Math.max(0, Math.floor(firstFrame * average) - 2);
  const bytes = await bytesOf(address, begin, origin + Math.ceil(lastFrame * average) + 2, signal);
  let [at] = frameAt(bytes, 0);
  const base = Math.round((begin + at - origin) / average);
  const starts: number[] = [];
  for (let frame = headerAt(bytes, at); frame !== null && at + frame.bytes <= bytes.length; frame = headerAt(bytes, at)) {
    if (frame.kilobits !== kilobits || frame.rate !== rate) {
      return null;
    }

    starts.push(at);
    at += frame.bytes;
  }

  return {
    rate,
    samplesPerFrame: samples,
    delay: lead,
    part(partFrom: number, partTo: number): Mp3Part {
      const runUpFrom = Math.max(base, partFrom - runUp);
      const end = Math.min(partTo, base + starts.length);
      return {
        bytes: bytes.slice(starts[runUpFrom - base] ?? at, starts[end - base] ?? at).buffer,
        samples: Math.max(0, end - runUpFrom) * samples,
        before: (partFrom - runUpFrom) * samples,
      };
    },
  };
}

/** The same of a file that has to be read from its beginning. */
async function framesOfAll(address: string, to: number, signal: AbortSignal): Promise<Frames> {
  const file = new Mp3File(address, signal);
  await file.until(1);
  await file.until(Math.ceil((to * file.rate + file.delay) / file.samplesPerFrame) + 1);
  return file;
}

/** Puts samples of a decoded part where they belong. */
function place(buffer: AudioBuffer, first: number, target: Int16Array, from: number): void {
  const left = buffer.getChannelData(0);
  const right = buffer.getChannelData(Math.min(1, buffer.numberOfChannels - 1));
  for (let i = 0; i < target.length / 2; i++) {
    const at = from + i - first;
    target[2 * i] = Math.round(Math.max(-1, Math.min(1, left[at] ?? 0)) * 32767);
    target[2 * i + 1] = Math.round(Math.max(-1, Math.min(1, right[at] ?? 0)) * 32767);
  }
}

/**
 * Fetches and decodes a section, to the sample.
 * @param address The file.
 * @param from Where it begins, s.
 * @param to Where it ends, s.
 */
export async function fetchSection(address: string, from: number, to: number, signal: AbortSignal): Promise<SectionSound> {
  const frames = (await framesOf(address, from, to, signal)) ?? (await framesOfAll(address, to, signal));
  const { rate, samplesPerFrame, delay } = frames;
  const context = new OfflineAudioContext(2, 1, rate);
  const begin = Math.round(from * rate);
  const end = Math.round(to * rate);
  const pieces: Blob[] = [];
  for (let sample = begin; sample < end; sample += windowSeconds * rate) {
    const until = Math.min(end, sample + windowSeconds * rate);
    const firstFrame = Math.floor((sample + delay) / samplesPerFrame);
    const part = frames.part(firstFrame, Math.ceil((until + delay) / samplesPerFrame));
    const piece = new Int16Array(2 * (until - sample));
    if (part.samples > part.before) {
      const length = part.samples;
      const buffer = await context.decodeAudioData(part.bytes);
      signal.throwIfAborted();
      // Some decoders leave out samples at the beginning: always as many. The end is where it should be.
      const first = firstFrame * samplesPerFrame - part.before + (length - buffer.length);
      place(buffer, first, piece, sample + delay);
    }

    pieces.push(new Blob([piece]));
  }

  return { rate, frames: end - begin, pcm: new Blob(pieces) };
}
