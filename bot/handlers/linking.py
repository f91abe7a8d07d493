"""Whose a chat account is: what somebody is told whose account is nobody's yet, and linking and unlinking it."""

from __future__ import annotations

from bot.commands import Command, Contact, FindSlots, Help
from bot.commands.own import LinkAccount, UnlinkAccount
from bot.replies import Answer, Question, Reader, Refused, Reply, Said
from bot.sentences import Sentence, sentence
from bot.words import LinkingWords, Text, Words
from calendar_core.chat_account import MAILS_A_DAY, TYPED_CODE
from calendar_core.linking import Asked, Unlinked
from calendar_core.people import Identity, User

from .talk import Core, Talk, button, reader_of

_CONFIRMABLE: dict[Unlinked, Text] = {
    Unlinked.NEW: LinkingWords.OFFER_CODE,
    Unlinked.ADDRESS_CHANGED: LinkingWords.ADDRESS_CHANGED,
    Unlinked.RETURNED: LinkingWords.CONFIRM_ANEW,
}
_NOT_CONFIRMABLE: dict[Unlinked, Text] = {
    Unlinked.OUTSIDER: LinkingWords.OUTSIDER,
    Unlinked.NO_ADDRESS: LinkingWords.NO_ADDRESS,
    Unlinked.NO_MAIL: LinkingWords.NO_MAIL,
}


async def answer_unlinked(core: Core, who: Identity, typed: str | None, command: Command) -> Answer | None:
    """For an account that is nobody's: a typed code completes the link, the button asks for one, and everything else is
    answered with what can be done. None where its workspace is no organisation's, or it is somebody's after all."""
    why = await core.own.linking.why_unlinked(who)
    if why is None or why is Unlinked.UNBOUND:
        return None
    reader = Reader(language=await core.own.linking.language_of(who) or Reader().language)
    if why in _NOT_CONFIRMABLE:
        said = (sentence(_NOT_CONFIRMABLE[why]),)
        return Answer(Refused(error="Unlinked", sentences=said), reader)
    code = (typed or "").strip().replace(" ", "")
    if TYPED_CODE.fullmatch(code):
        user = await core.own.linking.try_code(who, code)
        return Answer(_code_wrong(), reader) if user is None else Answer(_linked(user), reader_of(user))
    match command:
        case LinkAccount():
            return Answer(await _sent(core, who), reader)
        case Contact():
            send = button(LinkingWords.SEND_CODE, LinkAccount())
            return Answer(Said(sentences=(_contact(core),), choices=(send,)), reader)
        case _:
            choices = (button(LinkingWords.SEND_CODE, LinkAccount()), button(Words.CONTACT, Contact()))
            return Answer(Question(sentences=(sentence(_CONFIRMABLE[why]),), choices=choices), reader)


def _code_wrong() -> Reply:
    said = (sentence(LinkingWords.LINK_CODE_WRONG),)
    return Refused(error="CodeWrong", sentences=said, choices=(button(LinkingWords.SEND_CODE, LinkAccount()),))


def _linked(user: User) -> Reply:
    said = sentence(LinkingWords.LINKED_NOW, name=user.name or user.email, address=user.email)
    return Said(sentences=(said,), choices=(button(Words.FIND_TIMES, FindSlots()), button(Words.HELP, Help())))


async def _sent(core: Core, who: Identity) -> Reply:
    if await core.own.linking.ask_code(who) is Asked.TOO_MANY:
        return Refused(error="TooManyCodes", sentences=(sentence(LinkingWords.TOO_MANY_CODES, limit=MAILS_A_DAY),))
    return Said(sentences=(sentence(LinkingWords.CODE_ON_ITS_WAY),))


def _contact(core: Core) -> Sentence:
    return sentence(Words.CONTACT_OPERATOR, contact=core.contact) if core.contact else sentence(Words.NO_CONTACT)


async def whose_account(talk: Talk) -> Reply:
    """This chat account is linked to Ana Ruiz (ana@example.com). [Unlink]"""
    user = talk.user
    said = sentence(LinkingWords.LINKED_ALREADY, name=user.name or user.email, address=user.email)
    return Said(sentences=(said,), choices=(button(LinkingWords.UNLINK, UnlinkAccount()),))


async def unlink(talk: Talk, command: UnlinkAccount) -> Reply:
    """Asks, and then makes this account nobody's."""
    if not command.sure:
        said = sentence(LinkingWords.UNLINK_SURE, name=talk.user.name or talk.user.email)
        keep = button(LinkingWords.KEEP_LINKED, LinkAccount())
        return Question(sentences=(said,), choices=(button(LinkingWords.UNLINK_IT, UnlinkAccount(sure=True)), keep))
    await talk.core.own.linking.unlink(talk.who)
    again = (button(LinkingWords.LINK_AGAIN, LinkAccount()),)
    return Said(sentences=(sentence(LinkingWords.UNLINKED),), choices=again)
