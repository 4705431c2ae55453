// Parts of a photo marked by dragging over it: [data-blur-photo] holds the picture, each [data-blur-part] the four
// numbers of one rectangle, in percent. The numbers alone are enough; what is typed in them moves the rectangle.
const SIDES = ["left", "top", "width", "height"];

function partOf(fields, stage) {
  const inputs = Object.fromEntries(SIDES.map((side) => [side, fields.querySelector(`[name$="-${side}"]`)]));
  const box = document.createElement("div");
  box.className = "blur-box";
  stage.append(box);
  const clear = fields.querySelector("[data-blur-clear]");
  const part = { inputs, box, clear };
  clear.addEventListener("click", () => write(part, null));
  fields.addEventListener("input", () => show(part));
  show(part);
  return part;
}

function show({ inputs, box, clear }) {
  box.hidden = clear.hidden = !(inputs.width.value > 0 && inputs.height.value > 0);
  for (const side of SIDES) box.style[side] = `${Number(inputs[side].value)}%`;
}

// Whole percents, outwards: nothing that was dragged over stays readable.
function write(part, area) {
  for (const side of SIDES) part.inputs[side].value = area ? area[side] : "";
  show(part);
}

function between(from, to) {
  const [left, top] = [Math.floor(Math.min(from.x, to.x)), Math.floor(Math.min(from.y, to.y))];
  const [right, bottom] = [Math.ceil(Math.max(from.x, to.x)), Math.ceil(Math.max(from.y, to.y))];
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

function pointOf(event, stage) {
  const { left, top, width, height } = stage.getBoundingClientRect();
  const percent = (distance, whole) => Math.min(100, Math.max(0, (distance / whole) * 100));
  return { x: percent(event.clientX - left, width), y: percent(event.clientY - top, height) };
}

function start(stage) {
  const parts = [...document.querySelectorAll("[data-blur-part]")].map((fields) => partOf(fields, stage));
  let drawn = null;
  stage.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const part = parts.find(({ inputs }) => !inputs.width.value) ?? parts.at(-1);
    drawn = { part, from: pointOf(event, stage) };
  });
  stage.addEventListener("pointermove", (event) => {
    if (drawn) write(drawn.part, between(drawn.from, pointOf(event, stage)));
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => { drawn = null; });
}

const stage = document.querySelector("[data-blur-photo]");
if (stage) start(stage);
