// Text size, contrast and theme, remembered on this device. first-paint.js applies them on the next page.
import { announce } from "./live.js";
import { words } from "./words.js";

const root = document.documentElement;
const SMALLEST = -1;
const LARGEST = 3;

function keep(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  try {
    if (value) localStorage.setItem(`cabildo.${name}`, value);
    else localStorage.removeItem(`cabildo.${name}`);
  } catch {
    // Forbidden storage: the choice lasts for this page.
  }
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const CHOICES = {
  smaller: () => resize(Math.max(SMALLEST, Number(root.dataset.size ?? 0) - 1)),
  normal: () => resize(0),
  larger: () => resize(Math.min(LARGEST, Number(root.dataset.size ?? 0) + 1)),
  contrast: () => keep("contrast", root.dataset.contrast === "high" ? "" : "high"),
  theme: () => keep("theme", isDark() ? "light" : "dark"),
};

function resize(step) {
  keep("size", step ? String(step) : "");
  announce(words("size", { size: getComputedStyle(root).fontSize.replace("px", "") }));
}

function showState() {
  for (const button of document.querySelectorAll("[data-preference]")) {
    if (button.dataset.preference === "contrast") button.setAttribute("aria-pressed", root.dataset.contrast === "high");
    if (button.dataset.preference === "theme") button.setAttribute("aria-pressed", isDark());
  }
}

export function startPreferences() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-preference]");
    if (!button) return;
    CHOICES[button.dataset.preference]();
    showState();
  });
  showState();
}
