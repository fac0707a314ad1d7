"""Mail over SMTP, by Django's own mailer; an address in the settings says through which server.

    smtp://user:password@mail.example:587?tls=start&from=week@mail.example      tls=start, tls=yes or tls=no

A mailbox either takes a mail, or says why not: NotSent when it may be tried again, Refused when it may not, Unsure when the
line broke after the mail was handed over. No address of a recipient is ever logged.
"""

from __future__ import annotations

import smtplib
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from cyberweek.messages.gateways import NotSent

PATIENCE_S = 10
_PORTS = {"start": 587, "yes": 465, "no": 25}
_FOR_GOOD = range(500, 600)


class Mail(NamedTuple):
    """A mail to one person. `id` becomes its Message-ID: the same mail has the same one however often it is sent."""

    id: str
    to: str
    subject: str
    text: str


class Refused(Exception):
    """Raised when the server will never take a mail; the message says why, without the address."""


class Unsure(Exception):
    """Raised when the line broke after a mail was handed over: the server may have it."""


class BadMailbox(Exception):
    """Raised for an address that names no mail server."""


class Mailbox(Protocol):
    """What every mailbox does."""

    def send(self, mail: Mail) -> None:
        """Take a mail, or raise NotSent, Refused or Unsure."""


class SmtpMailbox:
    """Hands mails to a server."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        tls, sender = options.get("tls", "start"), options.get("from", "")
        if parts.scheme != "smtp" or not parts.hostname or tls not in _PORTS or "@" not in sender:
            raise BadMailbox(
                "CYBERWEEK_MAIL is no mail server: write smtp://user:password@host:587?tls=start&from=week@host"
            )
        self._sender = sender
        self._server: dict[str, Any] = {
            "host": parts.hostname, "port": parts.port or _PORTS[tls], "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""), "use_tls": tls == "start", "use_ssl": tls == "yes",
            "timeout": PATIENCE_S,
        }  # fmt: skip

    def send(self, mail: Mail) -> None:
        host = self._sender.rpartition("@")[2]
        message = EmailMessage(
            mail.subject, mail.text, self._sender, [mail.to], headers={"Message-ID": f"<{mail.id}@{host}>"}
        )
        server = self._open()
        try:
            server.send_messages([message])
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code) from None
        except smtplib.SMTPRecipientsRefused as error:
            raise _answered(min(code for code, _words in error.recipients.values())) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Unsure(type(error).__name__) from None
        finally:
            _close_quietly(server)

    def _open(self) -> EmailBackend:
        server = EmailBackend(**self._server)
        try:
            server.open()
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"the mail server cannot be reached: {type(error).__name__}") from None
        return server


def mailbox(address: str) -> Mailbox | None:
    """The mailbox that an address names; None for an empty one. Raises BadMailbox."""
    return SmtpMailbox(address) if address else None


def _answered(code: int) -> Exception:
    """What an answer of the server means: 4xx says later, 5xx says never (RFC 5321, 4.2.1)."""
    words = f"the mail server answered {code}"
    return Refused(words) if code in _FOR_GOOD else NotSent(words)


def _close_quietly(server: EmailBackend) -> None:
    try:
        server.close()
    except (smtplib.SMTPException, OSError):  # the mail's fate is settled already
        return
