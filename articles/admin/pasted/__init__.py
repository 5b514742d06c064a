"""What an editor pastes of a work, read: BibTeX, RIS, CSL-JSON, an address, a DOI, an ISBN, or a title.

In goes text, out comes a ``Pasted`` with a CSL object that an editor looks at before anything is stored. Nothing is
fetched. Raises ``Unreadable`` with a sentence for the editor. Needs no database.
"""

from .reading import Pasted, Unreadable, read_pasted

__all__ = ["Pasted", "Unreadable", "read_pasted"]
