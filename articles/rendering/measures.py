"""What a claim of the infobox counts: the vocabulary by which claims about one figure are set side by side."""

import re

from ..wording import gettext_lazy as _, pgettext_lazy

# What a claim is called, in the language of the site, and the words of English articles that mean it.
_FATES = (
    ("killed", _("killed"), "killed dead died deaths death fallen fatalities perished kia"),
    ("wounded", _("wounded"), "wounded injured wia"),
    ("missing", pgettext_lazy("figure", "missing"), "missing mia"),
    ("captured", _("captured"), "captured prisoner prisoners pow pows surrendered"),
    ("hostages", _("taken hostage"), "hostage hostages"),
    ("displaced", _("displaced"), "displaced refugees refugee fled expelled deported idps homeless evacuated"),
    ("destroyed", _("destroyed"), "destroyed lost sunk burnt burned"),
    ("casualties", _("casualties"), "casualties casualty losses"),
)
_COUNTED = (
    ("civilians", _("civilians"), "civilian civilians inhabitants residents villagers women children"),
    ("tanks", _("tanks"), "tank tanks"),
    ("vehicles", _("vehicles"), "vehicle vehicles apc apcs ifv ifvs bmp bmps btr btrs trucks"),
    ("guns", _("guns"), "gun guns artillery howitzers mortars cannon cannons launchers"),
    ("aircraft", _("aircraft"), "aircraft planes plane helicopter helicopters jets drones uavs"),
    ("ships", _("ships"), "ship ships boat boats vessels frigates galleys"),
    (
        "units",
        _("units"),
        "battalion battalions brigade brigades regiment regiments division divisions companies corps",
    ),
    ("villages", _("villages"), "village villages houses settlements towns"),
)
_WORD = re.compile(r"[a-z]+")
_WITHOUT_WORD = {"casualties": _("losses"), "strength": _("people")}
"""What a bare number counts, by field."""
_WHO_AND_FATE = pgettext_lazy("what is counted: civilians killed", "{who} {fate}")
_AND = pgettext_lazy("between what is counted: killed and wounded", " and ")


def _by_word(groups):
    return {word: (place, key, label) for place, (key, label, words) in enumerate(groups) for word in words.split()}


_FATE_WORDS, _COUNTED_WORDS = _by_word(_FATES), _by_word(_COUNTED)


def measure(field, counted):
    """Return what the words ``counted`` of a claim count: (sort key, label), equal for claims that can be compared.

    ``servicemen killed`` and ``dead`` are one measure, ``civilians killed`` is another.
    """
    words = _WORD.findall(counted.lower())
    who = min((_COUNTED_WORDS[word] for word in words if word in _COUNTED_WORDS), default=None)
    fates = sorted({_FATE_WORDS[word] for word in words if word in _FATE_WORDS})
    label = _AND.join(str(fate[2]) for fate in fates)
    if who:
        label = _WHO_AND_FATE.format(who=who[2], fate=label) if label else str(who[2])
    key = (who[0] + 1 if who else 0, tuple(fate[0] for fate in fates))
    return key, label or str(_WITHOUT_WORD.get(field, ""))
