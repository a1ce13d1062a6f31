// What stands beside the cards: candidates, why, merging, checks, preview, changes.

import { $, $$, button, cardOf, headlineOf, isPhone, page, paint, say, short } from "./state.js";
import { change, look, morph, whenShown } from "./sending.js";

let opener = null;
const LEAST = 2; // characters that say something
let wanted = ""; // the section whose candidates are shown, "updates", or "" for all

export function open(panel, { focus = false } = {}) {
  if (page.panel === null) opener = document.activeElement;
  page.panel = panel;
  paint();
  const place = $(`[data-panel="${panel}"]`);
  $("#drawer").scrollTop = 0;
  if (panel === "preview") drawPreview();
  if (focus || isPhone()) (firstIn(place) ?? $("[data-do=close]", place)).focus();
}

// Where words are looked for, else the first row's own button or box: arrows go on from there.
const firstIn = (place) =>
  isPhone() ? null : $$(".find, li button, li input", place).find((one) => one.checkVisibility());

export function close() {
  const held = document.activeElement; // nothing, where its row has gone
  const inside = held === document.body || $("#drawer").contains(held);
  page.panel = null;
  paint();
  if (!inside) return;
  const back = page.current ? document.getElementById(`card-${page.current}`) : opener;
  (back?.isConnected ? back : $("#open-candidates"))?.focus();
}

// By a button: open or shut. By a key: to where one acts in it, shut it from there.
export function toggle(panel, { focus = false } = {}) {
  const isIn = $("#drawer").contains(document.activeElement);
  if (page.panel === panel && (isIn || !focus)) close();
  else open(panel, { focus });
}

// Why a story is one, fetched when it is asked for.
export async function why(id, { focus = "" } = {}) {
  const place = $("#why");
  if (place.dataset.story !== id) place.textContent = "";
  place.dataset.story = id;
  open("why", { focus: true });
  if (await drawWhy()) ($(focus || "li input", place) ?? $("[data-panel=why] [data-do=close]")).focus();
}

let shownFor = 0; // the version that the reasons are of

// Gives whether they are those that were asked for last.
async function drawWhy() {
  const place = $("#why");
  const { story } = place.dataset;
  shownFor = page.version;
  const { status, answer } = await look(`stories/${encodeURIComponent(story)}/why`);
  if (place.dataset.story !== story) return false; // another was asked for meanwhile
  const marked = ticked();
  if (status === 200) morph(place, answer.html);
  else place.textContent = answer.fault;
  for (const box of $$("[data-article]", place)) box.checked = marked.includes(box.dataset.article);
  countTicked();
  const isOne = $(".line-head", place) !== null;
  $("#why-title").textContent = isOne ? "Why these are one story" : "Why it stands alone";
  return true;
}

const ticked = () => $$("#why [data-article]:checked").map((one) => one.dataset.article);

function countTicked() {
  const split = $("#why [data-do=split-off]");
  if (!split) return;
  const amount = ticked().length;
  const all = $$("#why [data-article]").length;
  split.disabled = amount === 0 || amount === all;
  split.firstChild.textContent = amount ? `Split ${amount} off ` : "Split off ";
  $("#split-told").textContent =
    amount === all ? "One article must stay." : amount ? "They become a story of their own." : "Tick what tells another story.";
}

export function splitOff() {
  const id = $("#why").dataset.story;
  const ids = ticked();
  if (!ids.length || ids.length === $$("#why [data-article]").length) return;
  const told = ids.length === 1 ? "one article" : `${ids.length} articles`;
  say(`Splitting ${told} off…`);
  const from = short(headlineOf(id));
  const known = storiesIn({ cards: $("#cards").innerHTML, candidates: $("#candidates").innerHTML });
  change([{ kind: "split", story: id, ids }], {
    said: ({ parts }) => `Split ${told} off “${from}”. ${whereabouts(ids, parts, known)}Undo with Z.`,
  }).then((isDone) => isDone && page.panel === "why" && why(id));
}

// Where the story that these articles have become stands now.
function whereabouts(ids, parts, known) {
  const fresh = [...storiesIn(parts)].filter(([id]) => !known.has(id));
  const where = (fresh.find(([id]) => ids.includes(id)) ?? fresh[0])?.[1];
  if (where === "card") return "It has a card of its own. ";
  return where ? "It is a candidate now: open Candidates. " : "";
}

const storiesIn = ({ cards, candidates }) =>
  new Map(
    [...`${cards}${candidates}`.matchAll(/<li [^>]*?id="(card|candidate)-([^"]+)"/g)].map(
      ([, where, id]) => [id, where],
    ),
  );

let merging = null;

export function chooseMerge(id) {
  merging = id;
  drawMerge(); // first: the row that it hides must not be given the focus
  open("merge", { focus: true });
}

function drawMerge() {
  if (!merging) return;
  $("#merge-title").textContent = `Merge with “${short(headlineOf(merging), 40)}”`;
  const list = $("#merge-list");
  const rows = [...list.children];
  for (const one of rows) one.hidden = one.dataset.with === merging;
  const sorted = nearestFirst(rows);
  if (sorted.every((one, place) => one === rows[place])) return;
  const held = document.activeElement;
  list.append(...sorted);
  if (list.contains(held)) held.focus();
}

