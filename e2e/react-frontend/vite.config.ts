import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  server: { port: 5173 },
  build: { rollupOptions: { input: ["index.html", "plain.html"] } },
});
