// Editing in place: opens and ends it, saves what is typed, says how that stands.

import { $, $$, button, cardOf, choose, page, paint, say, short } from "./state.js";
import { drafts, fieldsOf, fill, forget, forgetOther, isField, keep, keyOf, store, stored, valueOf } from "./drafts.js";
import { drawLost, drawOthers, stay } from "./lost.js";
import { change, look, refresh, show, whenShown } from "./sending.js";
import { clash, isAsking, unask } from "./clash.js";

const PAUSE_MS = 1500;
const CHOOSE = "Not saved: choose whose text is to stand";
const timers = new Map();
const saving = new Set();
const held = new Set(); // keys of what waits: something was asked for in its place
const saved = new Map(); // by key: what stood there when it was saved; null until that is shown
let wereLost = new Set(); // keys of drafts whose fields were not there when last looked

export function edit(id, kind = "headline") {
  const card = cardOf(id);
  if (!card || !page.isOpen) return;
  page.editing.add(card.id);
  choose(id);
  const field = $(`[data-field=${kind}]`, card);
  field.focus();
  field.setSelectionRange?.(field.value.length, field.value.length);
  grow(card);
  reveal(card);
  offer(id).then(() => page.editing.has(card.id) && card.contains(document.activeElement) && reveal(card));
}

// All of what is edited comes into view, its head first where it is too long.
function reveal(box) {
  const isLong = box.offsetHeight > $("#stage").clientHeight - 80;
  box.scrollIntoView({ block: isLong ? "start" : "nearest" });
}

export function editOwn(own) {
  page.editing.add(own.id);
  paint();
  $("input, textarea", own).focus();
  grow(own);
  reveal(own);
}

// Ends editing: what is unsaved is sent; a text that could not be saved stays open.
export function done(box) {
  const keys = [...keysIn(box)].filter((key) => drafts.has(key));
  for (const key of keys) saveByItself(key);
  const isNameless = keys.some((key) => drafts.has(key) && hasNoName(key));
  const isAsked = keys.some((key) => drafts.get(key)?.isAsked);
  if (isNameless || isAsked) say(isNameless ? noName() : CHOOSE, { isFault: true });
  else page.editing.delete(box.id);
  paint();
  if (isNameless) $("[data-sponsor=name]", box).focus();
  else if (box.classList.contains("story")) box.focus();
  else $("[data-do=edit-own]", box)?.focus();
}

const hasNoName = (key) => key === "sponsor" && !valueOf(key).name?.trim();
const noName = () => {
  const way = $("[data-do=no-sponsor]") ? "press “No sponsor”" : "empty the other fields";
  return `Not saved: say who paid, or ${way}`;
};

const keysIn = (box) => new Set($$("input, textarea", box).filter(isField).map(keyOf));

function grow(box) {
  for (const area of $$("textarea", box)) {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }
}

async function offer(id) {
  const place = document.getElementById(`offered-${id}`);
  if (!place) return;
  const { status, answer } = await look(`stories/${encodeURIComponent(id)}/offered`);
  if (status === 200) place.innerHTML = answer.html;
}

export function append(text, id) {
  const field = document.getElementById(`f-summary-${id}`);
  field.value = `${field.value.trim()} ${text}`.trim();
  typed(field);
  saveByItself(keyOf(field));
}

function typed(field) {
  const key = keyOf(field);
  keep(key);
  paint();
  grow(boxOf(key) ?? document);
  clearTimeout(timers.get(key));
  if (drafts.get(key).isAsked) return;
  tell(key, "Not saved yet");
  later(key);
}

function wishOf(key, value) {
  if (key === "sponsor") return { kind: "sponsor", sponsor: value };
  const [kind, ...story] = key.split("-");
  return story.length ? { kind, story: story.join("-"), text: value } : { kind, text: value };
}

