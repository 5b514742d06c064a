"""The article's form with its editor, as hands use it in a real browser."""

import pytest

from .desk import change_address

_LISTEN = """document.addEventListener("securitypolicyviolation",
  (event) => console.error("Content Security Policy", event.violatedDirective, event.sourceFile));"""
BODY = ".markup-body .cm-content"
KEPT = "#saving-state[data-state=kept]"
IN_BROWSER = "#saving-state[data-state=browser]"
_TYPE = "(field, text) => { field.value += text; field.dispatchEvent(new Event('input', {bubbles: true})); }"
PASTE = """([selector, text]) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", text);
    const target = document.querySelector(selector);
    target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
"""Pastes a text into an element, both given, as the clipboard would."""


@pytest.fixture(name="desk")
def watched_desk(page, sign_in, editor):
    """A page of an editor; a breach of the policy fails the test."""
    sign_in(page, editor)
    page.context.add_init_script(_LISTEN)
    return page


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


def type_into(page, name, text):
    """Add to the end of a field, in sight or not, as the editor of marked-up text does."""
    page.locator(f"[name={name}]").evaluate(_TYPE, text)


def body_of(page):
    return page.input_value("#id_body")


def save(page):
    page.click("[name=_continue]")
    page.wait_for_selector("ul.messagelist")


def try_to_save(page, button="_continue"):
    """Press a button that saves; return when the page says what came of it, be it a refusal."""
    page.click(f"[name={button}]")
    page.wait_for_selector("ul.messagelist, .problems.refused, .conflict")
