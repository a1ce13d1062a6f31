// The keys: letters act on the card that is current, and never while a field has the focus.

import { $, $$, choose, page } from "./state.js";
import { acts } from "./acting.js";
import { done } from "./fields.js";
import { carry, putBack, setDown } from "./moving.js";
import * as drawer from "./drawer.js";

const KEYS = "newsletter-keys"; // the same switch as on the other pages

const LETTERS = { l: "lead", m: "merge", s: "split", w: "why" };

const isTyping = (target) =>
  target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], #said") !== null;

function whileLifted(event) {
  const steps = { ArrowUp: -1, ArrowDown: 1 };
  if (event.key in steps) carry(steps[event.key]);
  else if (event.key === " " || event.key === "Enter") setDown();
  else if (event.key === "Escape") putBack();
  else if (event.key !== "Tab") return;
  event.preventDefault();
}

// Arrows go through the cards, or through the rows of the drawer where the focus is there.
function go(by) {
  const inDrawer = $("#drawer").contains(document.activeElement);
  if (inDrawer) {
    const rows = $$("#drawer li button:not([disabled]), #drawer li input").filter(
      (one) => one.checkVisibility(),
    );
    const place = rows.indexOf(document.activeElement);
    rows[place < 0 ? 0 : Math.min(Math.max(place + by, 0), rows.length - 1)]?.focus();
    return;
  }
  const cards = $$(".story");
  const place = cards.findIndex((one) => one.dataset.story === page.current);
  const next = place < 0 ? cards[0] : cards[Math.min(Math.max(place + by, 0), cards.length - 1)];
  if (!next) return;
  choose(next.dataset.story, { focus: true });
  next.scrollIntoView({ block: "nearest" });
}

function escape(event) {
  const box = event.target.closest?.(".story.editing, .own.editing");
  const reason = $(".decide details[open]");
  if (reason) {
    reason.open = false;
    $("summary", reason).focus();
  } else if (box) done(box);
  else if (page.panel && ($("#drawer").contains(event.target) || !isTyping(event.target))) {
    drawer.close();
  }
}

// Letters of the panel "why": what its own buttons say they do.
function inWhy(key) {
  if (page.panel !== "why" || !$("#drawer").contains(document.activeElement)) return false;
  const button = $(`#why [data-do=${{ s: "split-off", m: "merge-near" }[key]}]:not([disabled])`);
  button?.click();
  return Boolean(button);
}

function letter(event) {
  const key = event.key.toLowerCase();
  const id = page.current;
  if (key === "z") return event.shiftKey ? acts.redo() : acts.undo();
  if (key === "y") return acts.redo();
  if (key === "c") {
    event.preventDefault(); // it is not to stand in the field that gets the focus
    return drawer.toggle("candidates", { focus: true });
  }
  if (key === "p") return drawer.toggle("preview");
  if (event.key === "?") return $("#keys").showModal();
  if ((key === "s" || key === "m") && inWhy(key)) return undefined;
  if (key in LETTERS && id) return acts[LETTERS[key]](id);
  return undefined;
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if ($("dialog[open]")) return;
  if (page.lifted) return void whileLifted(event);
  if (event.key === "Escape") return void escape(event);
  const isFinding = event.target.id === "find" && event.key === "ArrowDown";
  if (isTyping(event.target) && !isFinding) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    return void go(event.key === "ArrowDown" ? 1 : -1);
  }
  const card = event.target.closest?.(".story");
  const onCard = card !== null && event.target === card;
  if (!page.isOpen) return;
  if (onCard && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    return void acts[event.key === "Enter" ? "edit" : "lift"](card.dataset.story);
  }
  if (event.key === "Delete" && page.current && !$("#drawer").contains(event.target)) {
    return void acts.drop(page.current);
  }
  if (event.key.length === 1 && $("#keys-on").checked) letter(event);
}

export function startKeys() {
  const switched = $("#keys-on");
  switched.checked = localStorage.getItem(KEYS) !== "off";
  switched.addEventListener("change", () => {
    localStorage.setItem(KEYS, switched.checked ? "on" : "off");
  });
  document.addEventListener("keydown", pressed);
}
