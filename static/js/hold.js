// Holds a place of the page where it is while editors and pictures come in later and push it about: `put` scrolls there,
// again whenever `content` changes its size, until somebody moves by themselves or all is there.

const MILLISECONDS = 1500;

export function hold(put, content) {
  const watcher = new ResizeObserver(put);
  const stop = () => watcher.disconnect();
  put();
  watcher.observe(content);
  for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(moved, stop, { once: true, passive: true });
  }
  const end = () => setTimeout(stop, MILLISECONDS);
  if (document.readyState === "complete") {
    end();
  } else {
    window.addEventListener("load", () => { put(); end(); });
  }
}
