// What the pages do besides following links: fit frames, follow the news, listen for keys.

import { follow } from "./news.js";

const KEYS = "newsletter-keys";

// Frames keep their true width and are drawn smaller where the page has no room for it.
function fit() {
  document.documentElement.classList.add("fitted");
  for (const view of document.querySelectorAll(".view")) {
    const box = view.querySelector(".box");
    const frame = view.querySelector("iframe");
    const compared = view.parentElement.classList.contains("compare");
    const width = Number(view.dataset.width);
    const stage = document.querySelector(".stage");
    const style = getComputedStyle(stage);
    const room = compared
      ? view.clientWidth - 2
      : stage.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 2;
    const scale = Math.min(1, room / width);
    frame.style.transform = scale < 1 ? `scale(${scale})` : "";
    if (compared) {
      frame.style.height = `${430 / scale}px`;
    } else {
      box.style.width = `${Math.floor(width * scale) + 2}px`;
      frame.style.height = scale < 1 ? `${100 / scale}%` : "";
    }
    const told = view.querySelector("output");
    if (told) told.textContent = `${Math.round(scale * 100)} %`;
  }
}

// A frame that is led to an empty page and back is loaded anew and stands where it stood: the
// browser keeps the place in its history, which scripts cannot read in a frame that is shut in.
function loadAnew(frame) {
  return new Promise((done) => {
    const back = () => {
      frame.addEventListener("load", done, { once: true });
      history.back();
    };
    frame.addEventListener("load", back, { once: true });
    frame.src = "/frames/none/blank";
  });
}

// A notice is told by the server for a few seconds, but read when the reader gets to it: it stays
// while the page is drawn anew, until there is another one or something else is under way.
function keepNotices(fresh) {
  const [told, said] = [document, fresh].map((one) => one.getElementById("said"));
  if (!said || said.querySelector(".notice, .building")) return;
  said.append(...told.cloneNode(true).querySelectorAll(".notice"));
}

let isRefreshing = false;
let isStale = false;

async function refresh() {
  if (isRefreshing) {
    isStale = true;
    return;
  }
  isRefreshing = true;
  do {
    isStale = false;
    await refreshOnce();
  } while (isStale);
  isRefreshing = false;
}

// Once the page has loaded, so that each frame has an entry in the history to come back to.
function loaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((done) => addEventListener("load", done, { once: true }));
}

async function refreshOnce() {
  await loaded();
  let fresh;
  try {
    const answer = await fetch(location.href, {
      headers: { Accept: "text/html" },
      signal: AbortSignal.timeout(60_000),
    });
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // the server has stopped; the next one will say hello
  }
  document.body.dataset.version = fresh.body.dataset.version;
  if (!!fresh.querySelector(".split") !== !!document.querySelector(".split")) {
    location.reload(); // there was no view and now there is one
    return;
  }
  keepNotices(fresh);
  const focused = document.activeElement;
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(part.id);
    if (!other || part.innerHTML === other.innerHTML) continue;
    const open = [...part.querySelectorAll("details")].map((one) => one.open);
    const held = part.contains(focused) && focused.getAttribute("href");
    part.replaceChildren(...document.importNode(other, true).childNodes);
    part.querySelectorAll("details").forEach((one, place) => (one.open = !!open[place]));
    if (held) part.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
  }
  if (fresh.querySelector("#said .fault")) return; // the frames show what was good last
  for (const frame of document.querySelectorAll("iframe")) await loadAnew(frame);
}

function nextOf(group) {
  const links = [...group.querySelectorAll("a")];
  const now = links.findIndex((link) => link.hasAttribute("aria-current"));
  return links[(now + 1) % links.length];
}

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null;
}

function listen() {
  const dialog = document.getElementById("keys");
  const switched = document.getElementById("keys-on");
  switched.checked = localStorage.getItem(KEYS) !== "off";
  switched.addEventListener("change", () => {
    localStorage.setItem(KEYS, switched.checked ? "on" : "off");
  });
  document.getElementById("keys-link").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (dialog.open || !switched.checked) return;
    if (event.key === "?") return void dialog.showModal();
    const key = event.key.toLowerCase();
    const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const group = document.querySelector(`[data-cycle="${CSS.escape(key)}"]`);
    if (link) link.click();
    else if (group) nextOf(group)?.click();
  });
}

fit();
addEventListener("resize", fit);
follow({
  hello: (event) => {
    const { version } = document.body.dataset;
    if (event.data.split("-")[0] !== version.split("-")[0]) location.reload();
    else if (event.data !== version) refresh();
  },
  changed: refresh,
});
listen();
