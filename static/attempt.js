// The question page: draft, clocks and keys, set up again whenever its content is swapped.

import { Clock, hideable } from "./clock.js";
import { Draft } from "./drafts.js";
import { listenForKeys } from "./keys.js";

const LEAST_WAIT_MS = 500;
const stage = document.getElementById("stage");
let draft = null;
let clocks = [];
let pressed = null;

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

function tellTime() {
  announce(clocks.length ? clocks.map((clock) => clock.sentence()).join(", ") : "There is no time limit");
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// At the end the last words are saved within the grace; then the server hands them in.
async function timeIsUp(wait) {
  announce("Time is up");
  const last = draft;
  const rest = pause(Math.max(wait, LEAST_WAIT_MS));
  if (last) {
    last.field.readOnly = true;
    for (const button of last.form.querySelectorAll("button[name=do]")) button.disabled = true;
    // A connection that hangs must not keep anybody here.
    await Promise.race([last.save(), rest]);
    last.stop();
    last.say(`Time is up. ${last.dirty ? "The last words could not be saved." : "Your text is saved."} One moment …`, "waiting");
  }
  await rest;
  moveOn(last);
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
  for (const clock of clocks) clock.stop();
  draft?.stop();
  draft = null;
  const form = stage.querySelector("#answer-form");
  if (form) {
    draft = new Draft(form, stage.dataset.user);
    withdrawConfirmation(form);
  }
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

setUp();
if (draft) focusEditor();
