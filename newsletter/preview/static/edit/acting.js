// What can be done with a story, whichever way it is asked for: by button, by key.

import { $, $$, cardOf, choose, headlineOf, isPhone, page, say, short, storyOf } from "./state.js";
import { change, send, settled, show, showPending } from "./sending.js";
import { clash, unask } from "./clash.js";
import { append, done, edit, editOwn, instead } from "./fields.js";
import { drafts, fieldsOf, valueOf, wordsOf } from "./drafts.js";
import { lift, step } from "./moving.js";
import * as drawer from "./drawer.js";

function nextOf(id) {
  const cards = $$(".story");
  const place = cards.findIndex((one) => one.dataset.story === id);
  return (cards[place + 1] ?? cards[place - 1])?.dataset.story ?? null;
}

function drop(id) {
  const next = nextOf(id);
  const told = short(headlineOf(id));
  const hadFocus = cardOf(id)?.contains(document.activeElement);
  change([{ kind: "drop", story: id }], { said: `Dropped “${told}”. Undo with Z.` }).then(
    (isDone) => isDone && choose(next, { focus: hadFocus }),
  );
}

function add(id, button) {
  const told = short(headlineOf(id));
  const place = $$("[data-do=add]").indexOf(button);
  if (button?.closest("#found-more")) say(`Bringing in “${told}”…`); // it is composed first
  change([{ kind: "pin", story: id }], { said: `Brought in “${told}”` }).then((isDone) => {
    if (isDone) document.getElementById(`found-${id}`)?.remove(); // its next search may be long away
    if (!isDone || !cardOf(id)) return;
    choose(id);
    cardOf(id).scrollIntoView({ block: "nearest" });
    if (document.activeElement !== document.body) return;
    const left = $$("[data-do=add]");
    (left[place] ?? left.at(-1) ?? cardOf(id)).focus(); // its own button went with its row
  });
}

function revert(number) {
  send("revert", { number }, {
    onDone: () => say("Taken back. Undo with Z."),
    names: ["Leave it", "Take it back all the same"],
  });
}

// Takes back what was written of *key*, edit by edit, until what was generated stands again. Which
// they are is looked up when each goes out: what was typed last may have been saved since the click.
function restore(key, clicked) {
  const button = () => $(`[data-do=revert][data-key="${CSS.escape(key)}"]`);
  const seen = page.version;
  let number = null;
  const takeBack = (giveWay) =>
    send("revert", () => ({ number: (number = Number(button()?.dataset.number) || clicked) }), {
      seen,
      names: ["Leave it", "Take it back all the same"],
      onDone: () => {
        giveWay();
        say("Taken back: it is as it was generated, or as feeds.yaml says. See Changes.");
        queueMicrotask(() => goOn(giveWay)); // its answer is shown by then
      },
    });
  const goOn = (giveWay) => {
    if (button() && Number(button().dataset.number) !== number) takeBack(giveWay);
    else if (document.activeElement === document.body) fieldsOf(key)[0]?.focus(); // its button went
  };
  instead(key, takeBack);
}

export const undo = () => stepBy("undo", "There is nothing of yours to undo", "Undone");
export const redo = () => stepBy("redo", "There is nothing to redo", "Done again");

// Takes the step that its button shows when it goes out: pressed twice, it is two of them.
function stepBy(name, nothing, done) {
  const shown = () => $(`#${name}`);
  if (!shown() || shown().disabled) return void say(nothing);
  let title = "";
  const step = () => {
    title = short(shown()?.title ?? "", 90);
    return { number: Number(shown()?.dataset.number) || null };
  };
  send(name, step, {
    onDone: () => say(`${done}: ${title}`),
    onClash: (answer) => otherStep(answer, name),
  });
}

// It would have been another step than the one that was shown: done meanwhile, or in another tab.
function otherStep(answer, name) {
  show(answer);
  const next = $(`#${name}`);
  const would = next && !next.disabled ? ` Now it would be: ${short(next.title, 90)}.` : "";
  say(`Not done: this was another step than the page showed.${would}`, { isFault: true });
}

