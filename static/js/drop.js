// Pictures dropped onto the desk: a card for each with the words that it needs, then one upload after the other. What is
// in the library is told by `desk:image` on the document, detail {image, alt, name, say}: `image` as the site answered,
// `say` adds a node to what is told about it.

"use strict";

const drop = document.getElementById("drop");

if (drop) {
  const cards = drop.querySelector(".drop-cards");
  const send = drop.querySelector(".drop-send");
  const said = drop.querySelector(".drop-said");
  const files = drop.querySelector(".drop-files");
  const place = drop.closest(".inline-group") ?? drop;
  let made = 0;
  drop.hidden = false;

  files.addEventListener("change", () => {
    take(files.files);
    files.value = "";
  });

  // A picture that misses its place must not take the page away.
  for (const happened of ["dragover", "drop"]) {
    document.addEventListener(happened, (event) => {
      if (event.dataTransfer?.types.includes("Files") && !event.target.closest?.("input[type=file]")) {
        event.preventDefault();
      }
    });
  }
  place.addEventListener("dragover", () => drop.classList.add("is-over"));
  place.addEventListener("dragleave", (event) => {
    if (!place.contains(event.relatedTarget)) {
      drop.classList.remove("is-over");
    }
  });
  place.addEventListener("drop", (event) => {
    drop.classList.remove("is-over");
    take(event.dataTransfer.files);
  });

  const button = send.querySelector("button");
  button.addEventListener("click", async () => {
    await sendAll();
    keepFocus();
  });

  // Whoever saves the article means the pictures too: they go first, and nothing is saved while one is refused.
  if (drop.dataset.into === "article") {
    window.addEventListener("submit", async (event) => {
      const { target: form, submitter } = event;
      if (!cards.children.length || !form.contains(drop)) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      await sendAll();
      if (cards.children.length) {
        lead(cards.firstElementChild);
      } else {
        form.requestSubmit(submitter);
      }
    }, true);
  }
  window.addEventListener("beforeunload", (event) => {
    if (cards.children.length) {
      event.preventDefault();
    }
  });

  async function sendAll() {
    if (button.disabled) {
      return;
    }
    button.disabled = true;
    for (const card of [...cards.children]) {
      await sendCard(card); // One after the other: the site encodes one picture at a time.
    }
    button.disabled = false;
    offer();
  }

  function lead(card) {
    card.scrollIntoView({ block: "center" });
    card.querySelector("[data-word]").focus({ preventScroll: true });
  }

  // What had the focus is disabled or gone. Whoever went elsewhere meanwhile stays there.
  function keepFocus() {
    const active = document.activeElement;
    if (active && active !== document.body && active !== button) {
      return;
    }
    if (cards.children.length) {
      lead(cards.firstElementChild);
    } else {
      files.focus();
    }
  }

  function take(some) {
    const taken = [...some].map((file) => {
      const card = makeCard(file);
      cards.append(card);
      return card;
    });
    offer();
    taken[0]?.querySelector("[data-word]").focus();
  }

  function offer() {
    send.hidden = !cards.children.length;
  }

  function makeCard(file) {
    const card = drop.querySelector("template").content.cloneNode(true).firstElementChild;
    card.file = file;
    card.querySelector(".drop-name").textContent = `${file.name} · ${sizeOf(file)}`;
    showPicture(card.querySelector("img"), file);
    // Who made one picture often made the next.
    const before = cards.lastElementChild;
    for (const word of ["credit", "licence"]) {
      wordOf(card, word).value = before ? wordOf(before, word).value : "";
    }
    card.querySelector(".drop-away").addEventListener("click", () => {
      const next = card.nextElementSibling ?? card.previousElementSibling;
      card.remove();
      offer();
      (next?.querySelector(".drop-away") ?? files).focus();
    });
    const errors = card.querySelector(".errorlist");
    errors.id = `drop-errors-${(made += 1)}`;
    card.querySelector("[data-word]").setAttribute("aria-describedby", errors.id);
    return card;
  }

  async function sendCard(card) {
    const errors = card.querySelector(".errorlist");
    errors.replaceChildren();
    const answer = await upload(card);
    if (!answer.image) {
      errors.append(...answer.problems.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
      return;
    }
    const line = document.createElement("span");
    const link = Object.assign(document.createElement("a"), {
      href: answer.image.change, target: "_blank", textContent: answer.image.label,
    });
    line.append(answer.image.known ? drop.dataset.known : drop.dataset.done, " ", link, ". ");
    said.append(line);
    const detail = { image: answer.image, alt: wordOf(card, "alt")?.value ?? "", name: card.file.name, say: (node) => line.append(node) };
    document.dispatchEvent(new CustomEvent("desk:image", { detail }));
    card.remove();
  }

  function upload(card) {
    const progress = card.querySelector("progress");
    const fields = new FormData();
    fields.append("file", card.file);
    for (const word of ["credit", "licence"]) {
      fields.append(word, wordOf(card, word).value);
    }
    // `fetch` does not tell how far an upload is.
    const request = new XMLHttpRequest();
    request.open("POST", drop.dataset.address);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "");
    request.upload.addEventListener("progress", (event) => {
      progress.value = event.loaded / (event.total || 1);
    });
    progress.hidden = false;
    return new Promise((resolve) => {
      request.addEventListener("loadend", () => {
        progress.hidden = true;
        progress.value = 0;
        resolve(read(request));
      });
      request.send(fields);
    });
  }

  function read({ status, response, responseURL }) {
    if (status === 201) {
      return { image: response };
    }
    if (response?.problems) {
      return { problems: response.problems.map((one) => one.message) };
    }
    if (status === 403) {
      return { problems: [drop.dataset.refused] };
    }
    const signedOut = responseURL && !responseURL.endsWith(drop.dataset.address);
    return { problems: [signedOut ? drop.dataset.signedOut : drop.dataset.away] };
  }
}

function wordOf(card, word) {
  return card.querySelector(`[data-word="${word}"]`);
}

// By a data address: the site's policy lets nothing else of the editor's computer into a page.
function showPicture(img, file) {
  const reader = new FileReader();
  reader.addEventListener("load", () => { img.src = reader.result; });
  img.addEventListener("error", () => { img.hidden = true; });
  reader.readAsDataURL(file);
}

function sizeOf({ size }) {
  return size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}
