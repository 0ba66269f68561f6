// Every page: errors told beside what was typed, local copies cleared, keys listed.

const LOCAL_PREFIX = "draft:";

function removeLocal(matches) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(LOCAL_PREFIX) && matches(key)) localStorage.removeItem(key);
    }
  } catch {
    // A browser without storage has no copies to clear.
  }
}

// Logging out says that somebody else may use this browser next.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-clears-drafts]")) removeLocal(() => true);
});

// A finished attempt is safe on the server.
for (const done of document.querySelectorAll("[data-finished-attempt]")) {
  const own = `${LOCAL_PREFIX}${done.dataset.user}:${done.dataset.finishedAttempt}:`;
  removeLocal((key) => key.startsWith(own));
}

function tell(text) {
  const place = document.querySelector(".notices");
  if (!place) return;
  // A page that refreshes by itself would jump to the same words over and over.
  if (place.textContent === text) return;
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.dataset.kind = "error";
  notice.dataset.told = "";
  notice.textContent = text;
  place.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => {
  tell("The server cannot be reached. What you typed is still here: try again in a moment.");
});

document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  const told = answer.status < 500 && answer.getResponseHeader("HX-Reswap") !== "none";
  if (!told) tell(`That did not work (${answer.status}). What you typed is still here: try again.`);
});

// What a page was opened with stays while it refreshes by itself.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = event.detail;
  const old = elt.matches("[hx-trigger^='every']") ? ".notices > [data-told]" : ".notices > *";
  if (successful) for (const notice of document.querySelectorAll(old)) notice.remove();
});

document.documentElement.classList.add("has-script");
