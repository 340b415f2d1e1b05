import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // The client package lies in this repository; installed from a registry it would need no second folder.
  server: { port: 5173, fs: { allow: [".", "../../wwwroot-assets/client"] } },
  build: { rollupOptions: { input: ["index.html", "plain.html"] } },
});