// By the name that buttons and keys give it; *id* is that of a story.
export const acts = {
  edit: (id) => edit(id),
  lift: (id, button) => (button && isPhone() ? drawer.chooseSection(id) : lift(id)),
  up: (id) => step(id, -1),
  down: (id) => step(id, 1),
  lead: (id) => {
    const said = `“${short(headlineOf(id))}” leads the issue`;
    change([{ kind: "lead", story: id }], { said }).then(() => {
      cardOf(id)?.scrollIntoView({ block: "nearest" });
    });
  },
  merge: (id) => drawer.chooseMerge(id),
  split: (id) => drawer.why(id, { focus: "[data-article]" }),
  why: (id) => drawer.why(id),
  pin: (id) => change([{ kind: "pin", story: id }], { said: "Pinned: it stays, whatever comes" }),
  unpin: (id) => revert(Number(cardOf(id).dataset.pinned)),
  drop,
  add,
  undo,
  redo,
  done: (_, button) => done(button.closest(".story, .own")),
  "edit-own": (_, button) => editOwn(button.closest(".own")),
  "no-sponsor": () =>
    instead("sponsor", (giveWay) =>
      change([{ kind: "sponsor", sponsor: null }], { said: "No sponsor", onDone: giveWay }),
    ),
  revert: (_, { dataset }) =>
    dataset.key ? restore(dataset.key, Number(dataset.number)) : revert(Number(dataset.number)),
  "bring-back": (_, button) => {
    const number = Number(button.dataset.number);
    const names = ["Leave it", "Bring it back all the same"];
    send("bring-back", { number }, { onDone: () => say("Brought back"), names });
  },
  picture: (id, button) => {
    const text = button.dataset.url;
    const said = text ? "This picture is shown" : "No picture is shown";
    change([{ kind: "picture", story: id, text }], { said });
  },
  show: (id) => {
    if (isPhone()) drawer.close();
    choose(id, { focus: true });
    cardOf(id)?.scrollIntoView({ block: "nearest" });
  },
  offer: (id, button) => {
    append(button.dataset.text, id);
    button.closest("li").remove();
    document.getElementById(`f-summary-${id}`).focus();
  },
  filter: (_, button) => drawer.filter(button.dataset.to),
  panel: (_, button) => drawer.toggle(button.dataset.to),
  close: () => drawer.close(),
  "merge-with": (_, button) => drawer.mergeWith(button.closest("[data-with]").dataset.with),
  "merge-near": (_, button) => drawer.merge(button.dataset.story, button.dataset.with),
  "split-off": () => drawer.splitOff(),
};

async function decide(form) {
  const word = form.dataset.decide;
  const because = form.elements.because?.value ?? "";
  form.closest("details")?.removeAttribute("open");
  const looked = { seen: page.version, builtAt: page.generatedAt };
  const act = () => said(word, because, looked);
  unask("approve");
  await (word === "approve" ? whenSaved(act) : act());
  form.closest("details")?.querySelector("summary")?.focus();
  const held = document.activeElement; // it is of no use any more where that was done already
  if (held === document.body || held.disabled) (cardOf(page.current) ?? $("#said")).focus();
}

// Calls *act* once what was typed is saved; where it could not be, once she has said so.
async function whenSaved(act) {
  await settled();
  const [key] = [...drafts.keys()].filter((one) => fieldsOf(one).length);
  if (!key) return act();
  clash({ clashes: [] }, {
    key: "approve",
    title: "Not approved yet: what you typed is not saved",
    told: wordsOf(valueOf(key)),
    names: ["Look at it first", "Approve without it"],
    mine: act,
    theirs: () => fieldsOf(key)[0]?.focus(),
  });
  return false;
}

// Says *word*, unless there is something that she had not seen when she said it.
// *builtAt* tells one build from the next, of which no edit tells.
function said(word, because, { seen, builtAt }) {
  return send(word, { because, generated_at: builtAt }, {
    seen,
    onDone: (answer) => say(answer.said),
    onClash: (answer) => {
      show(answer);
      clash(answer, {
        names: ["Look at it first", `${word[0].toUpperCase()}${word.slice(1)} it as it is now`],
        mine: () => said(word, because, { seen: answer.version, builtAt: answer.generated_at }),
        title: answer.generated_at === builtAt ? undefined : "It was built again since you looked",
      });
    },
  });
}

// The card with the focus is the current one. Its actions come into view, those of another leave:
// what is under a pressed pointer may not move, so that waits until it is let go.
function followFocus() {
  const follow = () => {
    const card = document.activeElement.closest(".story");
    if (!page.isPressed && card && card.dataset.story !== page.current) choose(card.dataset.story);
  };
  const up = () =>
    setTimeout(() => {
      page.isPressed = false;
      follow();
      if (!page.lifted && !page.isDragging) showPending();
    });
  document.addEventListener("focusin", follow);
  const down = ({ isPrimary, button }) => (page.isPressed = isPrimary && button === 0);
  document.addEventListener("pointerdown", down, { capture: true });
  for (const name of ["pointerup", "pointercancel", "dragend", "contextmenu", "keydown"]) {
    document.addEventListener(name, up, { capture: true });
  }
}

export function startActing() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    acts[button.dataset.do](storyOf(button), button);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.decide) return;
    event.preventDefault();
    decide(event.target);
  });
  followFocus();
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches(".decide details")) $("input[name=because]", target).focus();
  }, { capture: true });
  // One of both reasons at a time, and none when something else is clicked.
  document.addEventListener("click", (event) => {
    for (const one of $$(".decide details[open]")) {
      if (!one.contains(event.target)) one.removeAttribute("open");
    }
  });
}

