// A question that was typed and not saved is not left behind by a stray click.

const form = document.getElementById("question-form");
let unsaved = form?.hasAttribute("data-unsaved") ?? false;

form?.addEventListener("input", (event) => {
  if (!event.target.name?.startsWith("try_")) unsaved = true;
});
// Rows that were added or removed are typed text too.
form?.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.matches("section, .verified")) unsaved = true;
});
form?.addEventListener("submit", () => { unsaved = false; });
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
