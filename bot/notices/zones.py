"""A chat that goes by another clock than we do."""

from __future__ import annotations

from bot.commands.own import SetZone
from bot.handlers.settings import known_zone
from bot.handlers.talk import button
from bot.replies import Question, Reply
from bot.sentences import CityOf, sentence
from bot.words import SettingsWords
from calendar_core.happening import ZoneDiffers
from calendar_core.people import User


def told(what: ZoneDiffers, user: User) -> Reply | None:
    """Your chat says Tokyo, and here your zone is Berlin. Which one is right? None once it is the same."""
    if known_zone(what.zone) is None or what.zone == user.time_zone:
        return None
    home, theirs = CityOf(user.time_zone), CityOf(what.zone)
    said = sentence(SettingsWords.ASK_ZONE, theirs=theirs, city=home)
    use = button(SettingsWords.USE_ZONE, SetZone(what.zone), city=theirs)
    stay = button(SettingsWords.STAY_WITH_ZONE, SetZone(user.time_zone), city=home)
    return Question(sentences=(said, sentence(SettingsWords.ZONE_HOW)), choices=(use, stay))
