// data-show-when="field=value|value; other=value": shown only while every condition holds. What is hidden is not sent;
// the server decides again. Without scripts all questions are shown.
function valuesOf(form, name) {
  return [...form.elements]
    .filter((field) => field.name === name && !field.closest("[data-show-when][hidden]"))
    .flatMap((field) => {
      if (field.type === "checkbox" || field.type === "radio") return field.checked ? [field.value] : [];
      return field.selectedOptions ? [...field.selectedOptions].map((option) => option.value) : [field.value];
    });
}

function holds(form, conditions) {
  return conditions.split(";").every((condition) => {
    const [name, wanted = ""] = condition.split("=").map((part) => part.trim());
    const accepted = wanted.split("|");
    return valuesOf(form, name).some((value) => accepted.includes(value));
  });
}

function refresh(form) {
  for (const question of form.querySelectorAll("[data-show-when]")) {
    const shown = holds(form, question.dataset.showWhen);
    question.hidden = !shown;
    question.querySelectorAll("input, select, textarea").forEach((field) => { field.disabled = !shown; });
  }
}

function start(form) {
  if (form.conditionsStarted) return;
  form.conditionsStarted = true;
  form.addEventListener("change", () => refresh(form));
  refresh(form);
}

export function startConditionalFields() {
  const startAll = () => document.querySelectorAll("[data-show-when]").forEach((question) => {
    const form = question.closest("form");
    if (form) start(form);
  });
  startAll();
  document.addEventListener("htmx:afterSettle", () => {
    startAll();
    document.querySelectorAll("form").forEach((form) => { if (form.conditionsStarted) refresh(form); });
  });
}
