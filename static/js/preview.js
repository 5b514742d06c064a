// Asks the site how the unsaved form would look and what is wrong with it, whenever typing rests, and tells everybody by
// `desk:checked` on the document, detail {html, blocks, problems, summary}; html is null where the form cannot be read.

"use strict";

const REST = 100; // milliseconds without typing
const form = document.getElementById("article_form");
const panel = document.getElementById("panel-preview");

if (form && panel?.dataset.address) {
  keepChecking(panel.dataset.address, document.getElementById("preview-state"));
  panel.querySelector("[formaction]").addEventListener("click", openTab);
}

function keepChecking(address, state) {
  let timer = 0;
  let asking = false;
  let answered = null; // What the last answer was given to: nothing is asked twice.

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(check, REST);
  }

  async function check() {
    if (asking) {
      return; // The answer under way comes back here.
    }
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const text = new URLSearchParams(fields).toString();
    if (text === answered) {
      return;
    }
    asking = true;
    const answer = await ask(address, text);
    asking = false;
    say(answer.state);
    if (answer.found) {
      answered = text;
      document.dispatchEvent(new CustomEvent("desk:checked", { detail: answer.found }));
      typed();
    }
  }

  function say(name) {
    const words = name ? state.dataset[name] : "";
    if (state.textContent !== words) {
      state.textContent = words;
    }
  }

  for (const happened of ["input", "change", "formset:added", "formset:removed"]) {
    document.addEventListener(happened, (event) => {
      if (form.contains(event.target) || happened.startsWith("formset")) {
        typed();
      }
    });
  }
  window.addEventListener("online", typed);
  // Of a new article nobody needs to hear that it has no title yet.
  if (form.elements.title.value.trim() || form.elements.body.value.trim()) {
    check();
  }
}

// The button sends the form to another tab. Nobody here must take that for a save, so no `submit` is told.
function openTab(event) {
  const { formAction, formTarget } = event.currentTarget;
  event.preventDefault();
  form.elements.csrfmiddlewaretoken.value = token() || form.elements.csrfmiddlewaretoken.value;
  form.setAttribute("action", formAction);
  form.setAttribute("target", formTarget);
  HTMLFormElement.prototype.submit.call(form);
  form.removeAttribute("action");
  form.removeAttribute("target");
}

// The token of this browser as it is now: signing in in another tab changes it.
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

async function ask(address, text) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body: text,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token() },
    });
  } catch {
    return { state: "away" };
  }
  if (response.redirected) {
    return { state: "signedOut" };
  }
  if (response.status >= 500) {
    return { state: "away" };
  }
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    return { state: "refused" };
  }
  const found = await response.json();
  return { found, state: found.html === null ? "unreadable" : "" };
}
