// After htmx swaps a fragment: focus stays somewhere sensible and the change is said aloud.
import { words } from "./words.js";

const TOAST_MS = 8000;
let focusedId = "";

export function announce(text) {
  const region = document.getElementById("live-region");
  if (!region || !text) return;
  region.textContent = "";
  // A reader only notices a change, so the same sentence said twice needs an empty moment between.
  setTimeout(() => { region.textContent = text; }, 50);
}

export function toast(text) {
  const region = document.getElementById("toasts");
  if (!region || !text) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.append(text);
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words("close");
  close.addEventListener("click", () => box.remove());
  box.append(close);
  region.append(box);
  const remove = () => (box.contains(document.activeElement) ? setTimeout(remove, TOAST_MS) : box.remove());
  setTimeout(remove, TOAST_MS);
}

function afterSwap(event) {
  const target = event.detail.elt ?? event.target;
  const wanted = target.querySelector?.("[data-focus]");
  if (wanted) {
    if (wanted.tabIndex < 0) wanted.tabIndex = -1;
    wanted.focus();
  } else if (document.activeElement === document.body && focusedId) {
    document.getElementById(focusedId)?.focus();
  }
  const said = target.matches?.("[data-announce]") ? target : target.querySelector?.("[data-announce]");
  if (said) announce(said.dataset.announce || said.textContent.trim());
}

export function startLive() {
  document.addEventListener("htmx:beforeSwap", () => { focusedId = document.activeElement?.id ?? ""; });
  document.addEventListener("htmx:afterSettle", afterSwap);
  document.addEventListener("htmx:responseError", () => toast(words("failed")));
  document.addEventListener("htmx:sendError", () => toast(words("offline")));
  // A view may answer with the header HX-Trigger: {"announce": "..."} or {"toast": "..."}.
  document.addEventListener("announce", (event) => announce(event.detail.value));
  document.addEventListener("toast", (event) => toast(event.detail.value));
  // The gallery shows a summary that belongs to no answer.
  document.querySelector(".error-summary:not([data-still] *)")?.focus();
}
