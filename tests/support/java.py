"""Finds a JDK that can run Elasticsearch: ``python -m tests.support.java`` prints its folder, or says that there is none.

Standard library only: `.ci/run` asks before there is an environment.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OLDEST = 21
"""Elasticsearch 9 is compiled for this release."""
NEEDED_MODULE = "jdk.incubator.vector"
"""Elasticsearch's launcher demands it; a JRE, and a JVM packed into a Python package, lack it."""
WANTED = f"a full JDK of release {OLDEST} or newer (set ES_JAVA_HOME to it)"


@functools.cache
def find_java() -> Path | None:
    """The home of the first JDK that will do, or None.

    Asked in this order: ES_JAVA_HOME, JAVA_HOME, the java on the path, those under /usr/lib/jvm. An older one that a
    variable names is passed over, not an error: JAVA_HOME is often set for something else.
    """
    return next((home for home in dict.fromkeys(_candidates()) if will_do(home)), None)


def will_do(home: Path) -> bool:
    """Whether its release and its modules suffice: asked of the JVM itself, as not every JDK has a `release` file."""
    java = home / "bin" / "java"
    try:
        answer = subprocess.run(
            [java, "--list-modules"], capture_output=True, text=True, timeout=60, check=False
        )
    except OSError:
        return False
    modules = dict(re.findall(r"^([\w.]+)@(\d+)", answer.stdout, re.MULTILINE))
    return int(modules.get("java.base", 0)) >= OLDEST and NEEDED_MODULE in modules


def _candidates() -> Iterator[Path]:
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parent.parent
    yield from sorted(path.resolve() for path in Path("/usr/lib/jvm").glob("*") if path.is_dir())


if __name__ == "__main__":
    found = find_java()
    print(found or f"not found: {WANTED}", file=sys.stdout if found else sys.stderr)
    sys.exit(found is None)
