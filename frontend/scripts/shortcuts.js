// "/" goes to the search box, "?" shows the keys. Never while writing.
const WRITING = "input, textarea, select, [contenteditable]";

export function startShortcuts() {
  const search = document.querySelector("[data-shortcut-search]");
  const help = document.getElementById("keyboard-help");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(WRITING)) return;
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key === "?" && help && !help.open) help.showModal();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keyboard-help]")) help?.showModal();
  });
}
