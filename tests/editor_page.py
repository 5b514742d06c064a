"""The article's form with its editor, as hands use it in a real browser."""

from .desk import change_address

LISTEN = """document.addEventListener("securitypolicyviolation",
  (event) => console.error("Content Security Policy", event.violatedDirective, event.sourceFile));"""
BODY = ".markup-body .cm-content"
PASTE = """([selector, text]) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", text);
    const target = document.querySelector(selector);
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
"""Pastes a text into an element, both given, as the clipboard would."""


def open_at_end(page, article):
    """Open the form with the cursor behind the last character of the text."""
    page.goto(change_address(article))
    page.click(BODY)
    page.keyboard.press("Control+End")


def click_into(page, row, cell):
    """Open a row and click into one of its fields."""
    if page.locator(f"#{row} details.row:not([open])").count():
        page.click(f"#{row} summary >> nth=0")
    page.click(f"#id_{row}-{cell}")


def body_of(page):
    return page.input_value("#id_body")


def save(page):
    page.click("[name=_continue]")
    page.wait_for_selector("ul.messagelist")
