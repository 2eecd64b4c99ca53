"""Static files under names that hold their content's hash, so that they may be kept forever and never be stale.

Read once at start and answered from memory; what is not in the folder cannot be asked for. Licences are kept beside the
code they belong to and are not served.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

FOLDER: Final = Path(__file__).parent.parent / "static"
TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}  # fmt: skip
"""What is served; other files in the folder (licences) are not."""

FOREVER: Final = "public, max-age=31536000, immutable"
HASH_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file, ready to be sent."""

    address: str
    media_type: str
    body: bytes
    packed: bytes
    """The same in gzip."""


class StaticFiles:
    """The files of the folder, by plain name and by hashed name."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """`files` maps plain names to contents."""
        self._by_name = {name: _static_file(name, body) for name, body in files.items()}
        self._by_address = {file.address: file for file in self._by_name.values()}

    @classmethod
    def load(cls, folder: Path = FOLDER) -> StaticFiles:
        """Every file of the folder that is of a served type."""
        return cls(
            {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in TYPES}
        )

    def address(self, name: str) -> str:
        """Where a file is served.

        Raises:
            KeyError: there is no such file: a template names one that does not exist.
        """
        return self._by_name[name].address

    def get(self, address: str) -> StaticFile | None:
        """The file at an address."""
        return self._by_address.get(address)


router = APIRouter(include_in_schema=False)


@router.api_route("/static/{name}", methods=["GET", "HEAD"])
def static_file(request: Request, name: str) -> Response:
    """A static file; only under the name that holds its hash."""
    files: StaticFiles = request.app.state.pages.static
    file = files.get(f"/static/{name}")
    if file is None:
        raise HTTPException(404, "no such file")
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, 200, headers | {"Content-Encoding": "gzip"}, file.media_type)
    return Response(file.body, 200, headers, file.media_type)


def _static_file(name: str, body: bytes) -> StaticFile:
    path = Path(name)
    digest = hashlib.blake2b(body, digest_size=HASH_DIGITS // 2).hexdigest()
    return StaticFile(
        f"/static/{path.stem}-{digest}{path.suffix}", TYPES[path.suffix], body, gzip.compress(body, mtime=0)
    )
