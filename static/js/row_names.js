// Names the tools of a row by their own word and the row's line: alone, “Move up” is like that of every other row.
// What the server makes is named so by articles/admin/row_html.py.

// `id` tells the tool from the others of its row.
export function nameByRow(tool, row, id) {
  const head = row.querySelector(".row-head");
  if (head) {
    tool.id = `${row.id}-${id}`;
    tool.setAttribute("aria-labelledby", `${tool.id} ${head.id}`);
  }
}
