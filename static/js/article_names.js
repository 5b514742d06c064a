// Titles and names of all articles, asked of the desk and remembered while the form is open.

const { complete } = document.getElementById("markup-editor").dataset;
const MOST = 200;
const known = new Map();

// Return [{name, title, description, published}] for what was typed; nothing where the desk cannot be asked.
export async function findArticles(typed, signal) {
  const query = typed.trim();
  if (known.has(query)) return known.get(query);
  try {
    const answer = await fetch(`${complete}?${new URLSearchParams({ q: query })}`, { signal });
    if (!answer.ok) return [];
    const { articles } = await answer.json();
    if (known.size >= MOST) known.delete(known.keys().next().value);
    known.set(query, articles);
    return articles;
  } catch {
    return []; // left behind by further typing, or no connection
  }
}
