import { useEffect, useRef, useState } from "react";

interface Props {
  /** Why the token is asked for. */
  text: string;
  onToken: (token: string) => void;
  onCancel: () => void;
}

/** Asks for the server's access token. */
export function TokenForm({ text, onToken, onCancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [token, setToken] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="token-head" onCancel={(event) => { event.preventDefault(); onCancel(); }}>
      <form onSubmit={(event) => { event.preventDefault(); onToken(token.trim()); }}>
        <h2 id="token-head">Access token</h2>
        <p id="token-why" aria-live="polite">{text}</p>
        <label className="field">
          Token
          <input type="password" required autoComplete="current-password" value={token} aria-describedby="token-why" onChange={(event) => setToken(event.target.value)} />
        </label>
        <p className="actions">
          <button className="main">Go on</button>
          <button type="button" onClick={onCancel}>Not now</button>
        </p>
      </form>
    </dialog>
  );
}
