"""Who may do what: the names of permissions and the three groups. The rules that need rows stand with the verbs."""

VIEW = "articles.view_article"
CHANGE = "articles.change_article"
REVIEW = "articles.review_article"
PROTECT = "articles.protect_article"
REMOVE_TEXT = "articles.remove_text"

ARTICLE_PERMISSIONS = [
    ("review_article", "Can approve, return, publish, withdraw and reinstate articles"),
    ("protect_article", "Can protect articles"),
    ("remove_text", "Can remove text for legal reasons"),
]

_EDITED = ("article", "articlename", "articlecategory", "infoboxfield", "reference", "note", "figure")
_READ_ONLY = ("revision", "publication", "reviewevent")
_EDITING = [f"{verb}_{model}" for model in _EDITED for verb in ("add", "change", "delete", "view")]
_EDITING += [f"{verb}_{model}" for model in ("source", "image") for verb in ("add", "change", "view")]
_EDITING += [f"view_{model}" for model in _READ_ONLY]
_EDITING.remove("delete_article")

GROUPS = {
    "Editors": frozenset(_EDITING),
    "Reviewers": frozenset(_EDITING) | {"review_article"},
    "Administrators": frozenset(_EDITING)
    | {"review_article", "protect_article", "remove_text"}
    | {f"{verb}_{model}" for model in ("user", "group") for verb in ("add", "change", "view")},
}
"""Group name to the code names of its permissions (unique across our apps)."""


def is_staff_reader(user):
    """Tell whether ``user`` (None: nobody) sees unpublished revisions: logged-in staff with view permission."""
    return user is not None and user.is_active and user.is_staff and user.has_perm(VIEW)
