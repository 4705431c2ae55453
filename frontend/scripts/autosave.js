// <form data-autosave="key">: what is typed stays on this device until the page that follows success clears it with
// data-autosave-clear="key" ("*" clears every draft, as on leaving the session). Never passwords, files or hidden fields.
// On the desk each official has their own: <body data-drafts-of="id">.
// Sending saves too: an answer that is refused because the session ended finds the draft again. A form with
// data-autosave-carries already shows what was typed last, or a text asked for since: no older draft goes over it.
import { clock, words } from "./words.js";

const PREFIX = "cabildo.draft.";
const PAUSE_MS = 700;
const WEEK_MS = 7 * 24 * 3600 * 1000;

function fields(form) {
  return [...form.elements].filter((field) => field.name && !field.disabled && !("autosaveSkip" in field.dataset)
    && !["password", "file", "hidden", "submit", "button", "reset", "image", "fieldset"].includes(field.type));
}

function place(key) {
  return `${PREFIX}${document.body.dataset.draftsOf ?? ""}.${key}`;
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

function valueOf(field) {
  if (isTick(field)) return field.checked;
  if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
  return field.value;
}

function keyOf(field) {
  return isTick(field) ? `${field.name}=${field.value}` : field.name;
}

function put(field, value) {
  if (isTick(field)) field.checked = value;
  else if (field.type === "select-multiple") [...field.options].forEach((option) => { option.selected = value.includes(option.value); });
  else field.value = value;
}

function save(form) {
  const values = Object.fromEntries(fields(form).map((field) => [keyOf(field), valueOf(field)]));
  localStorage.setItem(place(form.dataset.autosave), JSON.stringify({ at: Date.now(), values }));
  note(form, words("draftSaved", { time: clock() }));
}

function saveAtOnce(form) {
  clearTimeout(form.autosaveTimer);
  try {
    save(form);
  } catch {
    // Storage full: it is sent all the same.
  }
}

function note(form, text) {
  let line = form.querySelector(".draft-note");
  if (!line) {
    line = document.createElement("p");
    line.className = "draft-note";
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.textContent = text;
  return line;
}

function offerToDiscard(form, line) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet btn-small";
  button.textContent = words("draftDiscard");
  button.addEventListener("click", () => {
    localStorage.removeItem(place(form.dataset.autosave));
    form.reset();
    form.dispatchEvent(new Event("change", { bubbles: true }));
    clearTimeout(form.autosaveTimer);
    note(form, words("draftDiscarded"));
  });
  line.append(" ", button);
}

function restore(form) {
  const draft = JSON.parse(localStorage.getItem(place(form.dataset.autosave)) ?? "null");
  // A form that came back with errors already carries what was typed last.
  const carries = "autosaveCarries" in form.dataset || form.querySelector(".error-summary");
  if (!draft || Date.now() - draft.at > WEEK_MS || carries) return;
  for (const field of fields(form)) {
    const value = draft.values[keyOf(field)];
    if (value !== undefined) put(field, value);
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
  clearTimeout(form.autosaveTimer);
  offerToDiscard(form, note(form, words("draftRestored", { time: clock(new Date(draft.at)) })));
}

function clearFinished() {
  for (const mark of document.querySelectorAll("[data-autosave-clear]")) {
    const key = mark.dataset.autosaveClear;
    const names = key === "*" ? Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)) : [place(key)];
    names.forEach((name) => localStorage.removeItem(name));
  }
}

export function startAutosave() {
  try {
    clearFinished();
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      const later = () => {
        clearTimeout(form.autosaveTimer);
        form.autosaveTimer = setTimeout(() => save(form), PAUSE_MS);
      };
      form.addEventListener("input", later);
      form.addEventListener("change", later);
      form.addEventListener("submit", () => saveAtOnce(form));
      restore(form);
    }
  } catch {
    // Storage forbidden or full: the form works without drafts.
  }
}
