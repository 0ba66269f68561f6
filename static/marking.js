// Single keys for those who grade: each does what a link, a button or a choice of the page does.

const SETTING = "marking-keys";
const TYPED_INTO = "textarea, select, input:not([type=radio], [type=checkbox])";

function inUse() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

function remember(wanted) {
  try {
    localStorage.setItem(SETTING, wanted ? "on" : "off");
  } catch {
    // Where nothing can be kept, the keys stay as they are.
  }
}

// The key point that holds the focus, or held it last.
let point = null;

function choose(digit) {
  point ??= document.querySelector("[data-point]");
  const choice = point?.querySelector(`input[data-key="${digit}"]`);
  if (!choice) return;
  choice.checked = true;
  choice.focus();
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

function press(key) {
  const target = document.querySelector(`:is(a, button)[data-key="${CSS.escape(key)}"]`);
  target?.click();
  return Boolean(target);
}

function onKey(event) {
  const list = document.getElementById("keys");
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || list?.open) return;
  if (event.target.matches?.(TYPED_INTO)) return;
  if (event.key === "?") {
    event.preventDefault();
    list?.showModal();
  } else if (inUse() && /^[1-4]$/u.test(event.key)) {
    choose(event.key);
  } else if (inUse() && /^[ncph]$/u.test(event.key) && press(event.key)) {
    event.preventDefault();
  }
}

// What was entered and not sent is asked about before the page is left. The remarks stand among
// the answers and have forms of their own: sending one sends nothing of the others.
function guard(decision) {
  const entered = new Set();
  const note = (event) => entered.add(event.target.form);
  decision.addEventListener("input", note);
  decision.addEventListener("change", note);
  document.addEventListener("submit", (event) => entered.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if (entered.size) event.preventDefault();
  });
}

function setUpList() {
  const list = document.getElementById("keys");
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens-keys]")) list?.showModal();
    if (event.target.closest("[data-closes-keys]")) list?.close();
  });
  const setting = document.getElementById("keys-on");
  if (!setting) return;
  setting.checked = inUse();
  setting.addEventListener("change", () => remember(setting.checked));
}

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", (event) => {
  point = event.target.closest("[data-point]") ?? point;
});
setUpList();
const decision = document.getElementById("decide");
if (decision) guard(decision);
