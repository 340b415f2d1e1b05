import { MusicRender } from "musicrender-client";

const url: string = import.meta.env.VITE_MUSICRENDER_URL;
const key = "musicrender.token";

/** The server's access token, where it wants one; this tab remembers it. */
export let token = sessionStorage.getItem(key) ?? undefined;

/** The one server that this page works with. */
export let studio = new MusicRender(url, { token });

/** Shows another token from now on. */
export function signIn(next: string) {
  sessionStorage.setItem(key, next);
  token = next;
  studio = new MusicRender(url, { token });
}
