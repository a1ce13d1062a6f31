// Sends changes one after the other, and shows the page as the server has drawn it since.
/* global Idiomorph */

import { $, page, paint, say } from "./state.js";
import { clash } from "./clash.js";
import { isUnsaved } from "./drafts.js";
import { follow as listenTo } from "../news.js";

const PATIENCE_MS = 60_000; // with an answer; composing anew takes a few seconds
const STRANGE =
  "what answered is not the preview: a login page, perhaps; open the page anew in another tab";
const listeners = [];
const own = new Set(); // versions of the edits that this page has made
const loaded = page.version;
const heard = new Set(); // versions of what she did elsewhere since, and was told of here
let queue = Promise.resolve();

// Have *act* called after each answer that was shown.
export function whenShown(act) {
  listeners.push(act);
}

const address = (path) => `/issues/${encodeURIComponent(page.issue)}/${path}`;

// Asks the server; gives { status, answer }. What was asked for is where the answer *has* it. A
// status of 0: the preview has not answered.
async function ask(path, body, has = "parts") {
  const headers = { Accept: "application/json" };
  const options = { headers };
  if (body !== undefined) {
    Object.assign(headers, { "Content-Type": "application/json", "X-Token": page.token });
    Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  }
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE_MS);
  try {
    return await read(await fetch(address(path), { ...options, signal: limit.signal }), has);
  } catch {
    const fault = limit.signal.aborted
      ? "the preview has not answered for a minute; it may have done it all the same"
      : "the preview does not answer; is it still running?";
    return { status: 0, answer: { fault } };
  } finally {
    clearTimeout(timer);
  }
}

// A proxy in between answers too, with a page of its own, and may call that a success.
async function read(got, has) {
  const { status } = got;
  const type = got.headers.get("content-type") ?? "";
  const wanted = status === 200 || status === 409 ? has : "fault";
  const answer = type.startsWith("application/json") ? await got.json() : null;
  if (answer?.[wanted] !== undefined) return { status, answer };
  const isOurs = status === 500 && type.startsWith("text/plain"); // it has broken down, and says how
  const told = got.ok ? STRANGE : `the server before the preview answered ${status}`;
  return { status: 0, answer: { fault: isOurs ? (await got.text()).slice(0, 300) : told } };
}

export const look = (path) => ask(path, undefined, "html");

// Sends *body* to *path* once all before it were answered. Gives whether it was done.
// `seen`: the version that it is meant for; that of the page as it is now, if none.
// Either may be a function: it is asked when it goes out. *names* are the answers to a clash.
export function send(path, wish, { seen, onFault = null, onClash = null, onDone = null, names } = {}) {
  const now = page.version;
  const sent = queue.then(async () => {
    const body = typeof wish === "function" ? wish() : wish;
    const version = (typeof seen === "function" ? seen() : seen) ?? now;
    const { status, answer } = await sendOn(path, body, version);
    if (status === 200) done(answer, onDone);
    else if (status === 409) {
      if (onClash) {
        const saidBefore = $("#said").textContent;
        onClash(answer);
        tellNews(answer, saidSince(saidBefore));
      } else {
        tellNews(answer, "");
        show(answer);
        clash(answer, {
          mine: () => send(path, body, { seen: answer.version, onFault, onDone, names }),
          told: wanted(body),
          names,
        });
      }
    } else if (onFault) onFault(answer.fault, status);
    else {
      refresh(); // what was moved before the server refused it goes back
      const again = () => send(path, body, { onClash, onDone, names });
      say(`Not done: ${answer.fault}`, { isFault: true, again });
    }
    return status === 200;
  });
  queue = sent.catch(() => false);
  return sent;
}

// Waits until all that was sent is answered.
export const settled = () => queue.then(() => {});

// Sends what was meant for version *seen*. What this page itself has done since is nothing to ask
// about: the server cannot tell it from what others did.
async function sendOn(path, body, seen) {
  let version = seen;
  while (own.has(version + 1)) version += 1;
  let got = await ask(path, { seen: version, ...body });
  if (got.status === 403 && (await isRenewed())) got = await ask(path, { seen: version, ...body });
  if (got.status !== 409) return got;
  const all = got.answer.clashes;
  const clashes = all.filter((one) => !own.has(one.version));
  if (clashes.length || !all.length) return { ...got, answer: { ...got.answer, clashes } };
  return ask(path, { seen: Math.max(version, ...all.map((one) => one.version)), ...body });
}

// After another start of the preview its new address has let her in again, in another tab: her
// session is a new one, and so is what her forms send back. Not if somebody else has come in there.
async function isRenewed() {
  const { status, answer } = await ask(`edits?seen=${page.version}`);
  if (status !== 200 || answer.editor !== page.editor) return false;
  page.token = answer.token;
  return true;
}

