"""Elasticsearch's own minimal server distribution: fetched once, verified, unpacked once.

It is the real server (Lucene, cluster, REST, security) with few modules, and the one form of it that Maven's central
repository holds. What it lacks next to the official image is in `tests/README.md`.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.support.java import WANTED, find_java
from tests.support.server_process import Missing, server_user

VERSION = "9.2.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
SHA256 = "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b"
FETCH_ATTEMPTS = 3
FETCH_TIMEOUT_S = 900


class DamagedArchive(RuntimeError):
    """What was fetched is not the archive we know; it is deleted."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What it takes to run a node: the unpacked server, a JDK, and whom to run it as (None: as we are)."""

    home: Path
    java: Path
    user: pwd.struct_passwd | None


def installation(*, may_fetch: bool) -> Installation:
    """Everything a node needs; 5 s when the archive must be fetched first, 2 s when it must be unpacked, else none.

    Raises:
        Missing: no JDK, no archive and `may_fetch` is false, or it could not be fetched.
        DamagedArchive: it is not what `SHA256` says.
    """
    java = find_java()
    if java is None:
        raise Missing(WANTED)
    user = server_user("nobody", "postgres")
    archive = cache_folder() / f"elasticsearch-{VERSION}.zip"
    if not archive.exists():
        if not may_fetch:
            raise Missing(f"the archive of Elasticsearch {VERSION} in {cache_folder()}")
        _fetch(archive)
    return Installation(_unpacked(archive, user), java, user)


def cache_folder() -> Path:
    """Where archives are kept between runs: BIJIA_TEST_CACHE, else `bijia` in the user's cache folder."""
    if chosen := os.environ.get("BIJIA_TEST_CACHE"):
        return Path(chosen).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bijia"


def verify(archive: Path) -> None:
    """Delete what is not the archive we know."""
    with archive.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        archive.unlink()
        raise DamagedArchive(
            f"{archive} had sha256 {found}, not {SHA256}; deleted (Maven's own copy may be damaged too)"
        )


def _fetch(archive: Path) -> None:
    """Through a folder of its own: two processes that fetch at once do not see each other's half files."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing(f"mvn, to fetch Elasticsearch {VERSION} with")
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix="fetch-") as folder:
        command = [
            maven,
            "-q",
            "-B",
            "dependency:copy",
            f"-Dartifact={ARTIFACT}",
            f"-DoutputDirectory={folder}",
        ]
        for _ in range(FETCH_ATTEMPTS):
            fetched = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, timeout=FETCH_TIMEOUT_S, check=False
            )
            if fetched.returncode == 0:
                break
        else:
            raise Missing(f"Elasticsearch {VERSION}; mvn could not fetch it:\n{fetched.stdout[-1500:]}")
        found = Path(folder) / archive.name
        verify(found)
        found.replace(archive)


def _unpacked(archive: Path, user: pwd.struct_passwd | None) -> Path:
    """The server's folder, which `user` can read; the archive is verified before each time it is unpacked.

    Beside the archive, unless that is out of the user's reach (root's own cache folder is).
    """
    parent = archive.parent
    if user is not None and not _others_may_enter(parent):
        parent = Path("/var/tmp") / f"bijia-{os.geteuid()}"  # noqa: S108 - it must be ours, see below
        parent.mkdir(mode=0o755, exist_ok=True)
        if parent.is_symlink() or parent.lstat().st_uid != os.geteuid():
            raise Missing(f"a safe folder to unpack into: {parent} is somebody else's")
    home = parent / f"elasticsearch-{VERSION}-{SHA256[:8]}"
    if home.is_dir():
        return home
    verify(archive)
    with (
        tempfile.TemporaryDirectory(dir=parent, prefix="unpack-") as folder,
        zipfile.ZipFile(archive) as members,
    ):
        members.extractall(folder)  # 240 files, 114 MB; their names are covered by the checksum
        whole = Path(folder) / f"elasticsearch-{VERSION}"
        for path in (whole, *whole.rglob("*")):
            is_program = path.is_dir() or path.parent.name == "bin"
            path.chmod(0o755 if is_program else 0o644)
        try:
            whole.rename(home)
        except OSError:  # another process was faster
            if not home.is_dir():
                raise
    return home


def _others_may_enter(folder: Path) -> bool:
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder.resolve(), *folder.resolve().parents))
