// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// Draws a picture and what was found in it.

const COLORS = [
  "#042aff", "#0bdbeb", "#f3f3f3", "#00dfb7", "#111f68", "#ff6fdd", "#ff444f", "#cced00", "#00f344",
  "#bd00ff", "#00b4ff", "#dd00ba", "#00ffff", "#26c000", "#01ffb3", "#7d24ff", "#7b0068", "#ff1b6c",
  "#fc6d2f", "#a2ff0b",
];
/** The limbs of COCO's person, between its 17 points: legs, trunk, arms, head. */
const LIMBS = [
  ["#ff9933", [[15, 13], [13, 11], [16, 14], [14, 12], [11, 12]]],
  ["#ff33ff", [[5, 11], [6, 12], [5, 6]]],
  ["#0080ff", [[5, 7], [6, 8], [7, 9], [8, 10]]],
  ["#00ff00", [[1, 2], [0, 1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6]]],
];
const PERSON_POINTS = 17;
const LEAST_VISIBLE = 0.25;

/** The colour of an object by its class. */
export function color(found) {
  return COLORS[found.class % COLORS.length];
}

/** White or dark, whichever is read better on a colour. */
function textColor(ground) {
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(ground.slice(i, i + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 148 ? "#fff" : "#111f68";
}

/**
 * Draws on a canvas, as large as there is room for; hides the canvas where there is nothing.
 *
 * @param bitmap the picture, or null for a grey ground
 * @param answer width, height and predictions, or null
 * @param alone number of the only object that is drawn, or -1
 */
export function drawAnswer(canvas, bitmap, answer, alone) {
  const width = answer?.width || bitmap?.width;
  const height = answer?.height || bitmap?.height;
  canvas.hidden = !width || !height;
  if (canvas.hidden) {
    return;
  }
  fit(canvas, width, height);
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#808080";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  if (bitmap) {
    brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  }
  const pen = { brush, x: canvas.width / width, y: canvas.height / height, dots: dots() };
  const objects = (answer?.predictions ?? []).filter((found) => found.box);
  // The surest comes first in the answer, and is drawn last.
  const shown = (alone < 0 ? objects : objects.slice(alone, alone + 1)).toReversed();
  shown.forEach((found) => drawMask(pen, found));
  shown.forEach((found) => drawBox(pen, found));
  shown.forEach((found) => drawPoints(pen, found, answer));
  shown.forEach((found) => drawLabel(pen, found));
}

/** Dots of the screen in a pixel of the page. */
function dots() {
  return window.devicePixelRatio || 1;
}

/** Makes a canvas as wide as its parent, or as high as the window below its place. */
function fit(canvas, width, height) {
  const around = canvas.parentElement;
  const room = around.clientWidth - 2 * parseFloat(getComputedStyle(around).paddingLeft);
  const below = window.innerHeight - canvas.getBoundingClientRect().top - window.scrollY - 28;
  // On a phone little is left there; one scrolls.
  const scale = Math.min(room / width, Math.max(below, 0.6 * window.innerHeight) / height);
  canvas.width = Math.max(1, Math.floor(width * scale * dots()));
  canvas.height = Math.max(1, Math.floor(height * scale * dots()));
  canvas.style.width = `${canvas.width / dots()}px`;
  canvas.style.height = `${canvas.height / dots()}px`;
}

/** A way through points of the picture, on the canvas. */
function way(pen, points, closed = true) {
  const path = new Path2D();
  points.forEach(([x, y]) => path.lineTo(x * pen.x, y * pen.y));
  if (closed) {
    path.closePath();
  }
  return path;
}

function pairs({ x, y }) {
  return x.map((value, i) => [value, y[i]]);
}

/** The corners of a box, which for an upright one names two. */
function corners(box) {
  return "x3" in box
    ? [1, 2, 3, 4].map((i) => [box[`x${i}`], box[`y${i}`]])
    : [[box.x1, box.y1], [box.x2, box.y1], [box.x2, box.y2], [box.x1, box.y2]];
}

function drawMask({ brush, ...pen }, found) {
  if (found.segments) {
    brush.globalAlpha = 0.45;
    brush.fillStyle = color(found);
    brush.fill(way(pen, pairs(found.segments)));
    brush.globalAlpha = 1;
  }
}

function drawBox(pen, found) {
  stroke(pen, color(found), 2.5, way(pen, corners(found.box)));
}

function stroke({ brush, dots }, ink, thickness, path) {
  brush.strokeStyle = ink;
  brush.lineWidth = thickness * dots;
  brush.stroke(path);
}

/** Draws the points that are seen, and between those of a person its limbs. */
function drawPoints(pen, found, { width, height }) {
  if (!found.keypoints) {
    return;
  }
  const points = pairs(found.keypoints);
  const isSeen = (number) => {
    const [x, y] = points[number];
    // A point on the edge of the picture was outside of it.
    const inside = x > 0 && x < width && y > 0 && y < height;
    return inside && (found.keypoints.visible?.[number] ?? 1) >= LEAST_VISIBLE;
  };
  for (const [ink, limbs] of points.length === PERSON_POINTS ? LIMBS : []) {
    for (const [from, to] of limbs.filter((limb) => limb.every(isSeen))) {
      stroke(pen, ink, 2, way(pen, [points[from], points[to]], false));
    }
  }
  const seen = points.filter((point, number) => isSeen(number));
  seen.forEach((point) => drawPoint(pen, point, color(found)));
}

function drawPoint(pen, [x, y], ink) {
  const dot = new Path2D();
  dot.arc(x * pen.x, y * pen.y, 3 * pen.dots, 0, 2 * Math.PI);
  pen.brush.fillStyle = ink;
  pen.brush.fill(dot);
  stroke(pen, "#fff", 1, dot);
}

/** Writes name and confidence above the highest corner, or below it where there is no room. */
function drawLabel(pen, found) {
  const { brush, dots } = pen;
  const [x, y] = corners(found.box).reduce((high, corner) => (corner[1] < high[1] ? corner : high));
  const text = `${found.name} ${found.confidence.toFixed(2)}`;
  brush.font = `${13 * dots}px system-ui, sans-serif`;
  const width = brush.measureText(text).width + 8 * dots;
  const height = 18 * dots;
  const left = Math.max(0, Math.min(x * pen.x - dots, brush.canvas.width - width));
  const top = Math.max(0, y * pen.y - height);
  brush.fillStyle = color(found);
  brush.fillRect(left, top, width, height);
  brush.fillStyle = textColor(color(found));
  brush.textBaseline = "middle";
  brush.fillText(text, left + 4 * dots, top + height / 2);
}
