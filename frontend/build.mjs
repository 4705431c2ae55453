// Builds styles, scripts, icons and fonts into src/cabildo/site/static/dist/. Nothing built is committed.
// `node build.mjs` skips the work when no input has changed; `--force` builds anyway.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../src/cabildo/site/static/dist");
const modules = join(here, "node_modules");
const stamp = join(dist, ".inputs");

const WEB_FONTS = ["noto-sans-latin-wght-normal", "noto-sans-latin-ext-wght-normal"];
const PRINT_FONTS = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic"];

function inputFiles(folder = here) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules")
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? inputFiles(path) : [path];
    })
    .sort();
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const path of inputFiles()) hash.update(path.slice(here.length)).update("\0").update(readFileSync(path));
  return hash.digest("hex");
}

function symbol(name) {
  const svg = readFileSync(join(modules, "bootstrap-icons/icons", `${name}.svg`), "utf8");
  const viewBox = svg.match(/viewBox="([^"]+)"/)[1];
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${name}" viewBox="${viewBox}" fill="currentColor">${shapes}</symbol>`;
}

function buildIcons() {
  const names = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
  writeFileSync(join(dist, "icons.svg"), sprite);
}

function copyAsIs() {
  cpSync(join(here, "favicon.svg"), join(dist, "favicon.svg"));
  mkdirSync(join(dist, "fonts"));
  mkdirSync(join(dist, "fonts-ttf"));
  for (const name of WEB_FONTS) {
    cpSync(join(modules, "@fontsource-variable/noto-sans/files", `${name}.woff2`), join(dist, "fonts", `${name}.woff2`));
  }
  const source = join(modules, "@expo-google-fonts/noto-sans");
  for (const weight of PRINT_FONTS) {
    const file = `NotoSans_${weight}.ttf`;
    cpSync(join(source, weight, file), join(dist, "fonts-ttf", file));
  }
  cpSync(join(source, "LICENSE_FONT"), join(dist, "fonts-ttf", "LICENSE.txt"));
}

async function buildStyles() {
  const sass = await import("sass");
  const result = sass.compile(join(here, "styles/desk-and-portal.scss"), {
    style: "compressed",
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import"], // Bootstrap 5.3 is written for @import
  });
  writeFileSync(join(dist, "desk-and-portal.css"), result.css);
}

async function buildScripts() {
  const { build } = await import("esbuild");
  const common = { absWorkingDir: here, bundle: true, minify: true, target: "es2020", outdir: dist, logLevel: "warning" };
  await build({ ...common, entryPoints: ["scripts/app.js", "scripts/blur-parts.js", "scripts/map.js"], format: "esm" });
  await build({ ...common, entryPoints: ["scripts/first-paint.js"], format: "iife" });
  await build({ ...common, entryPoints: ["styles/map.css"], loader: { ".png": "dataurl" } });
}

const wanted = fingerprint();
if (!process.argv.includes("--force") && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
  console.log("Interfaz: sin cambios.");
} else {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  buildIcons();
  copyAsIs();
  await Promise.all([buildStyles(), buildScripts()]);
  writeFileSync(stamp, wanted);
  console.log(`Interfaz construida en ${basename(dirname(dist))}/${basename(dist)}/.`);
}
