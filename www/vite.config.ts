import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // The build may be served from any path.
  base: "./",
  plugins: [react()],
  server: { host: "127.0.0.1", port: 5173 },
  preview: { host: "127.0.0.1", port: 4173 },
});
