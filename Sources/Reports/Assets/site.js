// Sorting and searching for browsers that run scripts; the pages are whole without them.
"use strict";
for (const table of document.querySelectorAll("table.sort")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => (row.cells[column] ? row.cells[column].textContent.trim() : "");
      const rows = [...table.tBodies[0].rows].map((row) => [key(row), row]);
      rows.sort((a, b) => a[0].localeCompare(b[0], "en", { numeric: true }) * (down ? -1 : 1));
      table.tBodies[0].append(...rows.map((entry) => entry[1]));
    });
  });
}
for (const input of document.querySelectorAll("input[data-rows]")) {
  const table = document.querySelector("table." + input.dataset.rows);
  if (!table) continue;
  const form = input.form;
  form.hidden = false;
  // Pages that are files have nobody to answer the form: typing is the search.
  if (form.dataset.file) {
    form.querySelector("button").hidden = true;
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  const rows = [...table.tBodies[0].rows].map((row) => {
    const titles = [...row.querySelectorAll("[title]")].map((part) => part.title);
    return [(row.textContent + " " + titles.join(" ")).toLowerCase(), row];
  });
  const none = document.querySelector("p.none");
  const narrow = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [text, row] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    if (none) none.hidden = shown > 0;
  };
  input.addEventListener("input", narrow);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && form.dataset.file) {
    input.value = asked;
    narrow();
  }
}
