// Sentences come from the page (#ui-words), where Django translates them; none is written in a script.
export function words(key, facts = {}) {
  const sentence = document.getElementById("ui-words")?.dataset[key] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

export function clock(instant = new Date()) {
  return instant.toLocaleTimeString("es-CL", { hour: "2-digit", minute: "2-digit", hour12: false });
}