// Sends a draft; that of a story which is not here only where it *isWanted* back with it.
export async function save(key, { isWanted = false } = {}) {
  clearTimeout(timers.get(key));
  if (!drafts.has(key) || saving.has(key)) return;
  if (!isWanted && !fieldsOf(key).length) return void drawLost();
  const value = valueOf(key);
  if (hasNoName(key)) return void withoutName(key, value);
  saving.add(key);
  tell(key, "Saving…");
  noteSent(key, value);
  try {
    await change([wishOf(key, value)], {
      seen: () => drafts.get(key)?.seen,
      onDone: (answer) => settled(key, value, answer),
      onFault: (fault, status) => failed(key, value, fault, status),
      onClash: (answer) => clashed(key, value, answer),
    });
  } finally {
    saving.delete(key);
    const draft = drafts.get(key);
    if (draft?.isOlder) {
      delete draft.isOlder;
      later(key);
    }
  }
}

function later(key, pause = PAUSE_MS) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(() => saveByItself(key), pause));
}

// What is saved without being asked for: not what waits for a word on whose text is to stand.
function saveByItself(key) {
  if (held.has(key)) later(key);
  else if (!drafts.get(key)?.isAsked) save(key);
}

// Where there is no sponsor, fields that are empty again say nothing.
function withoutName(key, value) {
  const isNone = !Object.values(value).join("").trim() && !$("[data-do=no-sponsor]");
  if (isNone) forget(key);
  tell(key, isNone ? "" : noName());
}

// Its answer may not come: see `isHerOwn`.
function noteSent(key, text) {
  const draft = drafts.get(key);
  draft.sent = [...new Set([...(draft.sent ?? []), text])];
  store();
}

// Asks for something in place of what is typed by now: that waits, and is forgotten once it is done.
// *ask* is given what it is to call then; it promises to have an answer.
export async function instead(key, ask) {
  if (held.has(key)) return;
  const text = JSON.stringify(valueOf(key));
  held.add(key);
  try {
    await ask(() => {
      unask(key);
      if (JSON.stringify(valueOf(key)) !== text) return void delete drafts.get(key)?.isAsked;
      forget(key);
      tell(key, "");
    });
  } finally {
    held.delete(key);
  }
}

// What was typed while it was on its way goes out next.
function settled(key, value, answer) {
  if (JSON.stringify(valueOf(key)) === JSON.stringify(value)) {
    forget(key);
    tell(key, `Saved ${answer.clock}`);
    saved.set(key, null);
    say(`Saved ${answer.clock}`);
  } else {
    const of = drafts.get(key)?.of ?? "";
    drafts.set(key, { text: valueOf(key), seen: answer.version, of, isOlder: true });
    store();
  }
}

function failed(key, value, fault, status) {
  const draft = drafts.get(key);
  if (status && draft) draft.sent = draft.sent?.filter((one) => one !== value); // it was refused
  store();
  const told = `Not saved: ${fault}`.replace(/[.;]*$/, "");
  tell(key, `${told}; your text is kept here.`, () => save(key));
  say(short(told, 120), { isFault: true, again: () => save(key) });
  reopen(key);
  drawLost();
}

// Whether it clashes with nothing but what she sent before, and whose answer was lost: she typed on.
function isHerOwn(key, { clashes }) {
  const { sent = [] } = drafts.get(key) ?? {};
  return clashes.every(
    (one) =>
      one.by === page.editor &&
      !one.is_reverted &&
      [one.kind, one.story].filter(Boolean).join("-") === key &&
      sent.some((text) => typeof text === "string" && trimmed(text) === trimmed(one.text)),
  );
}

const trimmed = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim(); // as it is kept

function clashed(key, value, answer) {
  const { seen, of = "" } = drafts.get(key) ?? { seen: page.version };
  if (isHerOwn(key, answer)) {
    drafts.set(key, { text: valueOf(key), seen: answer.version, of });
    store();
    return void later(key, 0); // once this one is through
  }
  drafts.set(key, { text: valueOf(key), seen, of, isAsked: true });
  store();
  show(answer);
  drawLost();
  reopen(key);
  const own = key === "sponsor" ? value.name : value || "(nothing)";
  clash(answer, {
    key,
    told: fieldsOf(key).length ? "" : own, // her field has it, as far as she has come since
    mine: () => {
      drafts.set(key, { text: valueOf(key), seen: answer.version, of });
      fieldsOf(key)[0]?.focus();
      save(key, { isWanted: true });
    },
    theirs: () => keepTheirs(key, valueOf(key), answer),
  });
  tell(key, CHOOSE);
}

