// Points and times that were typed and not sent are not left behind by a stray click.

let sent = false;

function typed() {
  const fields = document.querySelectorAll("#slots-form .slot-field input");
  return [...fields].some((field) => field.value !== field.defaultValue);
}

document.addEventListener("submit", (event) => {
  if (event.target.id === "slots-form") sent = true;
});
document.addEventListener("htmx:afterSwap", () => { sent = false; });
document.addEventListener("htmx:responseError", () => { sent = false; });
document.addEventListener("htmx:sendError", () => { sent = false; });
window.addEventListener("beforeunload", (event) => {
  if (!sent && typed()) event.preventDefault();
});
