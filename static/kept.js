// What was typed and is not yet confirmed by the server: copies in this browser, one of each
// open page, so that two tabs on one question do not overwrite each other.

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export class LocalCopy {
  constructor(form, user) {
    this.question = `draft:${user}:${form.dataset.attempt}:${form.dataset.position}:`;
    this.key = this.question + form.elements.writer.value;
  }

  keep(text, base) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text, base }));
    } catch {
      // Storage is full or forbidden: the server's copy is the one that counts.
    }
  }

  forget(key = this.key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }

  // A copy that another page left of a text which is not the present one.
  left(present) {
    let keys = [];
    try {
      keys = Object.keys(localStorage);
    } catch {
      return null;
    }
    let found = null;
    for (const key of keys.filter((one) => one.startsWith(this.question) && one !== this.key)) {
      const kept = read(key);
      if (!kept || kept.text === present) this.forget(key);
      else found = { ...kept, key };
    }
    return found;
  }
}
