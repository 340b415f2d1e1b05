// Runs in the head, before anything is painted: the chosen theme, else dark.
let chosen: string | null = null;
try {
  chosen = localStorage.getItem("musicrender.theme");
} catch {
  // This browser keeps nothing.
}

document.documentElement.dataset.theme = chosen === "light" ? "light" : "dark";
