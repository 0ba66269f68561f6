// Two texts for one question: both stay in sight, and the learner decides which one goes on.

function choice(text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "secondary";
  button.textContent = text;
  button.addEventListener("click", act);
  return button;
}

export function removeOther(form) {
  form.parentElement.querySelector(".other-text")?.remove();
}

export function showOther(form, { title, text, keep, use }) {
  removeOther(form);
  const box = document.createElement("div");
  box.className = "field other-text";
  const label = document.createElement("label");
  label.htmlFor = "other-text";
  label.textContent = title;
  const other = document.createElement("textarea");
  other.id = "other-text";
  other.rows = 8;
  other.readOnly = true;
  other.value = text;
  const row = document.createElement("p");
  row.className = "actions";
  row.append(choice("Keep the text above", keep), choice("Use this text instead", use));
  box.append(label, other, row);
  form.after(box);
}
