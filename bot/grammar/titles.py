"""Titles of commands in other languages: what a chat's list of commands shows there, and so what is then typed.

The words of the grammar are English; what is behind a title ("Buchen Sam") is read as English too.
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
            return " ".join([word, *typed[count:]])
    return None


_WORDS = {folded(called): word for word, several in TITLES.items() for called in several}
_LONGEST = max(len(called.split()) for called in _WORDS)