function done(answer, onDone) {
  if (answer.is_own) own.add(answer.version);
  const before = page.state;
  const saidBefore = $("#said").textContent;
  onDone?.(answer);
  show(answer);
  page.news = answer.news_version;
  if (before === "approved" && page.state === "draft") {
    sayDraft("It was approved; since this change it is a draft again. Approve it once more.");
  }
  tellNews(answer, saidSince(saidBefore));
}

// What the bar says now, if it is something else than *before*.
function saidSince(before) {
  const now = $("#said").textContent;
  return now === before ? "" : now;
}

export function change(wishes, { said = "", ...more } = {}) {
  return send("edits", { wishes }, {
    ...more,
    onDone: (answer) => {
      more.onDone?.(answer);
      if (said) say(typeof said === "function" ? said(answer) : said);
    },
  });
}

const sayDraft = (text) => say(text, { shows: $(".redrafted") !== null });

const wanted = (body) => body.wishes?.map((one) => one.text || one.kind).join(", ") ?? "";

// Shows an answer, unless a newer one is shown. What is in the hand or under a pressed pointer may
// not move: then it waits until that is let go.
export function show(answer) {
  if (answer.version < Math.max(page.version, page.pending?.version ?? 0)) return;
  if (page.lifted || page.isDragging || page.isPressed) {
    page.pending = answer;
    return;
  }
  const held = document.activeElement; // it may go with its card
  page.version = answer.version;
  page.generatedAt = answer.generated_at;
  page.state = answer.state;
  for (const [id, html] of Object.entries(answer.parts)) morph(document.getElementById(id), html);
  paint();
  for (const listener of listeners) listener(answer, held);
}

export function showPending() {
  const answer = page.pending;
  page.pending = null;
  if (answer) show(answer);
}

export function morph(element, html) {
  Idiomorph.morph(element, html, {
    morphStyle: "innerHTML",
    callbacks: {
      // What somebody types, and what scripts have filled, stays.
      beforeNodeMorphed: (old) =>
        !(old instanceof Element && ("kept" in old.dataset || isUnsaved(old))),
      beforeAttributeUpdated: (name, node) =>
        !(name === "open" || (name === "value" && isUnsaved(node))),
    },
  });
}

// Says what others did since this page last looked, or she herself on another page, behind what is
// *said* of what was done here.
function tellNews({ news = [], elsewhere = [] }, said) {
  // What was done here, and not answered, is not to be told as news in place of that it was not.
  const isUnsure = $("#said .again") !== null;
  const isNew = ({ version }) => version > loaded && !own.has(version) && !heard.has(version) && !isUnsure;
  const hers = elsewhere.filter(isNew);
  for (const { version } of hers) heard.add(version);
  const all = [...news, ...hers.map((one) => `you, elsewhere: ${one.text}`)];
  if (!all.length) return;
  const more = all.length > 2 ? `${all.length - 2} more; ` : "";
  say(`${said ? `${said.replace(/[.\s]*$/, "")}. ` : ""}Meanwhile ${more}${all.slice(-2).join("; ")}`);
}

let refreshing = null;
let isStale = false;

// Fetches what others did meanwhile: one answer after the other, so that none is older than what is
// shown.
export function refresh() {
  isStale = true;
  refreshing ??= refreshAll().finally(() => (refreshing = null));
  return refreshing;
}

async function refreshAll() {
  while (isStale) {
    let last;
    do {
      last = queue;
      await last;
    } while (last !== queue); // something is under way again
    isStale = false;
    const { status, answer } = await ask(`edits?seen=${page.version}`);
    if (queue !== last) isStale = true; // it may tell how it was before what was sent since
    else if (status === 200) refreshed(answer);
  }
}

function refreshed(answer) {
  const before = page.state;
  const saidBefore = $("#said").textContent;
  show(answer);
  page.news = answer.news_version;
  tellNews(answer, saidSince(saidBefore));
  if (before === "approved" && page.state === "draft") {
    sayDraft("It was approved, and was changed or built again since: it is a draft. Approve it once more.");
  }
}

// Shows what others do as it happens; *back* is called whenever the server is there (again).
export function follow(back) {
  let timer = 0;
  listenTo({
    hello: (event) => {
      if (event.data !== page.news) refresh();
      back();
    },
    changed: (event) => {
      if (event.data === page.news) return;
      clearTimeout(timer);
      timer = setTimeout(refresh, 120); // a change is told twice: by its page, and by its files
    },
  });
}
