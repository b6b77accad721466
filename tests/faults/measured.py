"""Runs a command and writes down the most memory that it, or a process of its own, took: MEASURED COMMAND ARGUMENT…

A small process of its own, since a new process's peak begins with that of the one that it was forked from.
"""

from __future__ import annotations

import os
import sys

child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w", encoding="ascii") as file:
    file.write(str(used.ru_maxrss))
sys.exit(abs(os.waitstatus_to_exitcode(status)))
