import { MusicRender } from "musicrender-client";

/** The one server that this page works with. */
export const studio = new MusicRender(import.meta.env.VITE_MUSICRENDER_URL);
