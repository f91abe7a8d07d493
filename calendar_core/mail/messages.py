"""A letter as bytes (RFC 5322, 2045, 6047), in the one arrangement that all mail programs show as an invitation."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from calendar_core.ports import Letter

from .headers import address_line, header_line

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
    after = () if letter.after is None else (("References", letter.after), ("In-Reply-To", letter.after))
    lines = [
        address_line("From", letter.sender),
        address_line("To", letter.to),
        header_line("Subject", letter.subject),
        header_line("Date", format_datetime(now)),
        header_line("Message-ID", letter.message_id),
        *(header_line(name, value) for name, value in after),
        header_line("Auto-Submitted", "auto-generated"),
    ]
    return b"".join(lines) + _body(letter)


def _body(letter: Letter) -> bytes:
    """Everything below, beginning with its own headers."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message.set_content("\n\n".join(letter.paragraphs) + "\n", charset="utf-8", cte="quoted-printable")
    message.add_alternative(_html(letter), subtype="html", charset="utf-8", cte="quoted-printable")
    if letter.calendar is not None:
        _add_calendar(message, letter.calendar.content, letter.calendar.method.value)
    if letter.file is not None:
        kind, _, subkind = letter.file.kind.partition("/")
        message.add_attachment(letter.file.content, maintype=kind, subtype=subkind, filename=letter.file.name)
    return message.as_bytes()


def _add_calendar(message: EmailMessage, content: bytes, method: str) -> None:
    """Last of the alternatives, for programs that show buttons; and as a file, for those that do not."""
    message.add_alternative(
        content.decode(), subtype="calendar", charset="utf-8", cte="base64", params={"method": method}
    )
    message.add_attachment(content, maintype="application", subtype="ics", filename=FILE_NAME)


def _html(letter: Letter) -> str:
    paragraphs = "".join(f"<p>{escape(each)}</p>\n" for each in letter.paragraphs)
    return HTML.format(language=escape(letter.language), title=escape(letter.subject), paragraphs=paragraphs)
