// Keys of the question page: submit, the list of all keys, and the one that tells the time.

const KEY_SETTING = "time-key";

function timeKey() {
  try {
    return localStorage.getItem(KEY_SETTING) || "t";
  } catch {
    return "t";
  }
}

function tellsTime(event) {
  const letter = timeKey();
  // Where Alt writes another character, the key itself is what was meant.
  return event.altKey && (event.key.toLowerCase() === letter || event.code === `Key${letter.toUpperCase()}`);
}

function onKey(event, list, actions) {
  const typing = event.target.matches("input, textarea, select");
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "Enter" && document.getElementById("answer-form")) {
    event.preventDefault();
    // A key that is held down would hand in the next question as well.
    if (!event.repeat && !list?.open) actions.submit();
  } else if ((event.key === "?" && !typing) || (command && event.key === "/")) {
    event.preventDefault();
    if (!list?.open) list?.showModal();
  } else if (tellsTime(event)) {
    event.preventDefault();
    actions.tellTime();
  }
}

function offerTimeKey(field) {
  field.value = timeKey();
  field.addEventListener("input", () => {
    const letter = field.value.toLowerCase().replace(/[^a-z]/gu, "");
    if (letter) localStorage.setItem(KEY_SETTING, letter[0]);
  });
}

export function listenForKeys(actions) {
  const list = document.getElementById("keys");
  document.addEventListener("keydown", (event) => onKey(event, list, actions));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens-keys]")) list?.showModal();
    if (event.target.closest("[data-closes-keys]")) list?.close();
  });
  const field = document.getElementById("time-key");
  if (field) offerTimeKey(field);
}