// Hers gives way, and can be had again by a click.
function keepTheirs(key, value, answer) {
  if (!fieldsOf(key).length) return void drawLost(); // its story has gone: hers waits in the box
  forget(key);
  if (answer.version < page.version) refresh();
  else show(answer);
  reopen(key);
  fieldsOf(key)[0]?.focus();
  tell(key, "Theirs was kept.", () => putBack(key, value, page.version), "Use mine after all");
}

function putBack(key, text, seen) {
  fill(key, text);
  drafts.set(key, { text, seen });
  store();
  reopen(key);
  save(key);
}

function reopen(key) {
  const box = boxOf(key);
  if (!box) return;
  page.editing.add(box.id);
  paint();
  grow(box);
}

const boxOf = (key) => fieldsOf(key)[0]?.closest(".story, .own");

function tell(key, text, again = null, name = "Try again") {
  const place = boxOf(key) && $(".state", boxOf(key));
  if (!place) return;
  place.textContent = text;
  place.classList.toggle("fault", again !== null);
  if (again) place.append(" ", button(name, again));
}

// What could not be saved goes out again: the server is back.
export function retry() {
  for (const key of drafts.keys()) saveByItself(key);
}

// Text of before the page was loaded anew stands in its fields again.
function restore() {
  for (const [key, draft] of stored()) {
    if (fieldsOf(key).length && JSON.stringify(valueOf(key)) === JSON.stringify(draft.text)) continue;
    drafts.set(key, { text: draft.text, seen: draft.seen, of: draft.of ?? "", sent: draft.sent });
    if (fieldsOf(key).length) stand(key, "Not saved yet: typed before this page was loaded");
  }
  store();
}

// What another typed is saved as one's own, in the place of nothing that one types oneself.
function takeOver(other) {
  const { key, draft } = other;
  if (drafts.has(key)) return void say("You are typing there yourself: save that first", { isFault: true });
  putBack(key, draft.text, draft.seen);
  forgetOther(other);
  drawOthers(takeOver);
}

function stand(key, told) {
  fill(key, drafts.get(key).text);
  reopen(key);
  tell(key, told, () => save(key));
}

// A story that comes back finds what was typed for it; what is typed for one that goes is shown.
function follow(_, held) {
  for (const [key, text] of saved) lookAfter(key, text);
  for (const key of drafts.keys()) {
    if (!wereLost.has(key) || !fieldsOf(key).length) continue;
    if (!isAsking(key)) delete drafts.get(key).isAsked; // its question went with its card
    stand(key, "Not saved yet: typed before its story went");
  }
  wereLost = new Set([...drafts.keys()].filter((key) => !fieldsOf(key).length));
  drawLost();
  drawOthers(takeOver);
  if (isField(held) && !held.isConnected && document.activeElement === document.body) stay(held);
}

// What is said to be saved is there, or it is told that it is not.
function lookAfter(key, text) {
  const now = JSON.stringify(valueOf(key));
  if (text === null) return void saved.set(key, now);
  if (text === now && !drafts.has(key)) return;
  saved.delete(key);
  if (!drafts.has(key)) tell(key, "Changed since it was saved here");
}

export function startFields() {
  document.addEventListener("input", (event) => {
    if (isField(event.target)) typed(event.target);
  });
  document.addEventListener("focusout", (event) => {
    // Once the page is drawn: a field that goes with its story was not left by a hand.
    if (isField(event.target)) queueMicrotask(() => saveByItself(keyOf(event.target)));
  });
  document.addEventListener("keydown", (event) => {
    if (!isField(event.target) || event.isComposing) return;
    if (event.key === "Enter" && event.target.matches("input, [data-field=headline]")) {
      event.preventDefault();
      saveByItself(keyOf(event.target));
    }
  });
  addEventListener("beforeunload", (event) => {
    if (drafts.size) event.preventDefault();
  });
  restore();
  follow();
  whenShown(follow);
}
