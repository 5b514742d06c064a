"""Names of the languages in which articles are likely to give other spellings, by BCP 47 tag."""

from ..wording import gettext_lazy as _

_NAMES = {
    "ab": _("Abkhaz"), "af": _("Afrikaans"), "am": _("Amharic"), "ar": _("Arabic"), "av": _("Avar"),
    "az": _("Azerbaijani"), "ba": _("Bashkir"), "be": _("Belarusian"), "bg": _("Bulgarian"), "bn": _("Bengali"),
    "bo": _("Tibetan"), "bs": _("Bosnian"), "ca": _("Catalan"), "ce": _("Chechen"), "ckb": _("Sorani Kurdish"),
    "cs": _("Czech"), "cy": _("Welsh"), "da": _("Danish"), "de": _("German"), "el": _("Greek"), "en": _("English"),
    "eo": _("Esperanto"), "es": _("Spanish"), "et": _("Estonian"), "eu": _("Basque"), "fa": _("Persian"),
    "fi": _("Finnish"), "fr": _("French"), "ga": _("Irish"), "gd": _("Scottish Gaelic"), "gl": _("Galician"),
    "grc": _("Ancient Greek"), "ha": _("Hausa"), "he": _("Hebrew"), "hi": _("Hindi"), "hr": _("Croatian"),
    "hu": _("Hungarian"), "hy": _("Armenian"), "hyw": _("Western Armenian"), "id": _("Indonesian"),
    "is": _("Icelandic"), "it": _("Italian"), "ja": _("Japanese"), "ka": _("Georgian"), "kk": _("Kazakh"),
    "km": _("Khmer"), "kmr": _("Kurmanji Kurdish"), "ko": _("Korean"), "ku": _("Kurdish"), "ky": _("Kyrgyz"),
    "la": _("Latin"), "lez": _("Lezgian"), "lo": _("Lao"), "lt": _("Lithuanian"), "lv": _("Latvian"),
    "mk": _("Macedonian"), "mn": _("Mongolian"), "mr": _("Marathi"), "ms": _("Malay"), "mt": _("Maltese"),
    "my": _("Burmese"), "nb": _("Norwegian Bokmål"), "ne": _("Nepali"), "nl": _("Dutch"), "nn": _("Norwegian Nynorsk"),
    "no": _("Norwegian"), "os": _("Ossetian"), "ota": _("Ottoman Turkish"), "pa": _("Punjabi"), "pl": _("Polish"),
    "ps": _("Pashto"), "pt": _("Portuguese"), "ro": _("Romanian"), "ru": _("Russian"), "sh": _("Serbo-Croatian"),
    "sk": _("Slovak"), "sl": _("Slovene"), "so": _("Somali"), "sq": _("Albanian"), "sr": _("Serbian"),
    "sv": _("Swedish"), "sw": _("Swahili"), "syc": _("Classical Syriac"), "ta": _("Tamil"), "te": _("Telugu"),
    "tg": _("Tajik"), "th": _("Thai"), "tk": _("Turkmen"), "tly": _("Talysh"), "tr": _("Turkish"), "tt": _("Tatar"),
    "ug": _("Uyghur"), "uk": _("Ukrainian"), "ur": _("Urdu"), "uz": _("Uzbek"), "vi": _("Vietnamese"),
    "xcl":
    _("Classical Armenian"), "yi": _("Yiddish"), "zh": _("Chinese"), "zza": _("Zaza"), "zu": _("Zulu"),
}  # fmt: skip
_SCRIPTS = {
    "Arab": _("Arabic script"), "Armn": _("Armenian script"), "Cyrl": _("Cyrillic script"),
    "Geor": _("Georgian script"), "Grek": _("Greek script"), "Hans": _("simplified characters"),
    "Hant": _("traditional characters"), "Hebr": _("Hebrew script"), "Latn": _("Latin script"),
    "Syrc": _("Syriac script"),
}  # fmt: skip
_USUAL = {"ar": "Arab", "az": "Latn", "en": "Latn", "fa": "Arab", "hy": "Armn", "ka": "Geor", "ru": "Cyrl"}


def language_tag(language, script):
    """Return language and script as one tag fit for ``lang``: ``az-Arab``. No language is ``und`` where a script is."""
    primary, *rest = language.split("-") if language else ["und" if script else ""]
    if script and not any(len(part) == 4 and part.isalpha() for part in rest):
        rest.insert(0, script)
    return "-".join([primary, *rest])


def language_name(language, script):
    """Return the language in words, with the script where it is not the usual one; an unknown tag as it is."""
    primary = language.split("-")[0].lower()
    name = _NAMES.get(primary, language)
    written = _SCRIPTS.get(script, script) if script != _USUAL.get(primary) else ""
    if name and written:
        return f"{name}, {written}"
    return str(name or written)
