// A new source inside the picker's dialog: text is read by the server into a form, which is looked at and sent.
// Whatever goes wrong is said, and everything typed stays.

export class QuickSource {
  // `made` is called with a source, {id, label, key}, once there is one: a new one or a copy that is in the library.
  constructor(dialog, made) {
    this.form = dialog.querySelector("form");
    this.address = dialog.dataset.quick;
    this.failed = dialog.dataset.failed;
    this.paste = dialog.querySelector("[name=text]");
    this.fields = dialog.querySelector(".picker-source");
    this.error = dialog.querySelector(".picker-error");
    this.insert = dialog.querySelector("[type=submit]");
    this.made = made;
    dialog.querySelector("[data-read]").addEventListener("click", () => this.read());
    this.paste.addEventListener("paste", () => setTimeout(() => this.read()));
    this.paste.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || this.paste.value.includes("\n")) return;
      event.preventDefault();
      this.read();
    });
    this.fields.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-use]");
      if (button) made({ id: button.dataset.use, label: button.dataset.label, key: button.dataset.key });
    });
  }

  get hasCopies() {
    return Boolean(this.fields.querySelector(".copies"));
  }

  async start(text) {
    this.paste.value = text ?? this.paste.value;
    if (text || !this.fields.hasChildNodes()) await this.read();
  }

  async read() {
    const answer = await this.ask({ text: this.paste.value });
    if (!answer?.html) return;
    this.show(answer.html);
    const empty = [...this.fields.querySelectorAll(".quick-type select, .quick-title input")].find((one) => !one.value);
    if (this.paste.value.trim()) (this.fields.querySelector("[data-use]") ?? empty ?? this.insert).focus();
  }

  async create() {
    const fields = Object.fromEntries(new FormData(this.form));
    const answer = await this.ask({ ...fields, create: "1", ...(this.hasCopies ? { another: "on" } : {}) });
    if (answer?.source) {
      this.clear();
      this.made(answer.source);
    } else if (answer?.html) {
      this.show(answer.html);
      const wrong = this.fields.querySelector("[aria-invalid=true]");
      (this.fields.querySelector("[data-use]") ?? wrong ?? this.fields.querySelector("input:not([type=hidden])"))?.focus();
    }
  }

  show(html) {
    this.fields.innerHTML = html;
    const { all, add } = this.insert.dataset;
    this.insert.textContent = this.hasCopies ? all : add;
  }

  clear() {
    this.paste.value = "";
    this.fields.replaceChildren();
    this.error.textContent = "";
  }

  async ask(fields) {
    this.error.textContent = "";
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    try {
      const response = await fetch(this.address, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      const answer = await response.json();
      this.error.textContent = answer.error ?? "";
      return answer;
    } catch {
      this.error.textContent = this.failed;
      return null;
    }
  }
}
