// What is built: the element that mounts islands, and each island as a file of its own that is fetched when its tag appears.
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/static/",
  build: {
    target: ["chrome66", "ios12"],
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: ["islands/mount.ts"] },
  },
  test: { include: ["islands/**/*.test.ts"] },
});
