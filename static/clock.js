// The server's clock on the page: a deadline, and how far this machine's clock is off.

const LAST_PART = 0.2;
const SLOWER_MS = 1000;
const SPOKEN_MS = [300000, 60000, 10000];
const HIDDEN_KEY = "clock-hidden";

const words = (ms) => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  if (minutes === 0) return `${seconds} seconds`;
  return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
};

const face = (ms) => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return (hours ? `${hours}:` : "") + parts.join(":");
};

const LABELS = { question: "This question", attempt: "Session" };

// A pill as the server makes it, for a clock that was not there when the page came.
export function pill(face, now) {
  const element = document.createElement("div");
  element.className = "clock";
  Object.assign(element.dataset, { clock: face.name, now });
  for (const name of ["deadline", "length", "grace"]) element.dataset[name] = face[name];
  const label = document.createElement("span");
  label.className = "clock-label";
  label.textContent = LABELS[face.name];
  const time = document.createElement("time");
  time.className = "clock-face";
  element.append(label, time);
  return element;
}

export class Clock {
  constructor(element, announce, onEnd) {
    this.element = element;
    this.time = element.querySelector("time");
    this.deadline = Number(element.dataset.deadline);
    this.length = Number(element.dataset.length);
    this.grace = Number(element.dataset.grace);
    this.announce = announce;
    this.onEnd = onEnd;
    this.set(Number(element.dataset.now));
    this.arm();
    this.tick();
    this.timer = setInterval(() => this.tick(), 500);
  }

  // From then on time is measured on a clock that no one can turn.
  set(serverNow) {
    this.start = performance.now();
    this.serverStart = serverNow;
  }

  get name() {
    return this.element.dataset.clock;
  }

  // What lies ahead is announced when it comes; a clock that had stopped goes on.
  arm() {
    this.thresholds = [this.length * 0.5, this.length * 0.25, ...SPOKEN_MS]
      .filter((ms) => ms < this.left())
      .sort((a, b) => b - a);
    this.ended = false;
  }

  // The server has moved the deadline: by how much, in milliseconds.
  move(face) {
    const added = face.deadline - this.deadline;
    Object.assign(this, { length: face.length, grace: face.grace });
    if (added === 0) return 0;
    this.deadline = face.deadline;
    this.element.dataset.deadline = face.deadline;
    this.time.dateTime = new Date(face.deadline).toISOString();
    this.arm();
    this.tick();
    return added;
  }

  left() {
    return this.deadline - (this.serverStart + performance.now() - this.start);
  }

  tick() {
    if (!this.element.isConnected) {
      clearInterval(this.timer);
      return;
    }
    const left = this.left();
    this.time.textContent = face(left);
    this.element.classList.toggle("last-part", left <= this.length * LAST_PART);
    if (this.thresholds.length && left <= this.thresholds[0]) {
      while (this.thresholds.length && left <= this.thresholds[0]) this.thresholds.shift();
      this.announce(this.sentence());
    }
    if (left <= 0 && !this.ended) {
      this.ended = true;
      // A little longer than the server waits, so that it has handed in by then.
      this.onEnd(this.grace + SLOWER_MS + left);
    }
  }

  sentence() {
    const what = this.element.dataset.clock === "question" ? "for this question" : "in this session";
    return `${words(this.left())} left ${what}`;
  }

  stop() {
    clearInterval(this.timer);
  }
}

// The pill can be hidden by those whom it makes nervous; the choice stays in this browser.
export function hideable(box) {
  let hidden = false;
  try {
    hidden = localStorage.getItem(HIDDEN_KEY) === "yes";
  } catch {
    hidden = false;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button clock-toggle";
  const show = () => {
    box.classList.toggle("clocks-hidden", hidden);
    button.textContent = hidden ? "Show clock" : "Hide clock";
  };
  button.addEventListener("click", () => {
    hidden = !hidden;
    try {
      localStorage.setItem(HIDDEN_KEY, hidden ? "yes" : "no");
    } catch {
      // The choice holds for this page then.
    }
    show();
  });
  show();
  box.append(button);
}
