// Asks whose word is to stand, beside what it is about. The question takes neither the focus nor a
// key: who types on types on, and says it by the mouse, or by Tab and Enter.

import { $, $$, button, cardOf, page } from "./state.js";

const placeOf = (key) => (key && document.getElementById(`clash-${key}`)) || $("#clash");
const asked = (key) => $$(`.question[data-key="${CSS.escape(key)}"]`);

// *mine* is called for one's own word, *theirs* for the other's. *key* names the field that the
// question stands under, in place of its last one; without one it stands above the bar, with others
// that wait there. *names* are what the two are called, *title* is what has happened.
export function clash(
  answer,
  {
    mine,
    theirs = () => {},
    key = "",
    told = "",
    names = ["Keep theirs", "Use mine"],
    title: happened = "Somebody changed this meanwhile",
  },
) {
  const question = document.createElement("div");
  const title = document.createElement("p");
  const acts = document.createElement("p");
  question.className = "question";
  question.dataset.key = key;
  question.tabIndex = -1;
  title.className = "clash-title";
  title.textContent = happened;
  acts.className = "field-acts";
  for (const [word, act] of [[names[0], theirs], [names[1], mine]]) {
    const made = button(word, () => {
      takeAway(question);
      act();
    });
    made.className = act === mine ? "button filled" : "button";
    acts.append(made);
  }
  const rows = answer.clashes.map(row);
  if (told) rows.push(quoted("You", told));
  question.append(title, ...rows, acts);
  if (key) unask(key);
  placeOf(key).append(question);
}

export const unask = (key) => asked(key).forEach((one) => one.remove());
export const isAsking = (key) => asked(key).length > 0;

// The focus goes to the next question, not to a button of it: Enter held down answers one alone.
function takeAway(question) {
  const hadFocus = question.contains(document.activeElement);
  const next = question.nextElementSibling ?? question.previousElementSibling;
  question.remove();
  if (hadFocus) (next ?? cardOf(page.current))?.focus();
}

function row(one) {
  const made = document.createElement("div");
  const head = document.createElement("p");
  head.textContent = `${one.by} ${one.is_reverted ? "took back" : "changed"} ${one.what} at ${one.at}.`;
  made.append(head);
  if (one.text) made.append(quoted(`${one.by} wrote`, one.text));
  return made;
}

function quoted(name, text) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const quote = document.createElement("blockquote");
  caption.textContent = name;
  quote.textContent = text;
  figure.append(caption, quote);
  return figure;
}
