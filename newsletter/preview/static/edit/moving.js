// Moves cards: with the mouse (SortableJS), by keys, by the buttons up and down.
/* global Sortable */

import { $$, cardOf, choose, headlineOf, isPhone, page, paint, say, short } from "./state.js";
import { change, showPending } from "./sending.js";

const lists = () => $$("ol.cards");
const cardsIn = (list) => [...list.children].filter((one) => one.matches(".story"));

function placeOf(card) {
  const list = card.closest("ol");
  const cards = cardsIn(list);
  const place = cards.indexOf(card) + 1;
  return { section: list.dataset.section, place, of: cards.length, behind: before(card) };
}

// The story that one stands behind, "" for the first: it counts where the others were moved since.
const before = (row) => row.previousElementSibling?.dataset.story ?? "";

const said = ({ section, place, of }) => `Place ${place} of ${of} in ${section}`;

// Asks that a story stand where its card has been put.
function put(id, from) {
  const to = placeOf(cardOf(id));
  if (from && from.section === to.section && from.place === to.place) return showPending();
  const { section, place, behind } = to;
  const wish =
    from && from.section === section
      ? { kind: "move", story: id, place, behind }
      : { kind: "section", story: id, section, place, behind };
  page.pending = null; // it is of before this move; its answer brings all
  return change([wish], { said: `${said(to)}: ${short(headlineOf(id))}` });
}

// Moves a card one place, over the edge of its section into the next; false at the ends.
function shift(card, step) {
  const list = card.closest("ol");
  const cards = cardsIn(list);
  const next = cards[cards.indexOf(card) + step];
  if (next) {
    if (step > 0) next.after(card);
    else next.before(card);
    return true;
  }
  const all = lists();
  const other = all[all.indexOf(list) + step];
  if (!other) return false;
  if (step > 0) other.prepend(card);
  else other.append(card);
  return true;
}

export function step(id, by) {
  const card = cardOf(id);
  const from = placeOf(card);
  const held = document.activeElement;
  if (!shift(card, by)) return void say(`It stands ${by < 0 ? "first" : "last"} already`);
  if (card.contains(held)) held.focus();
  choose(id);
  card.scrollIntoView({ block: "nearest" });
  put(id, from);
}

export function lift(id) {
  const card = cardOf(id);
  const mark = document.createElement("li");
  mark.className = "placeholder";
  mark.textContent = `${short(headlineOf(id))} was here`;
  page.lifted = { id, from: placeOf(card), mark };
  card.before(mark);
  mark.hidden = true;
  paint();
  card.focus();
  tellLifted(card);
}

function tellLifted(card) {
  say(`Lifted. ${said(placeOf(card))}. Arrows move it, Space sets it down, Esc puts it back.`);
}

export function carry(by) {
  const card = cardOf(page.lifted.id);
  if (shift(card, by)) {
    const { mark, from } = page.lifted;
    const to = placeOf(card);
    mark.hidden = to.section === from.section && to.place === from.place;
  }
  card.focus();
  card.scrollIntoView({ block: "center" });
  tellLifted(card);
}

export function setDown() {
  const { id, from, mark } = page.lifted;
  mark.remove();
  page.lifted = null;
  paint();
  cardOf(id).focus();
  say(said(placeOf(cardOf(id))));
  put(id, from);
}

export function putBack() {
  const { id, mark } = page.lifted;
  mark.replaceWith(cardOf(id));
  page.lifted = null;
  paint();
  cardOf(id).focus();
  say("Put back");
  showPending();
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function dragged(event) {
  page.isDragging = false;
  const id = event.item.dataset.story;
  if (event.from.matches(".cards")) {
    const from = { section: event.from.dataset.section, place: event.oldDraggableIndex + 1 };
    choose(id);
    put(id, from);
    return;
  }
  broughtIn(event, id);
}

// A candidate that was dragged among the cards: its row goes home, the server draws its card.
function broughtIn(event, id) {
  if (event.to === event.from) return showPending();
  const section = event.to.dataset.section;
  const place = [...event.to.children].indexOf(event.item) + 1;
  const behind = before(event.item);
  event.clone.replaceWith(event.item);
  page.pending = null;
  change([{ kind: "section", story: id, section, place, behind }], {
    said: `Brought in: ${short(headlineOf(id))}`,
  }).then((isDone) => isDone && choose(id));
}

// Lists that came with the last answer can be dragged in too.
export function startDragging() {
  if (!page.isOpen || isPhone()) return;
  const common = {
    animation: still() ? 0 : 150,
    forceFallback: true, // the browser's own dragging shows no card under the hand
    fallbackOnBody: true,
    fallbackTolerance: 4,
    delay: 200, // a finger that scrolls does not lift
    delayOnTouchOnly: true,
    ghostClass: "ghost",
    fallbackClass: "in-hand",
    onStart: () => (page.isDragging = true),
    onEnd: dragged,
  };
  for (const list of lists()) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, { ...common, group: "cards", handle: ".grip", draggable: ".story" });
  }
  const candidates = document.getElementById("candidate-list");
  if (candidates && !Sortable.get(candidates)) {
    Sortable.create(candidates, {
      ...common,
      group: { name: "cards", pull: "clone", put: false },
      sort: false,
      draggable: ".candidate",
      filter: "button, summary",
      preventOnFilter: false,
    });
  }
}
