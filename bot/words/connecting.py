"""Sentences about connecting one's own calendar, as a chat says them."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class ConnectingWords(Text):
    """Name and English text of each."""

    HELP_CONNECT = "connect your own calendar, so that I see when you are free"
    HELP_RECONNECT = "let me into your calendar again"
    HELP_DISCONNECT = "let me out of your calendar"

    # --- buttons ------------------------------------------------------------------------------------------------------
    CONNECT = "Connect"
    CONNECT_MY_CALENDAR = "Connect my calendar"
    RECONNECT = "Reconnect"
    DISCONNECT = "Disconnect"
    KEEP = "Keep"
    CHANGE_HOURS = "Change hours"
    PRIVACY = "Privacy"
    GOOGLE_CALENDAR = "Google Calendar"
    OUTLOOK = "Outlook / Microsoft 365"
    CONTINUE_TO = "Continue to {vendor}"
    COPY_FOR_IT = "Copy text for IT"
    OTHER_ACCOUNT = "Connect another account"

    # --- on the way ---------------------------------------------------------------------------------------------------
    WHICH_CALENDAR = "Which calendar?"
    WILL_ASK = (
        "{vendor} will ask to read and change your calendar. I use that to see when you are free and for our sessions "
        "only. Your matches see free or busy, never titles."
    )
    LINK_IS_YOURS = "The link is for you alone; it works once, for 10 minutes."
    YOU_MAY_CONNECT = "You have not connected a calendar. I can ask {partner} to offer times, or you connect first."
    NOTHING_TO_DO = "Nothing to do: your organisation connected your calendar ({kind})."
    ALREADY = "Your calendar is connected already: {kind} ({account})."
    CANNOT_CONNECT = "Nobody can connect a calendar here by themselves. Your contact can say what is possible."
    CONNECTED = "**Connected:** {kind} ({account}), {city} time, {hours}."
    CONNECTED_READ = "**Connected:** {kind} ({account}), {city} time, {hours} (from {suite})."

    # --- the code -----------------------------------------------------------------------------------------------------
    CODE_WRONG = "That is not the code your browser shows. You have {left:# more try|# more tries}."
    CODE_VOID = "That was not the code either, so it is void; nothing was connected. You can begin again."
    CODE_NOT_AWAITED = (
        "I am not waiting for a code: its ten minutes may be over, or you asked in another chat. Nothing was connected."
    )

    # --- an administrator first ---------------------------------------------------------------------------------------
    ADMIN_FIRST = "An administrator must approve first."
    APPROVAL_ASKED = (
        "{name} was told that you need it. I cannot do more until your IT has approved; then say *connect*."
    )
    APPROVAL_NOT_NEEDED = "There is nothing to ask for now: it was asked already, or the sign-in is long over."
    PLEASE_APPROVE = (
        "{who} cannot connect their calendar: an administrator of their {vendor} must approve Pairtime first. "
        "The text for IT says what to do."
    )
    FOR_IT_MICROSOFT = (
        "Text for IT: please approve the application *Pairtime* for our people in Microsoft 365. Each of them is still "
        "asked; it then may read and change that person's calendar, and sees free or busy only. "
        "To approve, open {where}"
    )
    FOR_IT_GOOGLE = (
        "Text for IT: please trust the application *Pairtime* in the Google Admin console, under Security, API "
        "controls, App access control. Each of our people is still asked; it then may see when that person is free "
        "and keep the events it makes. Its client ID is {where}"
    )

    # --- broken, and the end ------------------------------------------------------------------------------------------
    OWN_BROKEN = (
        "Your {suite} connection stopped working on {day:date} ({why}). Until you reconnect I cannot see when you are "
        "free, so others are asked to confirm with you."
    )
    OTHERS_BROKEN = (
        "Your {suite} connection stopped working on {day:date} ({why}). {who} Until then I cannot see when you are "
        "free, so others are asked to confirm with you."
    )
    NEITHER_SEEN = (
        "{partner} has not connected a calendar. I can send {partner} plain times; I do not know who is free."
    )
    ACCESS_WAS_WITHDRAWN = "access was withdrawn"
    DISCONNECT_ASKED = (
        "Disconnect? Your {count:# future session stays|# future sessions stay} in your calendar; "
        "changes there will not reach me."
    )
    DISCONNECT_ASKED_NONE = "Disconnect? You have no future sessions; I will no longer see when you are free."
    DISCONNECTED = (
        "**Disconnected.** I no longer look at your calendar; what you had allowed me is being withdrawn and deleted."
    )
    DISCONNECTED_LISTED = (
        "**Disconnected.** I no longer look at your calendar; what I kept of it is being deleted. Microsoft goes on "
        "listing me among what you allowed: you can remove me there, at https://myapps.microsoft.com"
    )
    COVERED = "**Your organisation connects your calendar now:** {kind}. There is nothing you have to do."
    OWN_WITHDRAWN = "What you had allowed me yourself is not needed any more; it is being withdrawn and deleted."
    OWN_DELETED = (
        "What you had allowed me yourself is not needed any more; what I kept of it is being deleted. Microsoft goes "
        "on listing me among what you allowed: you can remove me there, at https://myapps.microsoft.com"
    )
    COVERED_NOT = "If I am not to use your calendar, say *do not use my calendar*."
    NOT_CONNECTED_BY_YOU = "There is no calendar of yours that you connected, so nothing was changed."
    DOMAIN_CONNECTED_IT = (
        "Your organisation connected your calendar ({kind}), so there is nothing here that you could withdraw. "
        "If I am not to use it all the same, say *do not use my calendar*."
    )
