"""Runs a command and prints what it took as JSON.

A process of its own, small and quick to start: the kernel counts the memory of whoever starts a command into that
command's peak.
"""

import json
import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
seconds = time.perf_counter() - start
print(
    json.dumps(
        {
            "seconds": seconds,
            "cpu": used.ru_utime + used.ru_stime,
            "peak": used.ru_maxrss / 1024,
            "status": os.waitstatus_to_exitcode(status),
        }
    )
)
