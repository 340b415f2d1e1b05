// Runs in the head, before anything is painted: the chosen theme, else dark.
const chosen = localStorage.getItem("musicrender.theme");
document.documentElement.dataset.theme = chosen === "light" ? "light" : "dark";
