// Arrow keys move from cell to cell of the gradebook. Without this script every cell's link is
// reached by Tab; with it the whole table is one stop, as tables of spreadsheet programs are.

const TABLE = "[data-grid]";

// A row whose cells hold several links counts as several rows.
function rowsOf(table) {
  return [...table.rows].flatMap((row) => {
    const cells = [...row.cells].map((cell) => [...cell.querySelectorAll("a")]);
    const deep = Math.max(...cells.map((links) => links.length));
    return Array.from({ length: deep }, (_, level) => cells.map((links) => links[level] ?? null));
  });
}

function setUp(table) {
  if (table.getAttribute("role") === "grid") return;
  table.setAttribute("role", "grid");
  const links = [...table.querySelectorAll("a")];
  for (const link of links) link.tabIndex = -1;
  const first = table.tBodies[0]?.querySelector("a") ?? links[0];
  if (first) first.tabIndex = 0;
  // The box is scrolled by its cells from now on, and no stop of its own is needed.
  table.parentElement.removeAttribute("tabindex");
}

function place(rows, link) {
  const y = rows.findIndex((row) => row.includes(link));
  return y < 0 ? null : [rows[y].indexOf(link), y];
}

function walk(rows, [x, y], [dx, dy]) {
  // Cells without a link are stepped over.
  for (let [i, j] = [x + dx, y + dy]; rows[j] && i >= 0 && i < rows[j].length; i += dx, j += dy) {
    if (rows[j][i]) return rows[j][i];
  }
  return null;
}

const linksOf = (row) => row.filter(Boolean);

function target(event, rows, at) {
  const forward = getComputedStyle(event.target).direction === "rtl" ? -1 : 1;
  const steps = {
    ArrowRight: [forward, 0],
    ArrowLeft: [-forward, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
  };
  if (steps[event.key]) return walk(rows, at, steps[event.key]);
  const edge = event.ctrlKey ? rows.flatMap(linksOf) : linksOf(rows[at[1]]);
  if (event.key === "Home") return edge[0];
  if (event.key === "End") return edge.at(-1);
  return null;
}

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.(`${TABLE} a`);
  if (!link || event.altKey || event.metaKey || event.shiftKey) return;
  const rows = rowsOf(link.closest(TABLE));
  const at = place(rows, link);
  const next = at && target(event, rows, at);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.(`${TABLE} a`);
  if (!link) return;
  for (const other of link.closest(TABLE).querySelectorAll('a[tabindex="0"]')) other.tabIndex = -1;
  link.tabIndex = 0;
});

const setUpAll = () => document.querySelectorAll(TABLE).forEach(setUp);
document.addEventListener("htmx:afterSwap", setUpAll);
setUpAll();
