// Marks one place and writes its latitude and longitude into two inputs; typing in the inputs moves the mark.
// By keyboard: the arrows move the map and "Marcar el centro" marks what is under its centre.
import L from "leaflet";

import { toast } from "./live.js";
import { words } from "./words.js";

const DECIMALS = 6;
const NEAR_ZOOM = 17;

function button(text, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn btn-secondary btn-small";
  element.textContent = text;
  element.addEventListener("click", onClick);
  return element;
}

export function addPicker(map, settings) {
  const latitude = document.getElementById(settings.mapLat);
  const longitude = document.getElementById(settings.mapLon);
  if (!latitude || !longitude) return;
  const icon = L.divIcon({ className: "map-pin", iconSize: [22, 22], iconAnchor: [11, 22] });
  let mark = null;

  function show(place) {
    if (mark) mark.setLatLng(place);
    else {
      mark = L.marker(place, { icon, draggable: true, title: words("pin"), alt: words("pin") }).addTo(map);
      mark.on("dragend", () => write(mark.getLatLng()));
    }
  }

  function write(place) {
    show(place);
    latitude.value = place.lat.toFixed(DECIMALS);
    longitude.value = place.lng.toFixed(DECIMALS);
    latitude.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function read() {
    const place = [parseFloat(latitude.value), parseFloat(longitude.value)];
    if (place.some(Number.isNaN)) return;
    show(place);
    map.setView(place, Math.max(map.getZoom(), NEAR_ZOOM));
  }

  function locate() {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const place = L.latLng(coords.latitude, coords.longitude);
      write(place);
      map.setView(place, NEAR_ZOOM);
    }, () => toast(words("noLocation")));
  }

  const tools = document.createElement("div");
  tools.className = "actions";
  tools.append(button(words("pickCentre"), () => write(map.getCenter())));
  if (navigator.geolocation && window.isSecureContext) tools.append(button(words("pickHere"), locate));
  map.getContainer().after(tools);
  map.on("click", (event) => write(event.latlng));
  for (const input of [latitude, longitude]) input.addEventListener("change", (event) => { if (event.isTrusted) read(); });
  read();
}
