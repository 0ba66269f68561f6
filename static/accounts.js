// Forms about accounts: a guess at the time zone, and passwords that can be looked at.

for (const list of document.querySelectorAll("select[data-detects-zone]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...list.options].find((option) => option.value === here);
  if (known) known.selected = true;
}

for (const field of document.querySelectorAll("input[data-show-password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide password" : "Show password";
    button.setAttribute("aria-controls", field.id);
  };
  show(false);
  button.addEventListener("click", () => show(field.type === "password"));
  // What is sent, and what a browser offers to keep, is a password again.
  field.form.addEventListener("submit", () => show(false));
  field.after(button);
}
