// Saving what is typed: to the server about a second after typing stops, and to this
// browser at once. Neither depends on any other script, so a blocked CDN changes nothing.

const PAUSE_MS = 1000;
const RETRY_MS = [2000, 4000, 8000, 15000];
const KEEPALIVE_LIMIT = 60000;

export class Draft {
  constructor(form, user) {
    this.form = form;
    this.field = form.elements.answer;
    this.state = form.querySelector("[data-save-state]");
    this.words = form.querySelector("[data-words]");
    this.key = `draft:${user}:${form.dataset.attempt}:${form.dataset.position}`;
    // A form that came back with an error holds text that the server has not saved.
    this.saved = form.dataset.unsaved ? null : this.field.value;
    this.sequence = 0;
    this.failures = 0;
    this.stopped = false;
    this.running = null;
    this.timer = null;
    this.field.addEventListener("input", () => this.changed());
    this.count();
    if (form.dataset.unsaved === "conflict") this.hold();
    else if (form.dataset.unsaved) this.plan(100);
    else this.restore();
  }

  // Two texts are on the page already: nothing is saved over the other one unasked.
  hold() {
    this.stopped = true;
    this.keepLocally();
    this.say("Not saved: choose one of the two texts.", "failed");
  }

  get base() {
    return Number(this.form.elements.base.value);
  }

  get dirty() {
    return this.field.value !== this.saved;
  }

  changed() {
    this.count();
    this.keepLocally();
    if (this.stopped) return;
    this.say(this.dirty ? "Not saved yet" : "Saved", "waiting");
    this.plan(PAUSE_MS);
  }

  count() {
    const text = this.field.value.trim();
    const words = text ? text.split(/\s+/u).length : 0;
    const limit = Number(this.field.dataset.limit);
    const characters = [...this.field.value].length;
    const over = characters > limit;
    this.words.textContent = over
      ? `${characters.toLocaleString("en")} of ${limit.toLocaleString("en")} characters: too long to save`
      : `${words} ${words === 1 ? "word" : "words"}`;
    this.words.classList.toggle("over", over);
  }

  say(text, kind) {
    this.state.textContent = text;
    this.state.dataset.kind = kind;
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
    if (!this.dirty) this.forgetLocally();
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
    if (session.logged_in && !retried) {
      for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = session.token;
      await this.send(text, true);
      return;
    }
    this.askToLogIn();
  }

  askToLogIn() {
    const link = document.createElement("a");
    link.href = this.form.dataset.logIn;
    link.textContent = "Log in to go on";
    this.say("Not saved: you are logged out. A copy is kept in this browser. ", "failed");
    this.state.append(link);
  }

  refused(body) {
    if (body.reason === "newer") {
      this.stopped = true;
      this.showOther(body.text, body.revision);
      this.say("Not saved: another page has saved a newer text.", "failed");
    } else if (body.reason === "paused") {
      this.say("Not saved: the session is paused on another page.", "failed");
    } else {
      this.stopped = true;
      this.say("Not saved: this question is closed. A copy is kept in this browser.", "failed");
    }
  }

  // Both texts stay in sight; the learner decides which one goes on.
  showOther(text, revision) {
    this.form.parentElement.querySelector(".other-text")?.remove();
    const box = document.createElement("div");
    box.className = "field other-text";
    const label = document.createElement("label");
    label.htmlFor = "other-text";
    label.textContent = "Saved from another page";
    const other = document.createElement("textarea");
    other.id = "other-text";
    other.rows = 8;
    other.readOnly = true;
    other.value = text;
    const row = document.createElement("p");
    row.className = "actions";
    row.append(
      this.choice("Keep my text", () => this.overwrite(revision)),
      this.choice("Use the other text", () => {
        this.field.value = text;
        this.overwrite(revision);
      }),
    );
    box.append(label, other, row);
    this.form.after(box);
  }

  choice(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "secondary";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }

  async overwrite(revision) {
    this.form.elements.base.value = revision;
    this.form.parentElement.querySelector(".other-text")?.remove();
    this.stopped = false;
    this.saved = null;
    this.count();
    await this.save();
    this.field.focus();
  }

  keepLocally() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.field.value, base: this.base }));
    } catch {
      // Storage is full or forbidden: the server's copy is the one that counts.
    }
  }

  forgetLocally() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }

  // A copy that is left here was typed but never confirmed by the server.
  restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key));
    } catch {
      return;
    }
    if (!kept) return;
    if (kept.text === this.field.value) {
      this.forgetLocally();
      return;
    }
    if (kept.base < this.base && this.field.value) {
      this.showOther(kept.text, this.base);
      this.say("A text that was not sent is still in this browser.", "waiting");
      return;
    }
    this.field.value = kept.text;
    this.say("Brought back what had not been sent yet", "waiting");
    this.plan(100);
  }

  // The page is going away: one last save that outlives it.
  leave() {
    if (!this.dirty || this.stopped || this.field.value.length * 3 > KEEPALIVE_LIMIT) return;
    this.request(this.field.value, { keepalive: true }).catch(() => {});
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }
}
