// What was typed and has no field now: for a story that is not on the page, or by somebody else in
// this tab. It is shown, to be copied, saved or thrown away.

import { $, button, say, short } from "./state.js";
import { drafts, fieldsOf, forget, forgetOther, keyOf, ofOthers, wordsOf } from "./drafts.js";

const NAMES = { headline: "Headline", summary: "Summary", note: "Note", intro: "Introduction", closing: "Closing words", sponsor: "Sponsor" };

function nameOf(key, { of }) {
  const name = NAMES[key.split("-")[0]] ?? "Text";
  return of ? `${name} of “${short(of, 80)}”` : name;
}

export function drawLost() {
  const lost = [...drafts].filter(([key]) => !fieldsOf(key).length);
  draw("lost", lost.map(([key, draft]) => ({
    name: nameOf(key, draft),
    text: wordsOf(draft.text),
    acts: { Discard: () => discard("lost", () => forget(key)) },
  })));
}

// *takeOver* is called for what somebody else typed and is to be saved; it can be where its field is.
export function drawOthers(takeOver) {
  draw("others", ofOthers().map((one) => ({
    name: `${nameOf(one.key, one.draft)}, typed by ${one.by}`,
    text: wordsOf(one.draft.text),
    acts: {
      ...(fieldsOf(one.key).length && { "Save as mine": () => takeOver(one) }),
      Discard: () => discard("others", () => forgetOther(one), () => drawOthers(takeOver)),
    },
  })));
}

// The field that had the focus went with its card: who types on types where no letter is a command.
export function stay(field) {
  const lost = [...drafts.keys()].filter((key) => !fieldsOf(key).length);
  const kept = $(`#lost-${lost.indexOf(keyOf(field))}`);
  const of = drafts.get(keyOf(field))?.of;
  (kept ?? $("#said")).focus();
  say(
    `${of ? `“${short(of)}”` : "The story"} is not in the issue any more` +
      (kept ? ": what you typed is kept above the stories." : "."),
    { isFault: true },
  );
}

function draw(id, entries) {
  const told = JSON.stringify(entries.map(({ name, text, acts }) => [name, text, Object.keys(acts)]));
  const place = $(`#${id}`);
  if (place.dataset.told === told) return; // nobody is to lose the focus for nothing
  place.dataset.told = told;
  place.hidden = entries.length === 0;
  $(`#${id}-list`).replaceChildren(...entries.map((one, at) => row(`${id}-${at}`, one)));
}

function row(id, { name, text, acts }) {
  const made = document.createElement("li");
  const label = document.createElement("label");
  const area = document.createElement("textarea");
  const tools = document.createElement("p");
  label.textContent = name;
  label.htmlFor = area.id = id;
  area.readOnly = true;
  area.rows = 2;
  area.value = text;
  tools.className = "field-acts";
  for (const [word, act] of Object.entries({ Copy: () => copy(area), ...acts })) {
    const tool = button(word, act);
    tool.className = "button";
    tool.setAttribute("aria-label", `${word}: ${name}`);
    tools.append(tool);
  }
  made.append(label, area, tools);
  return made;
}

async function copy(area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    say("Copied");
  } catch {
    say("It is selected: copy it with Ctrl+C"); // no leave, or no secure address
  }
}

function discard(id, throwAway, redraw = drawLost) {
  throwAway();
  redraw();
  say("Thrown away");
  ($(`#${id} button`) ?? $("#stage .story"))?.focus();
}
