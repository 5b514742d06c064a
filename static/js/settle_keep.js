// Keeps how a conflict is settled while it is: the choices and what is written anew go to the server a moment after the
// last one. While the server does not take them, the page is left with a warning only.

"use strict";

const AFTER = 1500; // milliseconds
const AGAIN = 5000; // after a failure
const [KEPT, TOO_LARGE] = [204, 413]; // what the server answers
const form = document.getElementById("settle_form");
const state = document.getElementById("settle-state");
let [made, kept] = [0, 0]; // How many choices were made, and how many of them the server has.
let timer = 0;

form.addEventListener("input", ({ target }) => {
  // Who writes something anew wants it to stand.
  if (target.matches("textarea[name^='text-']") && target.value.trim()) {
    form.querySelector(`[name="way-${CSS.escape(target.name.slice(5))}"][value="edit"]`).checked = true;
  }
  made += 1;
  tell(state.dataset.wordTyping);
  window.addEventListener("beforeunload", warn);
  plan(AFTER);
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  window.removeEventListener("beforeunload", warn);
  freshen();
});
window.addEventListener("online", keep);

function warn(event) {
  event.preventDefault();
}

function plan(wait) {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

async function keep() {
  if (made === kept) return;
  const sent = made;
  const status = await post();
  if (status === TOO_LARGE) {
    tell(state.dataset.wordFull); // Until something else is written: the same is refused again.
  } else if (status !== KEPT) {
    tell(state.dataset.wordAway);
    plan(AGAIN);
  } else {
    kept = sent;
    if (made !== kept) return;
    window.removeEventListener("beforeunload", warn);
    tell(state.dataset.wordKept);
  }
}

async function post() {
  freshen();
  const fields = new URLSearchParams([...new FormData(form), ["_quietly", "1"]]);
  try {
    const response = await fetch(location.href, { method: "POST", body: fields, redirect: "error" });
    return response.status;
  } catch {
    return 0;
  }
}

// The token of this browser as it is now: signing in in another tab changes it.
function freshen() {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token) form.elements.csrfmiddlewaretoken.value = token;
}

function tell(words) {
  if (state.textContent !== words) state.textContent = words;
}
