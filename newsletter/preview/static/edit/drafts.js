// What was typed and is not saved: by field, kept in the browser's tab until the server has it. What
// one editor typed there is never sent as another's, who came after her.

import { $$, headlineOf, page } from "./state.js";

const PLACES = `newsletter-edit:${page.issue}:`; // the name of who typed follows
const PLACE = `${PLACES}${page.editor}`;

// By key: { text, seen, of, sent, isAsked }: `seen` is the version of the edits that the writer had
// before her, `of` the headline of its story; `sent` are the texts that went out since `seen` and of
// which no answer has come: the server may have them. Where `isAsked` she was asked whose text is to
// stand, and has not said.
export const drafts = new Map();

export function keyOf(field) {
  if ("sponsor" in field.dataset) return "sponsor";
  const { field: kind, story } = field.dataset;
  return story ? `${kind}-${story}` : kind;
}

export const isField = (node) =>
  node instanceof HTMLElement && ("field" in node.dataset || "sponsor" in node.dataset);

export const isUnsaved = (node) => isField(node) && drafts.has(keyOf(node));

export function fieldsOf(key) {
  if (key === "sponsor") return $$("[data-sponsor]");
  const field = document.getElementById(`f-${key}`);
  return field ? [field] : [];
}

// What stands in the fields of a key, as it is sent.
export function valueOf(key) {
  const fields = fieldsOf(key);
  if (!fields.length) return drafts.get(key)?.text ?? "";
  if (key !== "sponsor") return fields[0].value;
  return Object.fromEntries(fields.map((field) => [field.dataset.sponsor, field.value]));
}

export const wordsOf = (text) =>
  typeof text === "string" ? text : Object.values(text).filter(Boolean).join("\n");

export function fill(key, value) {
  for (const field of fieldsOf(key)) {
    field.value = key === "sponsor" ? value[field.dataset.sponsor] ?? "" : value;
  }
}

export function keep(key) {
  const known = drafts.get(key);
  const { story } = fieldsOf(key)[0]?.dataset ?? {};
  const of = (story && headlineOf(story)) || known?.of || "";
  drafts.set(key, { ...known, text: valueOf(key), seen: known?.seen ?? page.version, of });
  store();
}

export function forget(key) {
  drafts.delete(key);
  store();
}

function read(place) {
  try {
    return Object.entries(JSON.parse(sessionStorage.getItem(place) ?? "{}"));
  } catch {
    return [];
  }
}

function write(place, entries) {
  try {
    if (entries.length) sessionStorage.setItem(place, JSON.stringify(Object.fromEntries(entries)));
    else sessionStorage.removeItem(place);
  } catch {
    // no room, or no leave: the fields themselves still hold it
  }
}

export const stored = () => read(PLACE);
export const store = () => write(PLACE, [...drafts]);

// What others typed in this tab before, and did not save.
export function ofOthers() {
  return places()
    .filter((place) => place.startsWith(PLACES) && place !== PLACE)
    .flatMap((place) =>
      read(place).map(([key, draft]) => ({ by: place.slice(PLACES.length), key, draft })),
    );
}

function places() {
  try {
    return Object.keys(sessionStorage);
  } catch {
    return []; // no leave to keep anything
  }
}

export function forgetOther({ by, key }) {
  const place = `${PLACES}${by}`;
  write(place, read(place).filter(([other]) => other !== key));
}
