// What is built: every island, the element that mounts them. Names in the manifest are paths from here.
import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

const islands = readdirSync(new URL("islands", import.meta.url), { recursive: true, encoding: "utf8" })
  .map((name) => `islands/${name.replaceAll("\\", "/")}`)
  .filter((path) => /^islands\/[^/]+\/[^/]+\.ts$/.test(path) && !/\.(test|d)\.ts$/.test(path))
  .sort();

export default defineConfig({
  base: "/static/",
  build: {
    target: ["chrome66", "ios12"],
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: ["islands/mount.ts", ...islands] },
  },
  test: { include: ["islands/**/*.test.ts"] },
});
