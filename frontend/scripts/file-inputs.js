// The face of <input type="file"> (ui: widgets/file.html) says in Spanish what was chosen; the input itself lies over it.
import { words } from "./words.js";

function say(input) {
  const name = input.parentElement.querySelector(".file-name");
  if (!name) return;
  const chosen = [...input.files].map((file) => file.name).join(", ");
  name.textContent = chosen || words("noFile");
}

const sayAll = () => document.querySelectorAll("input[type=file]").forEach(say);

export function startFileInputs() {
  document.addEventListener("change", (event) => { if (event.target.matches("input[type=file]")) say(event.target); });
  // An emptied form empties its inputs after the event; the browser's Back button brings them back filled.
  document.addEventListener("reset", () => setTimeout(sayAll));
  window.addEventListener("pageshow", sayAll);
}
