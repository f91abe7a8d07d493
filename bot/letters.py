"""The words of letters: an invitation for one reader, in that reader's language and by that reader's clock."""

from __future__ import annotations

from bot.replies import Reader
from bot.sentences import Across, Sentence, sentence
from bot.wording import Voice
from bot.words import MailingWords, Text, Words
from calendar_core.invitation import Behind, Invitation
from calendar_core.people import User
from calendar_core.ports import LetterText


class Letters:
    """A Penning."""

    def invitation(self, invitation: Invitation, reader: User, other: User, *, news: bool) -> LetterText:
        """What it is and when; where; and how to change it. Strangers are not told each other's zone."""
        zone = reader.itinerary if invitation.behind is Behind.STRANGERS else other.itinerary
        when = Across(invitation.when, zone)
        subject, opening = _opening(invitation, news=news)
        said = [sentence(opening, when=when, partner=other.name or other.email)]
        if not invitation.cancelled:
            said += [_link(invitation, other), _how_to_change(invitation, other)]
        about = () if invitation.cancelled or not invitation.about else (invitation.about,)
        voice = Voice(Reader(reader.language, reader.itinerary))
        return LetterText(
            subject=voice.unmarked(sentence(subject, when=when, partner=other.name or other.email)),
            paragraphs=(*(voice.unmarked(each) for each in said), *about),
        )


def _opening(invitation: Invitation, *, news: bool) -> tuple[Text, Text]:
    if invitation.cancelled:
        return MailingWords.SUBJECT_CANCELLED, MailingWords.LETTER_CANCELLED
    if news:
        return MailingWords.SUBJECT_CHANGED, MailingWords.LETTER_CHANGED
    agreed = invitation.behind is not Behind.SESSION
    return MailingWords.SUBJECT_NEW, MailingWords.LETTER_AGREED if agreed else MailingWords.LETTER_NEW


def _link(invitation: Invitation, other: User) -> Sentence:
    if invitation.link is not None:
        return sentence(Words.JOIN, url=invitation.link)
    agreed = invitation.behind is not Behind.SESSION
    words = MailingWords.LETTER_AGREED_NO_LINK if agreed else MailingWords.LETTER_NO_LINK
    return sentence(words, partner=other.first_name)


def _how_to_change(invitation: Invitation, other: User) -> Sentence:
    if invitation.behind is Behind.SESSION:
        return sentence(MailingWords.HOW_TO_CHANGE)
    return sentence(MailingWords.HOW_TO_CHANGE_AGREED, partner=other.first_name)
