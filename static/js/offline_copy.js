// Copies of forms in this browser, for what the server has not got: by person and form. They are sent to the server as
// soon as it can be reached again, and dropped when it has them.

"use strict";

const PREFIX = "kalbajar-copy";

function nameOf(user, id) {
  return `${PREFIX}:${user}:${id}`;
}

// One copy: `fields` as they are sent, urlencoded; `address` takes them; `step` counts what was typed.
export function copyOf(user, id, address, step, fields) {
  return { user, id, address, step, fields, time: Date.now() };
}

// Store a copy; tell whether it is stored: a private window may refuse, the place may be full.
export function keepCopy(copy) {
  try {
    localStorage.setItem(nameOf(copy.user, copy.id), JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function dropCopy(user, id) {
  try {
    localStorage.removeItem(nameOf(user, id));
  } catch {
    // There is no storage, and no copy.
  }
}

function copies(user) {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(nameOf(user, "")))
      .map((name) => JSON.parse(localStorage.getItem(name)));
  } catch {
    return [];
  }
}

// Send this person's copies by `post(address, fields)`. What the server took is dropped here; what waits there now, and
// is not the form `id` itself, is handed to `offer(copy, answer)`.
export async function sendCopies(user, id, post, offer) {
  for (const copy of copies(user)) {
    const answer = await post(copy.address, copy.fields);
    if (!answer.kept) {
      continue;
    }
    // Typed on meanwhile, in another window: then it is a newer copy.
    if (copies(user).find((one) => one.id === copy.id)?.step === copy.step) {
      dropCopy(user, copy.id);
    }
    if (answer.state !== "recorded" && copy.id !== id) {
      offer(copy, answer);
    }
  }
}
