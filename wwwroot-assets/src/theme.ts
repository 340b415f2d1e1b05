// Runs in the head, before anything is painted: the chosen theme, else dark; and the time zone for the server, which writes the dates.
let chosen: string | null = null;
try {
  chosen = localStorage.getItem("musicrender.theme");
} catch {
  // This browser keeps nothing.
}

try {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.cookie = `musicrender.zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=strict`;
} catch {
  // Dates are shown in UTC.
}

document.documentElement.dataset.theme = chosen === "light" ? "light" : "dark";
