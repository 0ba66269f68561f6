// The question page: draft, clocks and keys, set up again whenever its content is swapped.

import { Clock, hideable } from "./clock.js";
import { Draft } from "./drafts.js";

const KEY_SETTING = "time-key";
const stage = document.getElementById("stage");
let draft = null;
let clocks = [];

function announce(text) {
  const place = stage.querySelector("[data-announcer]");
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

// At the end the last words are saved within the grace; then the server hands them in.
async function timeIsUp(wait) {
  announce("Time is up");
  const form = stage.querySelector("#answer-form");
  if (draft) {
    await draft.save();
    draft.stop();
    draft.field.readOnly = true;
    draft.say(`Time is up. ${draft.dirty ? "The last words could not be saved." : "Your text is saved."} One moment …`, "waiting");
  }
  for (const button of form?.querySelectorAll("button[name=do]") ?? []) button.disabled = true;
  const next = form?.dataset.continue ?? location.href;
  setTimeout(() => location.assign(next), Math.max(wait, 500));
}

function setUp() {
  for (const clock of clocks) clock.stop();
  draft?.stop();
  draft = null;
  const form = stage.querySelector("#answer-form");
  if (form) {
    draft = new Draft(form, stage.dataset.user);
    focusEditor();
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

// A save that is still under way would change the revision under the submission.
document.addEventListener("htmx:configRequest", (event) => {
  if (!draft || event.detail.elt !== draft.form) return;
  clearTimeout(draft.timer);
  draft.keepLocally();
  event.detail.parameters.base = draft.form.elements.base.value;
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== stage) return;
  const previous = draft;
  const ok = event.detail.xhr.status < 400;
  if (ok && previous) previous.forgetLocally();
  setUp();
  const heading = stage.querySelector("h1");
  if (!draft && heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
  document.title = heading ? `${heading.textContent.trim().slice(0, 60)} · Mock Interview` : document.title;
});

document.addEventListener("server-time", (event) => {
  for (const clock of clocks) clock.set(event.detail);
});

addEventListener("pagehide", () => draft?.leave());
addEventListener("online", () => draft?.save());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") draft?.save();
});

const keys = document.getElementById("keys");
function timeKey() {
  try {
    return localStorage.getItem(KEY_SETTING) || "t";
  } catch {
    return "t";
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "Enter" && draft) {
    event.preventDefault();
    draft.form.querySelector("button[value=submit]").click();
  } else if ((event.key === "?" && !typing) || (command && event.key === "/")) {
    event.preventDefault();
    keys?.showModal();
  } else if (event.altKey && event.key.toLowerCase() === timeKey()) {
    event.preventDefault();
    tellTime();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens-keys]")) keys?.showModal();
  if (event.target.closest("[data-closes-keys]")) keys?.close();
});

const keyField = document.getElementById("time-key");
if (keyField) {
  keyField.value = timeKey();
  keyField.addEventListener("input", () => {
    const letter = keyField.value.toLowerCase().replace(/[^a-z]/gu, "");
    if (letter) localStorage.setItem(KEY_SETTING, letter[0]);
  });
}

setUp();
