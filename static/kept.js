// What was typed and is not yet confirmed by the server: a copy in this browser.

export class LocalCopy {
  constructor(form, user) {
    this.key = `draft:${user}:${form.dataset.attempt}:${form.dataset.position}`;
    this.writer = form.elements.writer.value;
  }

  keep(text, base) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text, base, writer: this.writer }));
    } catch {
      // Storage is full or forbidden: the server's copy is the one that counts.
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  remove() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }

  // Another tab on the same question may have put its own text here since.
  forget() {
    if (this.read()?.writer === this.writer) this.remove();
  }
}
