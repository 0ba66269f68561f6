// Buttons that copy a field: <button data-copies="field-id">. Without scripts the field can be
// selected and copied by hand, and the buttons are not shown.

const copy = async (button) => {
  const field = document.getElementById(button.dataset.copies);
  const said = document.querySelector(`[data-copied-at="${button.dataset.copies}"]`);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied";
  } catch {
    // Plain HTTP, or the browser was told not to allow it.
    said.textContent = "Selected: copy it with the keyboard";
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copies]");
  if (button) copy(button);
});
