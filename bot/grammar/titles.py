"""Titles of commands in other languages: what a chat's list of commands shows there, and so what is then typed.

The words of the grammar are English; what is behind a title ("Buchen Sam") is read as English too, but for whom it is
with ("mit meinem Mentor").
"""

from __future__ import annotations

from calendar_core.name_search import folded

LANGUAGES = ("de", "fr", "es")

# By the word of the grammar, the ones that most people need first: a list has room for ten, or twelve.
TITLES: dict[str, tuple[str, str, str]] = {
    "book": ("Buchen", "Réserver", "Reservar"),
    "calendars": ("Kalender", "Agendas", "Calendarios"),
    "sessions": ("Sitzungen", "Séances", "Sesiones"),
    "past sessions": ("Frühere Sitzungen", "Séances passées", "Sesiones pasadas"),
    "status": ("Status", "État", "Estado"),
    "settings": ("Einstellungen", "Réglages", "Ajustes"),
    "connect": ("Verbinden", "Connecter", "Conectar"),
    "privacy": ("Datenschutz", "Confidentialité", "Privacidad"),
    "help contact": ("Kontakt", "Contact", "Contacto"),
    "help": ("Hilfe", "Aide", "Ayuda"),
    "disconnect": ("Trennen", "Déconnecter", "Desconectar"),
    "admin who hasn't integrated": ("Wer ist nicht verbunden", "Qui n’est pas connecté", "Quién no está conectado"),
}


def title(word: str, language: str) -> str:
    """What the command is called there; English where there is nothing else. Raises KeyError for a word without one."""
    primary = language.partition("-")[0].lower()
    called = TITLES[word][LANGUAGES.index(primary)] if primary in LANGUAGES else word
    return called[:1].upper() + called[1:]


def in_english(words: str) -> str | None:
    """The same in the grammar's words, if they begin with a title: with or without accents, as a question or not."""
    typed = words.strip("¿? \u202f").split()
    for count in range(min(len(typed), _LONGEST), 0, -1):
        word = _WORDS.get(folded(" ".join(typed[:count])))
        if word is not None:
            return " ".join([word, *_with_whom(typed[count:])])
    return None


def _with_whom(words: list[str]) -> list[str]:
    """With "with my mentor" or "with" in English, where they begin with that."""
    if len(words) < 2 or folded(words[0]) not in _WITH:
        return words
    role = _ROLES.get(folded(words[2]).rstrip(",")) if len(words) > 2 and folded(words[1]) in _MY else None
    return ["with", "my", role, *words[3:]] if role else ["with", *words[1:]]


_WORDS = {folded(called): word for word, several in TITLES.items() for called in several}
_WITH = frozenset({"mit", "avec", "con"})
_MY = frozenset({"meinem", "meiner", "meinen", "mon", "ma", "mi"})
_ROLES = {
    **dict.fromkeys(("mentor", "mentorin", "mentora"), "mentor"),
    **dict.fromkeys(("mentee", "mentore", "mentoree", "mentorado", "mentorada"), "mentee"),
}
_LONGEST = max(len(called.split()) for called in _WORDS)
