"""Sentences about invitations that go by mail: in the letters themselves, and in the chat."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class MailingWords(Text):
    """Name and English text of each."""

    # --- letters ------------------------------------------------------------------------------------------------------
    SUBJECT_NEW = "Invitation: {when:long}, with {partner}"
    SUBJECT_CHANGED = "Changed: {when:long}, with {partner}"
    SUBJECT_CANCELLED = "Cancelled: {when:long}, with {partner}"
    LETTER_NEW = "You are invited to a mentoring session with {partner}: {when:long}{when:theirs}."
    LETTER_CHANGED = "Your mentoring session with {partner} has changed. It is now: {when:long}{when:theirs}."
    LETTER_CANCELLED = "Your mentoring session with {partner} is cancelled: {when:long}{when:theirs}."
    LETTER_AGREED = "You agreed with {partner} to talk: {when:long}{when:theirs}. No calendar was looked at."
    LETTER_NO_LINK = "It has no meeting link. Agree with {partner} how to meet, or give me a link in the chat."
    LETTER_AGREED_NO_LINK = "It has no meeting link; agree with {partner} how to meet."
    HOW_TO_CHANGE = (
        "If you cannot make it, say so to Pairtime in your chat. A change made in your calendar does not move it."
    )
    HOW_TO_CHANGE_AGREED = "Nobody moves or cancels this for you: tell {partner} if anything changes."

    # --- the reply to a booking, and the notice of it -----------------------------------------------------------------
    INVITATION_SENT = "**Invitation sent: {when:whole}{when:theirs}, with {partner}.**"
    INVITATION_WAITS = (
        "**Booked:** {when:long}{when:theirs}, with {partner}. The invitation is not sent yet, because the mail server "
        "does not take it; I keep trying."
    )
    PLEASE_ACCEPT = "Please accept it in your mail."
    HAS_NO_LINK = "It has no meeting link."
    CHANGES_NOT_SEEN = "If you cannot make it, tell me; changes made in Outlook do not move it."
    BOOKED_BY_MAIL = (
        "**{partner}** booked a session with you: **{when:long}**{when:theirs_start}. The invitation comes by mail; "
        "please accept it there."
    )
    PICKED_BY_MAIL = (
        "**{partner}** picked **{when:long}**{when:theirs}: it is booked. The invitation comes by mail; please accept "
        "it there."
    )
    AGREED_BY_MAIL = (
        "Agreed: **{when:long}**{when:theirs} with {partner}. An invitation from your programme comes by mail to both "
        "of you. I did not look at any calendar, and it has no meeting link."
    )
    YOURS_NOT_DELIVERED = (
        "Your mail server refuses the invitation to {when:short}{when:theirs_start} with {partner}. "
        "The time stands: please enter it in your calendar yourself."
    )
    THEIRS_NOT_DELIVERED = (
        "The mail server of {partner} refuses the invitation to {when:short}{when:theirs_start}. "
        "The time stands: please tell {partner} to enter it."
    )

    # --- links --------------------------------------------------------------------------------------------------------
    ADD_A_LINK = "Add a link"
    SEND_THE_LINK = (
        "Send me the link for {when:item}{when:theirs_start} with {partner}, for example: **add link https://...**"
    )
    SEND_THE_LINK_TO = (
        "Send me the link for {when:item}{when:theirs_start} with {partner}, for example: **add link {number} "
        "https://...**"
    )
    WHICH_SESSION = (
        "You have {count:# session|# sessions} without a link: {sessions:comma}. For which one is it? For example: "
        "**add link {number} https://...**"
    )
    NUMBERED_SESSION = "{number}. {when:item}{when:theirs_start}, with {partner}"
    NOTHING_TO_LINK = "None of your planned sessions is without a meeting link."
    LINK_ADDED = "**Link added** to {when:short}{when:theirs_start} with {partner}: {url}. {partner} was told."
    LINK_ADDED_BY_MAIL = (
        "**Link added** to {when:short}{when:theirs_start} with {partner}: {url}. {partner} was told, and the "
        "invitation is sent again with it; nobody has to accept it once more."
    )
    HELP_ADD_LINK = "a meeting link for a session that has none"

    # --- refusals -----------------------------------------------------------------------------------------------------
    NOT_A_LINK = (
        "That is no link I can add. Send one that begins with https:// and leads to a named place, "
        "for example https://meet.example.com/our-room."
    )
    LINK_STANDS = "That session has a meeting link that works, and I never replace one. Nothing was changed."
