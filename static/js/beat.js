// Asks while the form is in sight who else is at the article, and whether a newer revision is there; tells it without
// reloading. What cannot be asked now is asked again later.

const EVERY = 15_000;
const place = document.getElementById("beat");
const base = document.getElementById("id_base_revision");
let asking = false;

function say(element, words) {
  // Said again only when it says something else: a screen reader reads every change.
  if (element.textContent !== words) element.textContent = words;
}

function show({ here, newer }) {
  const present = place.querySelector(".beat-here");
  say(present, here);
  present.hidden = !here;
  const note = place.querySelector(".beat-newer");
  if (newer) {
    say(note.querySelector("span"), newer.said);
    note.querySelector("a").href = newer.compare;
    say(note.querySelector(".beat-safe"), newer.safe);
  }
  note.hidden = !newer;
}

async function ask() {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const answer = await fetch(`${place.dataset.address}?base=${encodeURIComponent(base.value)}`, {
      headers: { Accept: "application/json" },
      redirect: "error",
    });
    if (answer.ok) show(await answer.json());
  } catch {
    // No connection, or the session ended: whoever keeps the text says so.
  } finally {
    asking = false;
  }
}

if (place && base) {
  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
