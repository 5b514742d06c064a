"""What a claim of the infobox counts: the vocabulary by which claims about one figure are set side by side."""

import re

_FATES = (
    ("killed", "killed", "killed dead died deaths death fallen fatalities perished kia"),
    ("wounded", "wounded", "wounded injured wia"),
    ("missing", "missing", "missing mia"),
    ("captured", "captured", "captured prisoner prisoners pow pows surrendered"),
    ("hostages", "taken hostage", "hostage hostages"),
    ("displaced", "displaced", "displaced refugees refugee fled expelled deported idps homeless evacuated"),
    ("destroyed", "destroyed", "destroyed lost sunk burnt burned"),
    ("casualties", "casualties", "casualties casualty losses"),
)
_COUNTED = (
    ("civilians", "civilians", "civilian civilians inhabitants residents villagers women children"),
    ("tanks", "tanks", "tank tanks"),
    ("vehicles", "vehicles", "vehicle vehicles apc apcs ifv ifvs bmp bmps btr btrs trucks"),
    ("guns", "guns", "gun guns artillery howitzers mortars cannon cannons launchers"),
    ("aircraft", "aircraft", "aircraft planes plane helicopter helicopters jets drones uavs"),
    ("ships", "ships", "ship ships boat boats vessels frigates galleys"),
    ("units", "units", "battalion battalions brigade brigades regiment regiments division divisions companies corps"),
    ("villages", "villages", "village villages houses settlements towns"),
)
_WORD = re.compile(r"[a-z]+")
_WITHOUT_WORD = {"casualties": "losses", "strength": "people"}
"""What a bare number counts, by field."""


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
    label = " ".join([who[2]] if who else []) + (" " if who and fates else "")
    label += " and ".join(fate[2] for fate in fates)
    key = (who[0] + 1 if who else 0, tuple(fate[0] for fate in fates))
    return key, label or _WITHOUT_WORD.get(field, "")
