// On a phone the module list is a drawer: the rest of the page is inert while it is open, Escape closes it, focus returns.
const NARROW = matchMedia("(max-width: 991.98px)");

export function startDrawer() {
  const drawer = document.getElementById("modules");
  const opener = document.querySelector("[data-drawer-open]");
  if (!drawer || !opener) return;
  const others = [document.querySelector(".desk-bar"), document.querySelector(".desk-main")].filter(Boolean);
  let shade = null;

  function open() {
    drawer.dataset.open = "";
    opener.setAttribute("aria-expanded", "true");
    others.forEach((part) => { part.inert = true; });
    shade = document.createElement("div");
    shade.className = "drawer-shade";
    shade.addEventListener("click", close);
    document.body.append(shade);
    drawer.querySelector("button, a")?.focus();
  }

  function close() {
    if (!("open" in drawer.dataset)) return;
    delete drawer.dataset.open;
    opener.setAttribute("aria-expanded", "false");
    others.forEach((part) => { part.inert = false; });
    shade?.remove();
    opener.focus();
  }

  opener.addEventListener("click", open);
  drawer.addEventListener("click", (event) => { if (event.target.closest("[data-drawer-close]")) close(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  NARROW.addEventListener("change", close);
}
