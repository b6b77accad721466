"""Measures one figure in a process of its own, and prints its rows as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from benchmarks.figures import FIGURES

if __name__ == "__main__":
    print(json.dumps([asdict(row) for row in FIGURES[sys.argv[1]](int(sys.argv[2]))]))
