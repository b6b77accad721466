"""What requests say. Unknown fields are refused; a text may not be empty where one is needed."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from audit_service.core.canonical import AN_IDENTIFIER
from audit_service.core.draws import State
from audit_service.core.rights import Role

MOST: Final = 2000
"""Characters of a text that somebody writes."""


class FullMatch(validate.Regexp):
    """A pattern of a whole text. `Regexp` by itself looks at the beginning, and takes a line break behind `$`."""

    def __call__(self, value: Any) -> Any:
        if self.regex.fullmatch(value) is None:
            raise ValidationError(self._format_error(value))
        return value


NAME: Final = FullMatch(f"^{AN_IDENTIFIER.pattern}$")
SHA256: Final = FullMatch(r"^[0-9a-f]{64}$")
MAYBE_SHA256: Final = FullMatch(r"^([0-9a-f]{64})?$")
NO_CONTROL: Final = FullMatch(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")


def whole_characters(found: str) -> None:
    """Refuse half a character, which JSON can write and no database takes."""
    if any("\ud800" <= character <= "\udfff" for character in found):
        raise ValidationError("not a character")


class Ask(Schema):
    """A body or a query."""

    class Meta:
        unknown = RAISE


def text(most: int = MOST, **more: Any) -> fields.String:
    """A text that is needed."""
    return fields.String(required=True, validate=[validate.Length(1, most), NO_CONTROL, whole_characters], **more)


def maybe_text(most: int = MOST, **more: Any) -> fields.String:
    """A text that may be left out."""
    return fields.String(load_default="", validate=[validate.Length(max=most), NO_CONTROL, whole_characters], **more)


def name(**more: Any) -> fields.String:
    """An identifier of the protocol."""
    return fields.String(required=True, validate=NAME, **more)


def maybe_name() -> fields.String:
    """An identifier, or nothing."""
    return fields.String(load_default="", validate=FullMatch(f"^(?:{AN_IDENTIFIER.pattern})?$"))


class PageAsk(Ask):
    """Which page of a list."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class UnitsAsk(PageAsk):
    """Which units: of a city, of a status, whose name, county or code holds a text."""

    city = maybe_name()
    status = maybe_name()
    text = maybe_text(100)


class InspectorsAsk(PageAsk):
    """Which inspectors."""

    city = maybe_name()
    text = maybe_text(100)


def _word(*known: str) -> fields.String:
    """One of some words, or nothing."""
    return fields.String(load_default="", validate=validate.OneOf(["", *known]))


class DrawsAsk(PageAsk):
    """Which draws."""

    campaign = maybe_name()
    state = _word(*(state.value for state in State))


class SampleAsk(PageAsk):
    """Which units of a frame."""

    stratum = maybe_name()
    city = maybe_name()


class UsersAsk(PageAsk):
    """Which accounts."""

    role = _word(*(role.value for role in Role))


class RequestsAsk(PageAsk):
    """Which requests."""

    state = _word("waiting", "confirmed", "declined")


class SessionAsk(Ask):
    """Name and password."""

    account = text(100)
    password = text(300)


class PasswordAsk(Ask):
    """A new password, and the present one if there is one."""

    present = maybe_text(300)
    password = text(300)


class NewPasswordAsk(Ask):
    """A password for another's account."""

    password = text(300)


class UserAsk(Ask):
    """An account for a post."""

    account = name()
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    institution = maybe_text(200)
    city = maybe_name()
    inspector = maybe_name()


class HolderAsk(Ask):
    """Who takes a post over."""

    holder = text(200)


class TokenAsk(Ask):
    """A token of one's own account, or (an administrator) of another."""

    account = maybe_name()
    label = maybe_text(200)
    scopes = fields.List(
        fields.String(validate=validate.OneOf(["read", "act"])),
        load_default=["read", "act"],
        validate=validate.Length(1, 2),
    )
    days = fields.Integer(load_default=90, validate=validate.Range(1, 366))


class TokensAsk(PageAsk):
    """Whose tokens."""

    account = maybe_name()


class RevokeAsk(Ask):
    """Whether the token was in the wrong hands."""

    stolen = fields.Boolean(load_default=False)


class ReasonAsk(Ask):
    """Why."""

    reason = text()


class LeaveAsk(Ask):
    """Who leaves the roster, and why."""

    inspectors = fields.List(name(), required=True, validate=validate.Length(1, 1000))
    reason = text()


class FreezeAsk(Ask):
    """A frame to freeze."""

    campaign = name()
    policy = name()


class EventAsk(Ask):
    """A public event that will decide; `digits` for dice alone."""

    source = text(20)
    event = name()
    digits = maybe_text(6)
    not_before = text(20)


class TermsAsk(Ask):
    """What is to be decided by."""

    events = fields.List(fields.Nested(EventAsk), required=True, validate=validate.Length(1, 20))
    fallback = fields.List(fields.Nested(EventAsk), load_default=[], validate=validate.Length(max=20))
    sealed = fields.Boolean(load_default=False)
    reveal_by = fields.Date(load_default=None, allow_none=True)


class CommitAsk(TermsAsk):
    """A commitment to draw a sample."""

    replaces = maybe_name()


class RoundAsk(TermsAsk):
    """A commitment to draw teams, and when they inspect."""

    inspect_from = fields.Date(load_default=None, allow_none=True)
    inspect_to = fields.Date(load_default=None, allow_none=True)


class SeedAsk(Ask):
    """The public value of the events, and where the fallback ones decided the document that shows why."""

    public = text(4000)
    document = maybe_text()


class CorrectAsk(Ask):
    """The right public value, and the document that shows it."""

    public = text(4000)
    document = text()


class SetAsideAsk(Ask):
    """On what ground a draw is set aside."""

    ground = name()
    reason = maybe_text()


class SubstituteAsk(Ask):
    """Which units are substituted, and by what document."""

    units = fields.List(name(), required=True, validate=validate.Length(1, 1000))
    document = text()


class PolicyAsk(Ask):
    """Under which policy."""

    policy = name()


class VersionAsk(Ask):
    """Which version, if not the one that is installed."""

    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 10**6))


class ExplainAsk(Ask):
    """By which document a difference between roster and annex is explained."""

    policy = name()
    city = name()
    target = name()
    difference = fields.Integer(required=True, validate=validate.Range(-1_000_000, 1_000_000))
    document = text()


class ConfirmAsk(Ask):
    """A city's stamped confirmation of its list: the scan that was sent (`/frames/files`) and its day."""

    city = name()
    file = text(200)
    sha256 = fields.String(required=True, validate=SHA256)
    date = fields.Date(required=True)
