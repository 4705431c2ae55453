// <details class="menu">: Escape and a click elsewhere close it; focus returns to its summary.
export function startMenus() {
  const openMenus = () => [...document.querySelectorAll("details.menu[open]")];

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });
}
