"""A letter as bytes (RFC 5322, 2045, 6047), in the one arrangement that all mail programs show as an invitation."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from calendar_core.event import Person
from calendar_core.invitation.writing import clean_name
from calendar_core.ports import Letter

HTML = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
{paragraphs}</body>
</html>
"""
FILE_NAME = "invite.ics"  # some programs take no other for a cancellation


def message_bytes(letter: Letter, now: datetime) -> bytes:
    """Seven bits wide, so that every relay leaves it as it is. Raises ValueError for a header that cannot be one."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"] = _address(letter.sender)
    message["To"] = _address(letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = letter.message_id
    if letter.after is not None:
        message["In-Reply-To"] = message["References"] = letter.after
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join(letter.paragraphs) + "\n", charset="utf-8", cte="quoted-printable")
    message.add_alternative(_html(letter), subtype="html", charset="utf-8", cte="quoted-printable")
    if letter.calendar is not None:
        _add_calendar(message, letter.calendar.content, letter.calendar.method.value)
    return message.as_bytes()


def _add_calendar(message: EmailMessage, content: bytes, method: str) -> None:
    """Last of the alternatives, for programs that show buttons; and as a file, for those that do not."""
    message.add_alternative(
        content.decode(), subtype="calendar", charset="utf-8", cte="base64", params={"method": method}
    )
    message.add_attachment(content, maintype="application", subtype="ics", filename=FILE_NAME)


def _address(person: Person) -> Address:
    return Address(display_name=clean_name(person.name), addr_spec=person.email)


def _html(letter: Letter) -> str:
    paragraphs = "".join(f"<p>{escape(each)}</p>\n" for each in letter.paragraphs)
    return HTML.format(language=escape(letter.language), title=escape(letter.subject), paragraphs=paragraphs)
