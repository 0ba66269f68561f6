// Telling the server that an assigned attempt can be seen, and hearing how its clocks stand.
// Nothing is said of failures here: the draft saver tells of a server that is out of reach.

const EVERY_MS = 10000;
const PATIENCE_MS = 8000;

export class Presence {
  constructor(stage, hear) {
    this.stage = stage;
    this.hear = hear;
    this.asking = null;
    setInterval(() => this.report(), EVERY_MS);
    document.addEventListener("visibilitychange", () => this.report());
    this.report();
  }

  // One report at a time; whoever asks meanwhile waits for its answer.
  async report() {
    const place = this.stage.querySelector("[data-presence]");
    if (!place || document.visibilityState === "hidden") return;
    this.asking ??= this.ask(place).finally(() => {
      this.asking = null;
    });
    await this.asking;
  }

  async ask(place) {
    try {
      const answer = await fetch(place.dataset.presence, {
        method: "PUT",
        headers: { "X-CSRFToken": this.stage.querySelector("input[name=csrf_token]").value },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!answer.ok) return;
      const heard = await answer.json();
      // Of a question that was swapped out meanwhile the clocks say nothing any more.
      if (place.isConnected) this.hear(heard);
    } catch {
      // The next report comes soon enough.
    }
  }
}
