// Keeps what is typed: a few seconds after typing stops the fields of the form go to the server as a stash. While the
// server does not take them they are kept in this browser (offline_copy.js) and sent again and again.
//
// What became of it stands in words in #saving-state, and is told by `desk:kept` on the document, detail
// {state, safe}: state is typing, kept, browser or lost; safe tells whether the form may be left without a warning.

"use strict";

import { copyOf, dropCopy, keepCopy, sendCopies } from "./offline_copy.js";

const AFTER = 1500; // milliseconds after the last key
const AT_LATEST = 8000; // after the first one that is not kept yet
const AGAIN = 5000; // after a failure
const MOST_IN_PASSING = 60_000; // bytes that a browser still sends for a page that goes away
const MACHINERY = ["csrfmiddlewaretoken", "form_step", "summary", "minor"];

const form = document.getElementById("article_form");
const about = document.getElementById("keeping");
if (form && about) {
  autosave();
}

function autosave() {
  const { stash: address, user } = about.dataset;
  const [id, stepField] = [form.elements.form_id.value, form.elements.form_step];
  const untouched = JSON.stringify(written());
  let step = Number(stepField.value);
  let kept = step; // the step that the server has
  let timer = 0;
  let since = 0; // when the first thing was typed that is not kept yet
  let sending = false;
  let leaving = false;
  let submitted = "";
  let failed = "";

  function written() {
    return [...new FormData(form)].filter(([name]) => !MACHINERY.includes(name));
  }

  function fields() {
    return new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")).toString();
  }

  function typed(event) {
    if (event.target.closest?.(".drop")) {
      return; // pictures that wait are no fields of the form
    }
    if (!event.isTrusted && step === kept && JSON.stringify(written()) === untouched) {
      return; // another script spoke, and changed nothing
    }
    if (leaving && JSON.stringify(written()) === submitted) {
      return;
    }
    leaving = false; // the answer has not come, or was not waited for: what is typed after it counts
    step += 1;
    stepField.value = step;
    since ||= Date.now();
    if (failed) {
      storeHere();
    } else {
      tell("typing", true);
    }
    plan(Math.min(AFTER, Math.max(0, since + AT_LATEST - Date.now())));
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, failed ? Math.max(wait, AGAIN) : wait);
  }

  async function send() {
    clearTimeout(timer);
    if (sending || leaving || step === kept) {
      return;
    }
    sending = true;
    const sent = step;
    const answer = await post(address, fields());
    sending = false;
    if (answer.kept) {
      arrived(sent, answer);
    } else {
      failed = answer.reason;
      storeHere();
      plan(AGAIN);
    }
  }

  function arrived(sent, answer) {
    kept = Math.max(kept, sent);
    failed = "";
    if (step === kept) {
      since = 0;
      dropCopy(user, id);
      tell("kept", true, answer.kept);
    } else {
      since = Date.now();
      tell("typing", true);
      plan(AFTER);
    }
  }

  // The server does not take it: this browser does, and the form is left with a warning only.
  function storeHere() {
    const stored = keepCopy(copyOf(user, id, address, step, fields()));
    tell(stored ? "browser" : "lost", false);
  }

  function tell(state, safe, time) {
    const words = document.getElementById("saving-state");
    if (words) {
      show(words, state, time);
    }
    document.dispatchEvent(new CustomEvent("desk:kept", { detail: { state, safe } }));
  }

  function show(words, state, time) {
    const say = about.dataset;
    // Said aloud when something is wrong: not at every pause.
    words.setAttribute("aria-live", failed ? "polite" : "off");
    words.dataset.state = state;
    let text = say.wordTyping;
    if (state === "kept") {
      text = say.wordKept.replace("%s", clock(time));
    } else if (state === "lost") {
      text = say.wordLost;
    } else if (state === "browser") {
      text = say[{ offline: "wordOffline", signed_out: "wordSignedOut", may_not: "wordMayNot", other_person: "wordOther" }[failed] ?? "wordBusy"];
    }
    if (words.firstChild?.textContent !== text) {
      words.replaceChildren(text);
      if (failed === "signed_out" && state === "browser") {
        words.append(" ", signInLink());
      }
    }
  }

  function signInLink() {
    const link = document.createElement("a");
    link.href = about.dataset.signIn;
    link.target = "_blank";
    link.textContent = about.dataset.wordSignIn;
    return link;
  }

  // A page that goes away says nothing more: what is small is still sent, all is kept here until the server has it.
  function passing() {
    clearTimeout(timer);
    if (leaving || step === kept) {
      return;
    }
    const body = fields();
    keepCopy(copyOf(user, id, address, step, body));
    if (!sending && body.length < MOST_IN_PASSING) {
      const sent = step;
      post(address, body, true).then((answer) => answer.kept && arrived(sent, answer));
    } else {
      send();
    }
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  document.addEventListener("formset:added", typed);
  document.addEventListener("formset:removed", typed);
  document.addEventListener("visibilitychange", () => (document.hidden ? passing() : send()));
  window.addEventListener("pagehide", passing);
  window.addEventListener("online", send);
  window.addEventListener("focus", () => failed && send());
  // The whole form goes now: what was planned would come too late. Should the answer never arrive, a copy is here.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.formTarget) {
      return; // it goes nowhere, or to another tab
    }
    leaving = true;
    submitted = JSON.stringify(written());
    clearTimeout(timer);
    stepField.value = step;
    keepCopy(copyOf(user, id, address, step, fields()));
    form.elements.csrfmiddlewaretoken.value = token() || form.elements.csrfmiddlewaretoken.value;
  });
  // Come back to by the browser's back button.
  window.addEventListener("pageshow", () => (leaving = false));

  sendCopies(user, id, post, offer);

  function offer(copy, answer) {
    if (copy.address !== address || document.querySelector(`[data-stash="${answer.stash}"]`)) {
      return;
    }
    const note = document.getElementById("kept-here").content.firstElementChild.cloneNode(true);
    note.dataset.stash = answer.stash;
    note.querySelector("time").textContent = new Date(copy.time).toLocaleString([], { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
    note.querySelector("a").href = `?stash=${answer.stash}`;
    document.getElementById("kept-offers").append(note);
  }
}

// Send fields to the server; return its answer: {kept: time or null, stash, state} or {kept: null, reason}.
async function post(address, body, keepalive = false) {
  try {
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token() };
    const response = await fetch(address, { method: "POST", headers, body, keepalive });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) {
      return await response.json();
    }
    return { kept: null, reason: response.status === 403 ? "signed_out" : "busy" };
  } catch {
    return { kept: null, reason: "offline" };
  }
}

// The token of this browser as it is now: signing in in another tab changes it.
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

function clock(time) {
  return new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
