"""Sentences about whose a chat account is."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class LinkingWords(Text):
    """Name and English text of each."""

    OFFER_CODE = (
        "This chat account is not linked to anybody yet. I can mail a six-digit code to the address in your profile "
        "here; if your programme knows that address, the code links the two."
    )
    ADDRESS_CHANGED = (
        "The address in your profile here has changed, so I no longer take this account for yours. "
        "I can mail a six-digit code to the new one; if your programme knows it, the code links the two again."
    )
    CONFIRM_ANEW = (
        "This account was switched off for a while, so I no longer take it for yours. "
        "I can mail a six-digit code to the address in your profile here, which links it again."
    )
    OUTSIDER = (
        "This account belongs to another organisation, or is a visitor's or a bot's, so I cannot link it. "
        "Write to me from your own organisation's account."
    )
    NO_ADDRESS = (
        "Your profile here shows me no address, so I cannot find out whose account this is. "
        "Add your work address to your profile, and write to me again."
    )
    NO_MAIL = "I cannot mail codes here, so I cannot find out whose account this is. Ask whoever runs your programme."
    SEND_CODE = "Send me a code"
    CODE_ON_ITS_WAY = (
        "If your programme knows the address in your profile, a six-digit code is on its way to it. "
        "Type it here within 10 minutes."
    )
    TOO_MANY_CODES = "{limit} codes a day is the limit, and they were asked for. You can ask again tomorrow."
    LINK_CODE_WRONG = (
        "That code is not right, has ended, or was tried too often. Nothing was linked; you can ask for a new one."
    )
    LINKED_NOW = "**Linked.** This chat account is {name} ({address}) from now on."
    LINKED_ALREADY = "This chat account is linked to {name} ({address})."
    UNLINK = "Unlink"
    UNLINK_SURE = (
        "Unlink this chat account from {name}? I then take nothing you say here for yours, until you link it again."
    )
    UNLINK_IT = "Unlink this account"
    KEEP_LINKED = "Keep it linked"
    UNLINKED = "**Unlinked.** This chat account is nobody's now. Your sessions and settings are as they were."
    LINK_AGAIN = "Link it again"
    MAIL_SUBJECT = "Your code: {code}"
    MAIL_CODE = (
        "{code} is your code for linking a chat account with your mentoring programme. Type it to the bot that sent "
        "you here, within 10 minutes."
    )
    MAIL_NOT_YOU = (
        "If you did not ask for it, you need do nothing: without the code nothing is linked. Tell nobody the code."
    )
    HELP_LINK = "whose chat account this is; *unlink* ends that"
    HELP_UNLINK = "make this chat account nobody's"
