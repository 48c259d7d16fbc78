"""Deploys the template to ministack as often as it is told, and says how to call what it made; ends when its input does.

Each line of its input has parameters of the template as a JSON object, such as `{"Burst": "3"}`. Each line of its output has
the URL of the stage, the headers that a call needs, and where the backend says how many calls it has seen.
"""

import json
import sys

from imitation import TEMPLATE, Backend, Ministack, Stack
from translation import for_ministack

with Ministack() as services:
    for number, line in enumerate(sys.stdin):
        # Each has a backend of its own, which is gone when the program is.
        backend = Backend().__enter__()
        stack = Stack(services, f"served-{number}", for_ministack(TEMPLATE, backend.server_port), **json.loads(line))
        seen = f"http://127.0.0.1:{backend.server_port}/seen"
        print(json.dumps({"url": stack.url, "headers": stack.headers, "seen": seen}), flush=True)
