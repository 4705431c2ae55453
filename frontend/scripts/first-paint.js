// Runs in the head before anything is painted, so a chosen contrast, size or theme never flashes.
const root = document.documentElement;
root.classList.add("js");
try {
  for (const name of ["theme", "contrast", "size"]) {
    const value = localStorage.getItem(`cabildo.${name}`);
    if (value) root.dataset[name] = value;
  }
} catch {
  // Storage may be forbidden; the page works with its defaults.
}
