"""Answers about policies: what they say, and which versions of them were used since when."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import fields

from audit_service.core.canonical import write_time
from audit_service.core.policy import Programme
from audit_service.use_cases.policies import Listed
from schemas.answers.parts import Out, flag, many, maybe, maybe_whole, text, whole


class UsedOut(Out):
    """A version of a policy that was used: its file, and since when."""

    version = whole()
    sha256 = text()
    since = text()


class ListedOut(Out):
    """A policy; version and digest are null of one that is not installed. `problem` is the code of why nothing could be
    recorded by the installed file, null where it could."""

    policy = text()
    installed = flag()
    version = maybe_whole()
    sha256 = maybe()
    used = many(UsedOut)
    problem = maybe()


class PoliciesOut(Out):
    """The policies that are installed or were used."""

    items = many(ListedOut)


class PolicyOut(Out):
    """A policy: which version this is, the file, and the versions that were used."""

    policy = text()
    version = whole()
    sha256 = text()
    used = many(UsedOut)
    problem = maybe()
    file = fields.Raw(required=True, metadata={"description": "The policy file (docs/policies.md)"})


def listed_json(found: Listed) -> dict[str, Any]:
    """A policy in the list."""
    return {
        "policy": found.policy,
        "installed": found.installed is not None,
        "version": found.installed.version if found.installed else None,
        "sha256": found.installed.digest if found.installed else None,
        **_since(found),
    }


def policy_json(programme: Programme, found: Listed) -> dict[str, Any]:
    """A policy whole."""
    said = json.loads(programme.source.decode("utf-8-sig"))
    own = {"policy": programme.policy, "version": programme.version, "sha256": programme.digest}
    return {**own, **_since(found), "file": said}


def _since(found: Listed) -> dict[str, Any]:
    used = [{"version": each.version, "sha256": each.digest, "since": write_time(each.at)} for each in found.used]
    return {"used": used, "problem": found.wrong.code if found.wrong else None}
