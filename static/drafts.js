// Saving what is typed: to the server about a second after typing stops, and to this
// browser at once. Neither depends on any other script, so a blocked CDN changes nothing.

import { LocalCopy } from "./kept.js";
import { removeOther, showOther } from "./texts.js";
import { showCount } from "./words.js";

const PAUSE_MS = 1000;
const RETRY_MS = [2000, 4000, 8000, 15000];
const KEEPALIVE_LIMIT = 60000;

export class Draft {
  constructor(form, user) {
    this.form = form;
    this.field = form.elements.answer;
    this.state = form.querySelector("[data-save-state]");
    this.words = form.querySelector("[data-words]");
    this.copy = new LocalCopy(form, user);
    // A form that came back with an error holds text that the server has not saved; and a
    // quick typist has begun before this script has come.
    this.saved = form.dataset.unsaved ? null : this.field.defaultValue;
    this.sequence = 0;
    this.failures = 0;
    this.stopped = false;
    this.handedOver = false;
    this.running = null;
    this.timer = null;
    this.field.addEventListener("input", () => this.changed());
    this.count();
    if (form.dataset.unsaved) this.takeUp(form.dataset.unsaved);
    else this.restore();
  }

  takeUp(reason) {
    this.keepLocally();
    this.copy.left(this.field.value);
    if (reason !== "conflict") {
      this.plan(100);
      return;
    }
    const other = this.form.parentElement.querySelector(".other-text");
    this.hold(other.querySelector("label").textContent, other.querySelector("textarea").value, this.base);
    this.say("Not saved: choose one of the two texts.", "failed");
  }

  get base() {
    return Number(this.form.elements.base.value);
  }

  get dirty() {
    return this.field.value !== this.saved;
  }

  changed() {
    this.handedOver = false;
    this.count();
    this.keepLocally();
    if (this.stopped) return;
    this.say(this.dirty ? "Not saved yet" : "Saved", "waiting");
    this.plan(PAUSE_MS);
  }

  count() {
    showCount(this.field, this.words);
  }

  say(text, kind, link = null) {
    this.state.textContent = text;
    this.state.dataset.kind = kind;
    if (!link) return;
    const way = document.createElement("a");
    [way.textContent, way.href] = link;
    this.state.append(" ", way);
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  // One save at a time: the next one starts from the revision that this one returns.
  async save() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.dirty || this.stopped) return;
    this.running = this.send(this.field.value);
    try {
      await this.running;
    } finally {
      this.running = null;
    }
    if (this.dirty && !this.stopped && this.failures === 0) this.plan(PAUSE_MS);
  }

  request(text, extra = {}) {
    this.sequence += 1;
    return fetch(this.form.dataset.draft, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
      body: JSON.stringify({
        text,
        base: this.base,
        writer: this.form.elements.writer.value,
        sequence: this.sequence,
      }),
      redirect: "manual",
      ...extra,
    });
  }

  async send(text, retried = false) {
    this.say("Saving …", "waiting");
    let answer;
    try {
      answer = await this.request(text);
    } catch {
      this.failed();
      return;
    }
    if (answer.ok) this.accepted(text, await answer.json());
    else if (answer.status === 409) this.refused(await answer.json());
    else if (answer.status === 422) this.say("Too long to save: 20,000 characters at most", "failed");
    else if (answer.status >= 500) this.failed();
    else await this.renew(text, retried);
  }

  accepted(text, body) {
    this.saved = text;
    this.failures = 0;
    this.form.elements.base.value = body.revision;
    document.dispatchEvent(new CustomEvent("server-time", { detail: body.now }));
    const note = body.replaced ? " (characters that cannot be stored were replaced)" : "";
    this.say(`Saved ${body.saved_at}${note}`, "saved");
    if (!this.dirty) this.copy.forget();
  }

  failed() {
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    this.say(`Not saved, retrying in ${delay / 1000} s. A copy is kept in this browser.`, "failed");
    this.plan(delay);
  }

  // A token that has expired is replaced, once; an expired log-in needs the learner.
  async renew(text, retried) {
    let session;
    try {
      session = await (await fetch("/csrf-token", { cache: "no-store" })).json();
    } catch {
      this.failed();
      return;
    }
    if (!session.logged_in) {
      const logIn = ["Log in to go on", this.form.dataset.logIn];
      this.say("Not saved: you are logged out. A copy is kept in this browser.", "failed", logIn);
    } else if (retried) {
      this.say("Not saved: this account cannot write here. A copy is kept in this browser.", "failed");
    } else {
      for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = session.token;
      await this.send(text, true);
    }
  }

  refused(body) {
    if (body.reason === "newer") {
      this.hold("Saved from another page", body.text, body.revision);
      this.say("Not saved: another page has saved a newer text.", "failed");
    } else if (body.reason === "paused") {
      this.say("Not saved: the session is paused on another page.", "failed");
    } else {
      this.stopped = true;
      const onward = ["Go on", this.form.action];
      this.say("Not saved: this question is closed. Copy from here what you need.", "failed", onward);
    }
  }

  // Nothing is saved over the other text until the learner has chosen.
  hold(title, text, revision) {
    this.stopped = true;
    this.offer(title, text, revision);
  }

  offer(title, text, revision = null, chosen = () => {}) {
    const goOnWith = (choice) => {
      chosen();
      return this.overwrite(choice, revision ?? this.base);
    };
    showOther(this.form, {
      title,
      text,
      keep: () => goOnWith(this.field.value),
      use: () => goOnWith(text),
    });
  }

  async overwrite(text, revision) {
    removeOther(this.form);
    this.field.value = text;
    this.form.elements.base.value = revision;
    this.stopped = false;
    this.saved = null;
    this.count();
    this.keepLocally();
    await this.save();
    this.field.focus();
  }

  keepLocally() {
    this.copy.keep(this.field.value, this.base);
  }

  // A copy that is left here was typed but never confirmed by the server.
  restore() {
    const left = this.copy.left(this.field.value);
    const done = () => this.copy.forget(left.key);
    if (left && (this.dirty || (left.base < this.base && this.field.value))) {
      this.offer("Typed in this browser before and not saved", left.text, null, done);
      this.say("A text that was not saved is still in this browser: see below.", "waiting");
    } else if (left) {
      this.field.value = left.text;
    }
    if (this.dirty) this.changed();
    if (this.field.value !== left?.text) return;
    done();
    this.say("Brought back what had not been saved", "waiting");
  }

  // A form takes the text along; what it does not deliver is saved after all.
  handOver() {
    clearTimeout(this.timer);
    this.handedOver = true;
  }

  takeBack() {
    this.handedOver = false;
    this.plan(PAUSE_MS);
  }

  // The page is going away: one last save that outlives it.
  leave() {
    const long = this.field.value.length * 3 > KEEPALIVE_LIMIT;
    if (!this.dirty || this.stopped || this.handedOver || long) return;
    this.request(this.field.value, { keepalive: true }).catch(() => {});
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }
}
