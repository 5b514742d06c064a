"""Names of the languages in which articles are likely to give other spellings, by BCP 47 tag."""

_NAMES = {
    "ab": "Abkhaz", "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "av": "Avar", "az": "Azerbaijani",
    "ba": "Bashkir", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bo": "Tibetan", "bs": "Bosnian",
    "ca": "Catalan", "ce": "Chechen", "ckb": "Sorani Kurdish", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic",
    "gl": "Galician", "grc": "Ancient Greek", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "hyw": "Western Armenian", "id": "Indonesian", "is": "Icelandic",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kmr": "Kurmanji Kurdish",
    "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lez": "Lezgian", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay", "mt": "Maltese",
    "my": "Burmese", "nb": "Norwegian Bokmål", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk",
    "no": "Norwegian", "os": "Ossetian", "ota": "Ottoman Turkish", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sh": "Serbo-Croatian", "sk": "Slovak", "sl": "Slovene",
    "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "syc": "Classical Syriac",
    "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "tk": "Turkmen", "tly": "Talysh", "tr": "Turkish",
    "tt": "Tatar", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "xcl":
    "Classical Armenian", "yi": "Yiddish", "zh": "Chinese", "zza": "Zaza", "zu": "Zulu",
}  # fmt: skip
_SCRIPTS = {
    "Arab": "Arabic script", "Armn": "Armenian script", "Cyrl": "Cyrillic script", "Geor": "Georgian script",
    "Grek": "Greek script", "Hans": "simplified characters", "Hant": "traditional characters", "Hebr": "Hebrew script",
    "Latn": "Latin script", "Syrc": "Syriac script",
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
    return name or written
