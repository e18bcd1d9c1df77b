"""Runs a command to its end and writes what its whole tree of processes cost, as one line of JSON, into a file.

    python3 measure.py REPORT COMMAND ARGUMENT...

CPU time is that of the command and of every descendant it waited for; memory is that of the largest process among
them. Exits as the command did.
"""

import json
import os
import sys
import time

report, *command = sys.argv[1:]
begin = time.monotonic()
process = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(process, 0)
wall = time.monotonic() - begin
# macOS counts bytes, everybody else KiB.
unit = 1 if sys.platform == "darwin" else 1024
costs = {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "memory": usage.ru_maxrss * unit}
with open(report, "w", encoding="utf-8") as file:
    json.dump(costs, file)
sys.exit(os.waitstatus_to_exitcode(status) and 1)
