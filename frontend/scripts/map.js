// <div data-map data-map-source="id of a JSON block">: areas (GeoJSON), points and cells on plain paper, or over tiles when
// data-map-tiles gives an address. Every map has a table twin or inputs beside it; this only draws.
import L from "leaflet";

import { words } from "./words.js";
import { addPicker } from "./map-picker.js";

const HOME = [-33.45, -70.66];
const CELL_MIN_PX = 30;
const CELL_MAX_PX = 64;

function label(properties) {
  const box = document.createElement("div");
  const title = document.createElement(properties.url ? "a" : "strong");
  title.textContent = properties.title ?? properties.name ?? "";
  if (properties.url) title.href = properties.url;
  box.append(title);
  if (properties.text) {
    const text = document.createElement("p");
    text.textContent = properties.text;
    box.append(text);
  }
  return box;
}

function drawAreas(areas, layer) {
  L.geoJSON(areas, {
    style: () => ({ className: "map-area" }),
    onEachFeature: (feature, shape) => shape.bindPopup(label(feature.properties ?? {})),
  }).addTo(layer);
}

function drawPoints(points, layer) {
  for (const point of points) {
    L.circleMarker([point.lat, point.lon], { radius: 8, className: "map-point" }).bindPopup(label(point)).addTo(layer);
  }
}

function drawCells(cells, layer, map) {
  const most = Math.max(1, ...cells.map((cell) => cell.count));
  for (const cell of cells) {
    const size = CELL_MIN_PX + (CELL_MAX_PX - CELL_MIN_PX) * Math.sqrt(cell.count / most);
    const icon = L.divIcon({ className: "map-cell", iconSize: [size, size], html: String(Number(cell.count)) });
    L.marker([cell.lat, cell.lon], { icon, title: words("cell", { count: cell.count }), alt: words("cell", { count: cell.count }) })
      .on("click", () => map.setView([cell.lat, cell.lon], map.getZoom() + 2))
      .addTo(layer);
  }
}

function draw(data, layer, map) {
  layer.clearLayers();
  if (data.areas) drawAreas(data.areas, layer);
  drawPoints(data.points ?? [], layer);
  drawCells(data.cells ?? [], layer, map);
}

function frame(map, data, layer) {
  const bounds = layer.getBounds();
  if (data.center) map.setView(data.center, data.zoom ?? 14);
  else if (bounds.isValid()) map.fitBounds(bounds, { padding: [16, 16], maxZoom: 17, animate: false });
  else map.setView(HOME, 5);
}

// With data-map-url the server answers {points, cells} for what is in sight: cells from afar, points from near.
function follow(map, url, layer) {
  let asked = 0;
  async function refresh() {
    const turn = ++asked;
    const address = new URL(url, location.href);
    address.searchParams.set("bbox", map.getBounds().toBBoxString());
    address.searchParams.set("zoom", map.getZoom());
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.ok && turn === asked) draw(await answer.json(), layer, map);
  }
  map.on("moveend", refresh);
  refresh();
}

function start(element) {
  if (element.mapStarted) return;
  element.mapStarted = true;
  const settings = element.dataset;
  const data = JSON.parse(document.getElementById(settings.mapSource)?.textContent ?? "{}");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, { zoomAnimation: !still, fadeAnimation: !still, scrollWheelZoom: false });
  map.attributionControl.setPrefix(false);
  map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: words("zoomIn"), zoomOutTitle: words("zoomOut") }).addTo(map);
  if (settings.mapTiles) L.tileLayer(settings.mapTiles, { maxZoom: 19, attribution: settings.mapAttribution ?? "" }).addTo(map);
  const fixed = L.featureGroup().addTo(map);
  const moving = L.featureGroup().addTo(map);
  frameThenDraw(map, data, fixed);
  if (settings.mapUrl) follow(map, settings.mapUrl, moving);
  if (settings.mapLat) addPicker(map, settings);
}

function frameThenDraw(map, data, layer) {
  // Leaflet needs a view before circle markers know where they are.
  map.setView(data.center ?? HOME, data.zoom ?? 5);
  draw(data, layer, map);
  frame(map, data, layer);
}

const startAll = () => document.querySelectorAll("[data-map]").forEach(start);
startAll();
document.addEventListener("htmx:afterSettle", startAll);
