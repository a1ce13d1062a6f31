// What the page knows of itself, and what all its parts use.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const told = document.body.dataset;
const NEAR = 300; // characters before a limit, from where on it is told

export const page = {
  issue: told.issue,
  editor: told.editor, // the name of who is logged in
  token: told.token,
  version: Number(told.version), // of the edits that this page shows
  generatedAt: told.generatedAt, // when the issue that it shows was built
  news: told.news, // what the server last said of itself: see follow()
  state: told.state,
  isOpen: told.open === "yes",
  current: null, // the id of the story that keys act on
  editing: new Set(), // ids of what is open for editing: card-…, own-…
  lifted: null, // the card that is on its way by keys: see moving.js
  isDragging: false,
  isPressed: false, // a pointer is down
  pending: null, // an answer that waits until the card is set down
  panel: null,
};

export const isPhone = () => matchMedia("(max-width: 800px)").matches;
export const cardOf = (id) => document.getElementById(`card-${id}`);
export const storyOf = (element) => element.closest("[data-story]")?.dataset.story;
export const headlineOf = (id) => {
  const own = CSS.escape(id);
  const place = $(`#head-${own}, #candidate-${own} h3, #found-${own} h3`);
  return place?.textContent.trim() ?? "";
};

export function short(text, most = 48) {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

// What the bar says of what just happened; it is read out too, and that alone where the bar *shows*
// it anyway.
export function say(text, { isFault = false, again = null, shows = false } = {}) {
  const place = $("#said");
  place.textContent = text;
  place.classList.toggle("fault", isFault);
  place.classList.toggle("hidden", shows);
  if (again) place.append(" ", button("Try again", again));
}

export function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain again";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// Puts the marks that only this page knows on what the server has drawn.
export function paint() {
  if (page.current && !cardOf(page.current)) page.current = null;
  for (const card of $$(".story")) {
    card.classList.toggle("current", card.dataset.story === page.current);
    card.classList.toggle("lifted", page.lifted?.id === card.dataset.story);
    card.classList.toggle("editing", page.editing.has(card.id));
  }
  for (const own of $$(".own")) own.classList.toggle("editing", page.editing.has(own.id));
  for (const output of $$("output[data-count]")) count(output);
  const section = page.current && cardOf(page.current).closest("ol").dataset.section;
  for (const link of $$("[data-outline]")) {
    if (link.dataset.outline === section) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const one of $$("[data-panel]")) one.hidden = one.dataset.panel !== page.panel;
  $("#columns").classList.toggle("with-drawer", page.panel !== null);
  for (const one of $$("[data-do=panel]")) {
    one.setAttribute("aria-expanded", String(one.dataset.to === page.panel));
  }
}

function count(output) {
  const field = document.getElementById(output.id.replace(/^n-/, "f-"));
  const isWords = output.dataset.count === "words";
  const amount = isWords
    ? field.value.split(/\s+/).filter(Boolean).length
    : [...field.value].length;
  const guide = Number(output.dataset.guide) || 0;
  const unit = isWords ? (amount === 1 ? " word" : " words") : guide ? "" : amount === 1 ? " character" : " characters";
  const limit = Number(output.dataset.most) || Infinity;
  const length = [...field.value.trim().replace(/\s+/g, " ")].length;
  const told = guide ? `${amount} of ${guide}` : `${amount.toLocaleString("en")}${unit}`;
  output.textContent = length >= limit - NEAR ? `${told}, ${ofLimit(length, limit)}` : told;
  output.classList.toggle("over", (guide > 0 && amount > guide) || length > limit);
}

function ofLimit(length, limit) {
  const told = `${length.toLocaleString("en")} of ${limit.toLocaleString("en")} characters`;
  return length > limit ? `${told}: too long` : told;
}

export function choose(id, { focus = false } = {}) {
  page.current = id;
  paint();
  if (focus) cardOf(id)?.focus();
}
