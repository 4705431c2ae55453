// <form data-bulk>: rows are chosen with their checkboxes, the bar says how many and offers what can be done with them.
import { words } from "./words.js";

const rowBoxes = (form) => [...form.querySelectorAll("tbody .cell-select input[type=checkbox]")];

function refresh(form) {
  const boxes = rowBoxes(form);
  const chosen = boxes.filter((box) => box.checked).length;
  boxes.forEach((box) => box.closest("tr").classList.toggle("is-selected", box.checked));
  const all = form.querySelector("[data-bulk-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const bar = form.querySelector("[data-bulk-bar]");
  if (bar) bar.hidden = chosen === 0;
  const count = form.querySelector("[data-bulk-count]");
  if (count) count.textContent = words(chosen === 1 ? "oneSelected" : "manySelected", { count: chosen });
}

export function startBulk() {
  const refreshAll = () => document.querySelectorAll("form[data-bulk]").forEach(refresh);
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-bulk-all]")) rowBoxes(form).forEach((box) => { box.checked = event.target.checked; });
    refresh(form);
  });
  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-bulk-none]")?.closest("form");
    if (!form) return;
    rowBoxes(form).forEach((box) => { box.checked = false; });
    refresh(form);
    form.querySelector("[data-bulk-all]")?.focus();
  });
  document.addEventListener("htmx:afterSettle", refreshAll);
  refreshAll();
}
