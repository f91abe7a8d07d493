"""The sign-in servers' pages: whole HTML, no script but the one that sends a form on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from sandbox.world import Mailbox

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24}"
    "main{max-width:28rem;margin:2rem auto;padding:1.5rem;background:#fff;border:1px solid #c9ced6;border-radius:8px}"
    "@media(max-width:30rem){main{margin:0;border:0}}"
    "h1{font-size:1.3rem;margin:0 0 1rem}li,label{display:block;margin:.5rem 0}ul{padding:0}"
    "select{font:inherit;width:100%;padding:.4rem}code{overflow-wrap:anywhere}"
    "button{font:inherit;padding:.5rem 1.2rem;margin:1rem .5rem 0 0;cursor:pointer}"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked for. `optional`: with a box the person may leave empty."""

    scope: str
    words: str
    optional: bool = False


def picker(vendor: str, application: str, accounts: Iterable[Mailbox], hint: str) -> str:
    """Which account; the hinted one is chosen already."""
    options = "".join(
        f'<option value="{escape(each.address)}"{" selected" if each.address == hint.lower() else ""}>'
        f"{escape(each.name)} ({escape(each.address)})</option>"
        for each in accounts
    )
    return _page(
        f"{vendor}: choose an account",
        f"<h1>Choose an account</h1><p>to continue to <b>{escape(application)}</b></p>"
        f'<form method="post"><label for="account">Account</label>'
        f'<select id="account" name="account">{options}</select>'
        f'<button>Next</button><button name="decision" value="cancel">Cancel</button></form>',
    )


def consent(vendor: str, application: str, account: Mailbox, items: Iterable[Item], *, remark: str = "") -> str:
    """What the application would like to do, and who decides."""
    listed = "".join(map(_listed, items))
    return _page(
        f"{vendor}: {application} asks for access",
        f"<h1>{escape(application)} would like to</h1>"
        f"<p>Signed in as <b>{escape(account.name)}</b> ({escape(account.address)})</p>"
        f'<form method="post"><input type="hidden" name="account" value="{escape(account.address)}">'
        f"<ul>{listed}</ul>{f'<p>{escape(remark)}</p>' if remark else ''}"
        f'<button name="decision" value="allow">Allow</button>'
        f'<button name="decision" value="cancel">Cancel</button></form>',
    )


def needs_administrator(application: str, account: Mailbox, items: Iterable[Item]) -> str:
    """Entra's page for somebody who may not decide alone."""
    listed = "".join(f"<li>{escape(each.words)}</li>" for each in items)
    return _page(
        "Microsoft: need admin approval",
        f"<h1>Need admin approval</h1><p>Signed in as <b>{escape(account.name)}</b> ({escape(account.address)})</p>"
        f"<p><b>{escape(application)}</b> needs permission to access resources in your organization that only an "
        f"admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>"
        f"<ul>{listed}</ul>"
        f'<form method="post"><input type="hidden" name="account" value="{escape(account.address)}">'
        f'<button name="decision" value="return">Return to the application without granting consent</button></form>',
    )


def blocked(vendor: str, code: str, sentence: str) -> str:
    """The vendor's own error page, without a way to anywhere."""
    return _page(
        f"{vendor}: access blocked",
        f"<h1>Access blocked</h1><p>{escape(sentence)}</p><p><code>Error: {escape(code)}</code></p>",
    )


def back_by_post(address: str, fields: Mapping[str, str]) -> str:
    """A form that sends itself (OAuth 2.0 form_post response mode); by a button where scripts are off."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields.items()
    )
    return _page(
        "Working...",
        f'<form method="post" action="{escape(address)}">{hidden}<noscript><p>Script is disabled. Press Submit to go '
        f"on.</p><button>Submit</button></noscript></form><script>document.forms[0].submit()</script>",
    )


def _listed(item: Item) -> str:
    scope, words = f'name="scope" value="{escape(item.scope)}"', escape(item.words)
    if item.optional:
        return f'<li><label><input type="checkbox" {scope}> {words}</label></li>'
    return f'<li>{words}<input type="hidden" {scope}></li>'


def _page(title: str, inside: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{STYLE}</style></head><body><main>{inside}</main></body></html>"
    )
