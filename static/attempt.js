// The question page: draft, clocks and keys, set up again whenever its content is swapped.

import { Clock, hideable, pill } from "./clock.js";
import { Draft } from "./drafts.js";
import { listenForKeys } from "./keys.js";
import { Presence } from "./presence.js";

const LEAST_WAIT_MS = 500;
const HOPE_MS = 1500;
const stage = document.getElementById("stage");
let draft = null;
let clocks = [];
let pressed = null;
// The editor that a clock has stopped, and whether something else had stopped it before.
let held = null;

// The place stands outside the swapped part: only a live region that stays is read out.
function announce(text) {
  const place = document.querySelector("[data-announcer]");
  if (!place) return;
  place.textContent = "";
  // Emptied first, so that the same words are spoken again.
  setTimeout(() => {
    place.textContent = text;
  }, 50);
}

const timeLeft = () =>
  clocks.length ? clocks.map((clock) => clock.sentence()).join(", ") : "There is no time limit";

function tellTime() {
  announce(timeLeft());
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// At the end the last words are saved within the grace; then the server hands them in.
async function timeIsUp(wait) {
  announce("Time is up");
  const last = draft;
  const rest = pause(Math.max(wait, LEAST_WAIT_MS));
  // Somebody may be adding time just now.
  const hope = setInterval(() => presence.report(), HOPE_MS);
  presence.report();
  if (last) await saveLast(last, rest);
  await rest;
  clearInterval(hope);
  if (clocks.some((clock) => clock.ended)) moveOn(last);
}

async function saveLast(last, rest) {
  held ??= { editor: last, stopped: last.stopped };
  lock(last, true);
  // A connection that hangs must not keep anybody here.
  await Promise.race([last.save(), rest]);
  if (!held) return;
  last.stop();
  last.say(`Time is up. ${last.dirty ? "The last words could not be saved." : "Your text is saved."} One moment …`, "waiting");
}

function lock(editor, locked) {
  editor.field.readOnly = locked;
  for (const button of editor.form.querySelectorAll("button[name=do]")) button.disabled = locked;
}

// Time was added within the grace: typing goes on where the clock had stopped it.
function goOn() {
  const { editor, stopped } = held;
  held = null;
  lock(editor, false);
  editor.stopped = stopped;
  editor.say("Time was added: go on.", "waiting");
  editor.save();
}

// What has run out and is gone has been handed in: the page goes on to that by itself.
const isHandedIn = (faces) =>
  clocks.some((clock) => clock.ended && !faces.some((face) => face.name === clock.name));

function hear({ now, clocks: faces, state }) {
  if (state !== "open" || isHandedIn(faces)) return;
  const before = clocks.map((clock) => clock.name).join();
  if (before !== faces.map((face) => face.name).join()) {
    stage.querySelector(".clocks").replaceChildren(...faces.map((face) => pill(face, now)));
    setUpClocks();
    tellMoved("The time limit was changed");
    return;
  }
  for (const clock of clocks) clock.set(now);
  const moves = clocks.map((clock, index) => clock.move(faces[index]));
  if (moves.every((added) => added === 0) || clocks.some((clock) => clock.ended)) return;
  if (held) goOn();
  const minutes = Math.round(Math.max(...moves) / 60000);
  if (minutes < 1) tellMoved("The time limit was changed");
  else tellMoved(minutes === 1 ? "1 minute was added" : `${minutes} minutes were added`);
}

// Read out, and to be seen beside the clocks until the next question.
function tellMoved(what) {
  announce(`${what}: ${timeLeft()}`);
  const box = stage.querySelector(".clocks");
  const note = box.querySelector(".clock-note") ?? document.createElement("small");
  note.className = "clock-note muted";
  note.textContent = what;
  box.append(note);
}

// What came too late is posted all the same: the server shows it once more, to be copied.
function moveOn(last) {
  if (!last) {
    location.reload();
  } else if (!navigator.onLine) {
    last.say("Time is up, and you are offline. The page goes on when the connection is back.", "failed");
    addEventListener("online", () => moveOn(last), { once: true });
  } else if (last.form.isConnected) {
    if (last.dirty) last.form.submit();
    else location.assign(last.form.action);
  }
}

// Once something is typed, an empty answer is no longer what is meant.
function withdrawConfirmation(form) {
  const { confirmed } = form.elements;
  if (!confirmed) return;
  const withdraw = () => {
    confirmed.remove();
    form.querySelector("button[value=submit]").textContent = "Submit answer";
    stage.querySelector("[role=alert]")?.remove();
  };
  form.elements.answer.addEventListener("input", withdraw, { once: true });
}

function setUp() {
  draft?.stop();
  draft = null;
  held = null;
  const form = stage.querySelector("#answer-form");
  if (form) {
    draft = new Draft(form, stage.dataset.user);
    withdrawConfirmation(form);
  }
  setUpClocks();
}

function setUpClocks() {
  for (const clock of clocks) clock.stop();
  const box = stage.querySelector(".clocks");
  clocks = [...stage.querySelectorAll("[data-clock]")].map((el) => new Clock(el, announce, timeIsUp));
  if (box && clocks.length) {
    hideable(box);
    const tell = document.createElement("button");
    tell.type = "button";
    tell.className = "link-button";
    tell.textContent = "Tell time";
    tell.addEventListener("click", tellTime);
    box.append(tell);
  }
}

function focusEditor() {
  const field = draft.field;
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length);
}

const isSame = (previous) => Boolean(draft) && previous?.copy.question === draft.copy.question;

// On the same question, as after flagging it, nothing moves under the learner's hands.
function settleFocus(previous, ok) {
  const heading = stage.querySelector("h1");
  if (isSame(previous) && ok && pressed) {
    const { selectionStart, selectionEnd } = previous.field;
    draft.field.setSelectionRange(selectionStart, selectionEnd);
    draft.form.querySelector(`button[value="${pressed}"]`)?.focus({ preventScroll: true });
  } else if (draft) {
    focusEditor();
  } else if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
  if (heading) document.title = `${heading.textContent.trim().slice(0, 60)} · Mock Interview`;
}

document.addEventListener("submit", (event) => {
  if (event.target === draft?.form) {
    pressed = event.submitter?.value;
    draft.handOver();
  } else if (event.target.matches("[data-clears-drafts]")) {
    // After the log-out nothing could be saved any more.
    draft?.leave();
    draft?.stop();
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (!draft || event.detail.elt !== draft.form) return;
  const { status } = event.detail.xhr;
  if (status >= 200 && status < 400) draft.copy.forget();
  else draft.takeBack();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== stage) return;
  const previous = draft;
  const ok = event.detail.xhr.status < 400;
  setUp();
  // A pause on another page has not taken the text.
  const taken = ok && !stage.querySelector("#paused");
  if (taken || isSame(previous)) previous?.copy.forget();
  settleFocus(previous, ok);
});

document.addEventListener("server-time", (event) => {
  for (const clock of clocks) clock.set(event.detail);
});

addEventListener("pagehide", () => draft?.leave());
addEventListener("online", () => draft?.save());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") draft?.save();
});

listenForKeys({
  submit: () => draft?.form.querySelector("button[value=submit]").click(),
  tellTime,
});

const presence = new Presence(stage, hear);
setUp();
if (draft) focusEditor();
