// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
//
// The page of yolo serve: sends a picture to the server as it is, and draws what
// was found over it. It asks its own server alone.
import { color, drawAnswer } from "./drawing.js";

/** Bitmaps larger than any screen are made smaller, for phones have little memory. */
const LONGEST_SIDE = 4096;

const at = (id) => document.getElementById(id);

/** The picture: its file, a promise that it is decoded, and then its bitmap, or null. */
let picture = null;
/** What the server answered about the picture: text, predictions, size, times. */
let answer = null;
/** Number of the object that is shown alone, or -1. */
let alone = -1;
/** The models that the server has told of, and the token that it wants. */
let models = [];
let token = "";
/** Ends the request that is on its way. */
let asking = new AbortController();

// ---------------------------------------------------------------- the server

class Failure extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

/** Sends a POST request. Throws a Failure with the server's own sentence. */
async function post(path, body, options = {}) {
  const headers = { ...options.headers };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  let response;
  try {
    response = await fetch(path, { method: "POST", body, ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Failure("The server could not be reached; see whether it still runs.", 0);
  }
  if (!response.ok) {
    throw new Failure(await sentenceOf(response), response.status);
  }
  return response;
}

async function sentenceOf(response) {
  const told = await response.json().catch(() => null);
  return told?.error ?? `The server answered with status ${response.status} and no sentence.`;
}

/** The address that answers about pictures, with the model, version and confidence chosen. */
function inferencePath() {
  const version = at("version").value;
  const part = version ? `/versions/${encodeURIComponent(version)}` : "";
  const model = encodeURIComponent(at("model").value);
  return `v2/models/${model}${part}/infer?conf=${at("conf").value}`;
}

/** Some systems do not know all kinds of pictures; the server looks at the bytes. */
function typeOf(file) {
  return file.type.startsWith("image/") ? file.type : "image/unknown";
}

async function infer(file, signal) {
  const start = performance.now();
  const headers = { "Content-Type": typeOf(file) };
  const response = await post(inferencePath(), file, { headers, signal });
  const { predictions, ...others } = await response.json();
  const whole = performance.now() - start;
  const [width, height] = (response.headers.get("Image-Size") ?? "0x0").split("x").map(Number);
  const timing = response.headers.get("Server-Timing") ?? "";
  const parts = [...timing.matchAll(/([\w-]+);dur=([\d.]+)/g)];
  const times = parts.map(([, name, spent]) => [name, Number(spent)]);
  return { predictions, others, width, height, times: [...times, ["whole round trip", whole]] };
}

// ---------------------------------------------------------------- the settings

function isReady(model) {
  return model.state === "READY";
}

/** Asks for the models, and offers them. */
async function loadModels() {
  const listed = await post("v2/repository/index");
  models = await listed.json();
  const before = at("model").value;
  const names = [...new Set(models.map((model) => model.name))];
  const ready = new Set(models.filter(isReady).map((model) => model.name));
  at("model").replaceChildren(
    ...names.map((name) => new Option(ready.has(name) ? name : `${name} (not ready)`, name)),
  );
  at("model").value = ready.has(before) ? before : ([...ready][0] ?? "");
  offerVersions();
  at("access").hidden = true;
  const reason = models.find((model) => model.reason)?.reason ?? "it knows of no model.";
  tellProblem(ready.size ? "" : `The server has no model that is ready: ${reason}`);
}

function offerVersions() {
  const versions = models.filter((model) => isReady(model) && model.name === at("model").value);
  at("version").replaceChildren(
    new Option("newest", ""),
    ...versions.map((model) => new Option(model.version, model.version)),
  );
}

// ---------------------------------------------------------------- the picture

/** Decodes a file upright, as the server does; null if the browser cannot. */
async function decode(file) {
  try {
    const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = LONGEST_SIDE / Math.max(whole.width, whole.height);
    if (scale >= 1) {
      return whole;
    }
    const resizeWidth = Math.max(1, Math.round(whole.width * scale));
    const resizeHeight = Math.max(1, Math.round(whole.height * scale));
    const small = await createImageBitmap(whole, { resizeWidth, resizeHeight });
    whole.close();
    return small;
  } catch {
    return null;
  }
}

/** Takes a picture in place of the one before, and asks about it. */
function take(file) {
  if (!file) {
    return;
  }
  picture?.bitmap?.close();
  const taken = { file, bitmap: null };
  taken.decoded = decode(file).then((bitmap) => {
    if (taken !== picture) {
      bitmap?.close();
      return;
    }
    taken.bitmap = bitmap;
    tellNote(bitmap ? "" : "This browser cannot show this picture.");
    draw();
  });
  picture = taken;
  forgetAnswer();
  ask();
}

function draw() {
  drawAnswer(at("canvas"), picture?.bitmap, answer, alone);
}

function forgetAnswer() {
  answer = null;
  alone = -1;
  at("answer").hidden = true;
  draw();
}

/** Asks about the picture with what is set; a request still on its way is given up. */
async function ask() {
  asking.abort();
  if (!picture) {
    return;
  }
  if (!at("model").value) {
    tellStatus(`${picture.file.name}: there is no model to ask.`);
    return;
  }
  asking = new AbortController();
  const { signal } = asking;
  const { file, decoded } = picture;
  tellProblem("");
  tellStatus(`Asking ${at("model").value} about ${file.name} …`);
  try {
    const told = await infer(file, signal);
    await decoded;
    if (!signal.aborted) {
      answer = told;
      alone = -1;
      showAnswer();
    }
  } catch (error) {
    if (!signal.aborted) {
      forgetAnswer();
      fail(error);
    }
  }
}

// ---------------------------------------------------------------- the texts

function tellProblem(sentence) {
  at("problem").textContent = sentence;
}

function tellNote(sentence) {
  at("note").textContent = sentence;
}

function tellStatus(sentence) {
  at("status").textContent = sentence;
  at("canvas").setAttribute("aria-label", sentence);
}

/** Shows why something failed; a server that wants a token is given a field for it. */
function fail(error) {
  tellStatus(picture ? `No answer about ${picture.file.name}.` : "No picture yet.");
  tellProblem(error.message);
  if (error.status === 401) {
    at("access").hidden = false;
    at("token").focus();
  }
}

/** What was found, in a sentence. */
function summary() {
  const { predictions } = answer;
  const name = picture.file.name;
  if (predictions.length === 1 && !predictions[0].box) {
    return `${name}: ${predictions[0].name} (${predictions[0].confidence.toFixed(2)}).`;
  }
  const counts = new Map();
  predictions.forEach((found) => counts.set(found.name, (counts.get(found.name) ?? 0) + 1));
  const listed = [...counts].map(([label, count]) => `${count} ${label}`).join(", ");
  const objects = `${predictions.length || "No"} object${predictions.length === 1 ? "" : "s"}`;
  return `${objects} in ${name}${listed ? `: ${listed}` : ""}.`;
}

function element(name, text, ...children) {
  const made = document.createElement(name);
  made.append(text, ...children);
  return made;
}

/** An object in the list: a button that shows it alone. */
function entry(found, index) {
  const swatch = element("span", "");
  swatch.className = "swatch";
  swatch.style.background = color(found);
  const number = element("span", found.confidence.toFixed(2));
  number.className = "number";
  const button = element("button", swatch, found.name, number);
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => showAlone(index));
  return element("li", button);
}

function showAlone(index) {
  alone = alone === index ? -1 : index;
  document.querySelectorAll("#objects button").forEach((button, i) => {
    button.setAttribute("aria-pressed", String(i === alone));
  });
  draw();
}

function showAnswer() {
  at("objects").replaceChildren(...answer.predictions.map(entry));
  at("times").replaceChildren(
    ...answer.times.map(([name, spent]) => {
      const head = element("th", name);
      head.scope = "row";
      return element("tr", head, element("td", `${spent.toFixed(1)} ms`));
    }),
  );
  at("json").textContent = jsonText(answer);
  at("curl").textContent = curlText();
  at("answer").hidden = false;
  draw();
  tellStatus(summary());
}

/** The answer with a line for each object. */
function jsonText({ others, predictions }) {
  const lines = predictions.map((found) => `\n${JSON.stringify(found)}`);
  return `${JSON.stringify(others).slice(0, -1)},"predictions":[${lines.join()}\n]}`;
}

/** The command that asks the same. */
function curlText() {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const access = token ? ' -H "Authorization: Bearer $TOKEN"' : "";
  const { file } = picture;
  const address = new URL(inferencePath(), document.baseURI).href;
  const head = `-H ${quoted(`Content-Type: ${typeOf(file)}`)}${access}`;
  return `curl --data-binary ${quoted(`@${file.name}`)} ${head} ${quoted(address)}`;
}

async function copy(button) {
  const source = at(button.dataset.copies);
  getSelection().selectAllChildren(source);
  // Over plain HTTP browsers have no clipboard but this old command.
  const done = navigator.clipboard
    ? await navigator.clipboard.writeText(source.textContent).then(() => true, () => false)
    : document.execCommand("copy");
  button.textContent = done ? "Copied" : "Selected: press Ctrl+C";
}

// ---------------------------------------------------------------- what users do

/** Where a picture comes from: a file, the camera, what is dropped, what is pasted. */
function listenForPictures() {
  for (const input of [at("file"), at("camera")]) {
    input.addEventListener("change", () => {
      take(input.files[0]);
      // So that the same file can be chosen again.
      input.value = "";
    });
  }
  const dropping = (event, now) => {
    event.preventDefault();
    document.body.classList.toggle("dropping", now);
  };
  document.addEventListener("dragover", (event) => dropping(event, true));
  document.addEventListener("dragleave", (event) => dropping(event, event.relatedTarget !== null));
  document.addEventListener("drop", (event) => {
    dropping(event, false);
    take(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => take(event.clipboardData.files[0]));
}

function listenForSettings() {
  at("model").addEventListener("change", () => {
    offerVersions();
    ask();
  });
  at("version").addEventListener("change", ask);
  at("conf").addEventListener("input", () => {
    at("conf-value").value = Number(at("conf").value).toFixed(2);
  });
  at("conf").addEventListener("change", ask);
  at("settings").addEventListener("submit", (event) => event.preventDefault());
  at("access").addEventListener("submit", (event) => {
    event.preventDefault();
    token = at("token").value;
    start();
  });
  document.querySelectorAll("[data-copies]").forEach((button) => {
    button.addEventListener("click", () => copy(button));
  });
  window.addEventListener("resize", draw);
}

/** Asks for the models, then about a picture that is there already. */
async function start() {
  try {
    await loadModels();
    ask();
  } catch (error) {
    fail(error);
  }
}

listenForPictures();
listenForSettings();
start();
