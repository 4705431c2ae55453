// A second click while a form is on its way does nothing. The server is idempotent too; this spares the wait.
function isBusy(form) {
  return form.getAttribute("aria-busy") === "true";
}

function free(form) {
  form.removeAttribute("aria-busy");
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

function occupy(form, button) {
  form.setAttribute("aria-busy", "true");
  // Not `disabled`: a disabled button's name and value would not be sent.
  button?.setAttribute("aria-busy", "true");
}

export function startSubmitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // Searches may be repeated, a download leaves the page where it is, and htmx has its own events below.
    if (form.method === "get" || "submitMany" in form.dataset || event.defaultPrevented) return;
    if (isBusy(form)) event.preventDefault();
    else occupy(form, event.submitter);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt;
    if (!(form instanceof HTMLFormElement) || form.method === "get") return;
    if (isBusy(form)) event.preventDefault();
    else occupy(form, event.detail.requestConfig?.triggeringEvent?.submitter);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt instanceof HTMLFormElement) free(event.detail.elt);
  });
  // Coming back with the browser's Back button shows a frozen copy of the page.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free));
}