function wordsOf(id) {
  const told = $(`#card-${CSS.escape(id)} .text, #candidate-${CSS.escape(id)} .text`)?.textContent;
  const text = `${headlineOf(id)} ${told ?? ""}`.toLocaleLowerCase();
  return new Set(text.match(/\p{L}[\p{L}\p{N}]{2,}/gu));
}

// The stories of the issue before the candidates, of each those with most rare words in common.
function nearestFirst(rows) {
  const words = new Map(rows.map((one) => [one, wordsOf(one.dataset.with)]));
  const counts = new Map();
  for (const word of [...words.values()].flatMap((one) => [...one])) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const mine = wordsOf(merging);
  const near = (one) =>
    [...words.get(one)].reduce((sum, word) => sum + (mine.has(word) ? 1 / counts.get(word) : 0), 0);
  const ranked = new Map(rows.map((one) => [one, near(one) + (cardOf(one.dataset.with) ? 1e6 : 0)]));
  return [...rows].sort((one, other) => ranked.get(other) - ranked.get(one));
}

export function merge(id, other) {
  const told = short(headlineOf(id), 36);
  const with_ = short(headlineOf(other) || $("#why .near-title")?.textContent || "another", 36);
  say("Merging…");
  change([{ kind: "merge", story: id, ids: [other] }], {
    said: `Merged “${told}” with “${with_}”. Undo with Z.`,
  }).then((isDone) => {
    if (!isDone) return;
    if (page.panel === "merge") close();
    if (page.panel === "why") why(id);
  });
}

export const mergeWith = (other) => merge(merging, other);

// Where a story could stand, for who has no arrow keys: first in each section, or after another.
export function chooseSection(id) {
  $("#move-title").textContent = `Move “${short(headlineOf(id), 60)}”`;
  const rows = $$("ol.cards").flatMap((list) => {
    const { section } = list.dataset;
    const ids = $$(".story", list).map((one) => one.dataset.story).filter((one) => one !== id);
    const after = (other) => `after “${short(headlineOf(other))}”`;
    const first = { section, place: 1, behind: "" };
    return [
      placeRow(id, { name: section, text: "First", said: `first in ${section}`, to: first }),
      ...ids.map((other, place) => {
        const to = { section, place: place + 2, behind: other };
        return placeRow(id, { name: headlineOf(other), text: "After", said: after(other), to });
      }),
    ];
  });
  $("#moving").replaceChildren(...rows);
  open("move");
}

function placeRow(id, { name, text, said, to }) {
  const row = document.createElement("li");
  const title = document.createElement("h3");
  const told = short(headlineOf(id));
  const act = button(text, () => {
    close();
    change([{ kind: "section", story: id, ...to }], { said: `“${told}” stands ${said}` });
  });
  title.textContent = name;
  row.className = text === "First" ? "candidate place-first" : "candidate";
  act.className = "button";
  act.setAttribute("aria-label", `${said[0].toUpperCase()}${said.slice(1)}`);
  row.append(title, act);
  return row;
}

// The candidates that hold the words, of the section that is wanted.
function sift() {
  const list = $("#candidate-list");
  if (!list) return;
  const words = wordsWanted();
  let found = 0;
  for (const row of list.children) {
    const fits =
      wanted === "" ||
      (wanted === "updates" ? row.dataset.update === "yes" : row.dataset.section === wanted);
    row.hidden = !fits || !words.every((word) => row.dataset.words.includes(word));
    found += !row.hidden;
  }
  $("#found-none").hidden = found > 0;
  lookFor(words.join(" "));
  for (const one of $$("[data-do=filter]")) {
    one.setAttribute("aria-pressed", String(one.dataset.to === wanted));
  }
}

let looking = 0;

// The list has the best alone: what ranks lower is looked for among all that was found.
function lookFor(words) {
  clearTimeout(looking);
  const place = $("#found-more");
  if (words.length < LEAST) return void place.replaceChildren();
  looking = setTimeout(async () => {
    const { status, answer } = await look(`found?q=${encodeURIComponent(words)}`);
    if (place.isConnected && wordsWanted().join(" ") === words) {
      if (status === 200) place.innerHTML = answer.html;
      else place.textContent = answer.fault;
    }
  }, 250);
}

const wordsWanted = () => $("#find").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);

export function filter(to) {
  wanted = to;
  sift();
}

// The e-mail as a phone shows it. A new frame each time: an old one led elsewhere would put
// itself into the browser's history.
function drawPreview() {
  const frame = document.createElement("iframe");
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const at = page.current ? `#${encodeURIComponent(page.current)}` : "";
  frame.title = "The e-mail";
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  frame.referrerPolicy = "no-referrer";
  frame.src = `/frames/${encodeURIComponent(page.issue)}/mail?show=${isDark ? "dark" : "light"}${at}`;
  $("#frame").replaceChildren(frame);
}

export function startDrawer() {
  $("#columns").addEventListener("click", (event) => {
    if (event.target.id === "columns" && isPhone()) close(); // the dimmed page behind the sheet
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-article]")) countTicked();
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "find") sift();
  });
  whenShown(() => {
    sift();
    drawMerge();
    if (page.panel === "preview") drawPreview();
    // What was merged, split or taken back since has other reasons.
    if (page.panel === "why" && shownFor !== page.version) drawWhy();
  });
  page.panel = isPhone() ? null : "candidates";
  paint();
}
