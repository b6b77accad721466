"""The least that a web service on the same server can do: a Flask view with one SELECT, and its rows as JSON.

`gunicorn benchmarks.bare:app`. It knows nobody, checks nothing and counts nothing; it has the product's own engine.
"""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, Response, jsonify
from sqlalchemy import Connection, create_engine, make_url, text

ONE = text("SELECT draw, campaign, ordinal, programme, frozen_in FROM draws WHERE draw = :draw")
MANY = text(
    "SELECT unit, city, county, name, kind, status, target_year, livelihood, former_name, assessed_on, assessed_score,"
    " naming_document, named_on, valid_until, city_score, city_result"
    " FROM units WHERE superseded_in IS NULL ORDER BY unit LIMIT 50"
)


def _app() -> Flask:
    url = make_url(os.environ.get("AUDIT_DATABASE_URL", "sqlite:///var/audit.db"))
    driver = "postgresql+psycopg" if url.get_backend_name() == "postgresql" else "sqlite"
    engine = create_engine(url.set(drivername=driver))
    app = Flask("bare")

    def rows(db: Connection, statement: Any, **values: str) -> list[dict[str, Any]]:
        return [dict(row._mapping) for row in db.execute(statement, values)]

    @app.get("/one/<draw>")
    def one(draw: str) -> Response:
        with engine.connect() as db:
            return jsonify(rows(db, ONE, draw=draw)[0])

    @app.get("/many")
    def many() -> Response:
        with engine.connect() as db:
            return jsonify(rows(db, MANY))

    return app


app = _app()
