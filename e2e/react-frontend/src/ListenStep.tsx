import type { RenderResult } from "musicrender-client";
import type { RefObject } from "react";
import { useSound } from "./useSound";

interface Props {
  heading: RefObject<HTMLHeadingElement | null>;
  track: RenderResult;
  onNew: () => void;
}

export function ListenStep({ heading, track, onNew }: Props) {
  const { song_metadata: song } = track;
  const sound = useSound(track);
  const facts = [
    ["Length", `${Math.round(track.duration_ms / 1000)} s`],
    ["Tempo", song?.bpm ? `${Math.round(song.bpm)} BPM` : ""],
    ["Key", song?.key ?? ""],
    ["Genres", song?.genres.join(", ") ?? ""],
    ["Made by", `${track.generator}, seed ${track.seed}`],
  ].filter(([, value]) => value);
  return (
    <section>
      <h1 ref={heading} tabIndex={-1}>{song?.title ?? track.filename}</h1>
      {song?.description && <p className="lead">{song.description}</p>}
      <audio controls src={sound.stream} aria-label={song?.title ?? track.filename} />
      {sound.problem && <p className="problem" role="alert">{sound.problem}</p>}
      <dl className="facts">
        {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
      <p className="actions">
        <a className="main" href={sound.download} download={track.filename}>Download {(track.file_size_bytes / 1e6).toFixed(1)} MB</a>
        <button type="button" onClick={onNew}>Another song</button>
      </p>
    </section>
  );
}
