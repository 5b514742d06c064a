"""What the editor of marked-up text says, in the language of the site; its scripts hold no words of their own."""

from django.utils.translation import gettext as _


def editor_words():
    """Return the words by name, ready for JSON. ``{key}`` stands where a script puts a key."""
    return _toolbar() | _marks() | _pasting() | {"phrases": _phrases()}


def _toolbar():
    """The buttons by name, and under ``…_key`` what is told of each: its key."""
    return {
        "toolbar": _("Marks"),
        "bold": _("Bold"),
        "bold_key": _("Ctrl+B"),
        "italic": _("Italic"),
        "italic_key": _("Ctrl+I"),
        "heading": _("Heading"),
        "heading_key": "",
        "list": _("List"),
        "list_key": "",
        "quote": _("Quote"),
        "quote_key": "",
        "link": _("Link"),
        "link_key": _("To an article, by title or another name: [["),
        "cite": _("Cite"),
        "cite_key": _("A reference: [@"),
        "note": _("Note"),
        "note_key": _("A note: [^"),
        "figure": _("Figure"),
        "figure_key": _("On a line of its own: ![["),
        "search": _("Search"),
        "search_key": _("Search and replace: Ctrl+F"),
        "plain": _("Plain text"),
        "plain_key": _("The bare field, without colours and suggestions"),
    }


def _marks():
    return {
        "draft": _("not published"),
        "no_article": _("No article has this title or name yet."),
        "empty_row": _("The row with this key is still empty."),
        "undefined_references": _("No reference has the key “{key}”."),
        "undefined_notes": _("No note has the key “{key}”."),
        "undefined_figures": _("No figure has the key “{key}”."),
        "broken_mark": _(
            "This is no mark, and readers will see it as text: a key has letters a–z, figures and _ . : - and no space."
        ),
        "did_you_mean": _("Did you mean “{key}”?"),
        "make_references": _("Make the reference row “{key}”"),
        "make_notes": _("Make the note “{key}”"),
        "make_figures": _("Make the figure row “{key}”"),
        "row_made": _("The row “{key}” is made."),
        "nothing_here": _("Nothing to tell about this place. Put the cursor into a mark."),
    }


def _pasting():
    return {
        "paste_bar": _("What was pasted"),
        "pasted_bibtex": _("That looks like a BibTeX entry."),
        "pasted_csl": _("That looks like a CSL-JSON entry."),
        "pasted_doi": _("That looks like a DOI."),
        "pasted_isbn": _("That looks like an ISBN."),
        "pasted_url": _("That looks like a web address."),
        "make_source": _("Make a source of it and cite it"),
        "make_source_key": _("Alt+Enter makes a source of it and cites it; Escape leaves it as it is."),
        "leave_it": _("Leave it"),
    }


def _phrases():
    """CodeMirror's own English words → ours."""
    return {
        "Find": _("Find"),
        "Replace": _("Replace with"),
        "next": _("Next"),
        "previous": _("Previous"),
        "all": _("Select all"),
        "match case": _("Match case"),
        "by word": _("Whole words"),
        "regexp": _("Pattern"),
        "replace": _("Replace"),
        "replace all": _("Replace all"),
        "close": _("Close"),
        "current match": _("current match"),
        "on line": _("on line"),
        "replaced match on line $": _("replaced match on line $"),
        "replaced $ matches": _("replaced $ matches"),
        "Completions": _("Suggestions"),
    }
