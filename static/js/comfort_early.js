// What the reader chose holds from the first paint on: a classic script, since modules come after it.
try {
  Object.assign(document.documentElement.dataset, JSON.parse(localStorage.reading));
} catch {
  // Nothing was chosen, or the browser keeps nothing.
}
