"""What requests say about packets, releases, notices and deposits."""

from __future__ import annotations

from marshmallow import fields, validate

from schemas.asks.bodies import MAYBE_SHA256, SHA256, Ask, maybe_text, name, text


def _secret() -> fields.String:
    return fields.String(required=True, validate=SHA256)


class PacketAsk(Ask):
    """A packet of a draw."""

    draw = name()
    packet = name()


class ReleaseAsk(Ask):
    """To which city, when its units are visited, and how many days before it may know."""

    city = name()
    visit = fields.Date(required=True)
    days = fields.Integer(required=True, validate=validate.Range(0, 366))


class NoticesAsk(Ask):
    """Of which units; none named means all."""

    units = fields.List(name(), load_default=[], validate=validate.Length(max=1000))


class NoticeFormAsk(Ask):
    """As what a notice is wanted; where it is not said, the header Accept says it."""

    form = fields.String(data_key="as", load_default="", validate=validate.OneOf(["docx", "pdf", "json"]))


class NoticesFormAsk(Ask):
    """As what each notice is wanted."""

    form = fields.String(data_key="as", load_default="docx", validate=validate.OneOf(["docx", "pdf", "json"]))


class NoticeCheckAsk(Ask):
    """A notice's text, and the root of its tree if it is known from elsewhere."""

    notice = text(20_000)
    root = fields.String(load_default="", validate=MAYBE_SHA256)


class DepositAsk(Ask):
    """The third party's public key, as `deposit keygen` wrote it."""

    public_key = text(2000)


class DepositConfirmAsk(Ask):
    """Who holds the secret, and the digest that they computed of it; no holder means the institution that confirms."""

    holder = maybe_text(200)
    digest = _secret()


class HandedAsk(Ask):
    """The deposited secret."""

    secret = _secret()
