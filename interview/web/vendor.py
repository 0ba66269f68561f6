"""Keep copies of the CDN's files under static/vendor/: for closed networks and for tests.

Run as ``python -m interview.web.vendor``, or ``make vendor``. The bytes come from the CDN,
or from the npm packages that it mirrors; either way they must match the pinned hash.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from interview.web.assets import ASSETS, Asset
from interview.web.config import ROOT

FOLDER = ROOT / "static" / "vendor"
_PATIENCE_SECONDS = 30


class VendorError(Exception):
    """A file could not be had, or is not the pinned one; the message is one line."""


def integrity(content: bytes) -> str:
    """Hash bytes as subresource integrity writes it.

    Parameters
    ----------
    content : bytes
        A file's bytes.

    Returns
    -------
    str
        ``sha384-`` and the base64 of the digest (W3C, Subresource Integrity, section 3.1).
    """
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def vendored(asset: Asset, folder: Path = FOLDER) -> bytes | None:
    """Read a kept copy.

    Parameters
    ----------
    asset : Asset
        The pinned file.
    folder : Path
        Where copies are kept.

    Returns
    -------
    bytes or None
        None when there is no copy, or when it is not the pinned file.
    """
    path = folder / asset.vendor_name
    content = path.read_bytes() if path.is_file() else b""
    return content if integrity(content) == asset.integrity else None


def vendor(asset: Asset, folder: Path = FOLDER) -> str:
    """Keep a verified copy of a file.

    Parameters
    ----------
    asset : Asset
        The pinned file.
    folder : Path
        Where copies are kept; made when missing.

    Returns
    -------
    str
        Where the bytes came from, for the operator.

    Raises
    ------
    VendorError
        When no source has the pinned bytes.
    """
    if vendored(asset, folder) is not None:
        return "already there"
    failures = []
    for name, source in _SOURCES.items():
        try:
            content = source(asset)
            if integrity(content) != asset.integrity:
                raise VendorError("its bytes are not the pinned ones")
        except VendorError as error:
            failures.append(f"{name}: {error}")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / asset.vendor_name, content)
        return name
    raise VendorError(f"{asset.vendor_name} could not be had ({'; '.join(failures)})")


def _replace(path: Path, content: bytes) -> None:
    """Write beside and rename: a server may be reading the file."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)


def _from_cdn(asset: Asset) -> bytes:
    try:
        # The address is a constant of this project and begins with https.
        with urlopen(asset.url, timeout=_PATIENCE_SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read()
            return content
    except (URLError, TimeoutError) as error:
        raise VendorError(str(error)) from error


def _from_npm(asset: Asset) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        raise VendorError("npm is not installed")
    package, member = npm_member(asset)
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(  # noqa: S603
            [npm, "pack", "--silent", "--pack-destination", folder, package],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        archives = list(Path(folder).glob("*.tgz"))
        if packed.returncode != 0 or not archives:
            raise VendorError(f"npm pack {package} failed")
        with tarfile.open(archives[0]) as archive:
            file = archive.extractfile(member)
            return file.read() if file else b""


def npm_member(asset: Asset) -> tuple[str, str]:
    """Name the npm package that the CDN's address mirrors, and the file's path in it."""
    parts = urlsplit(asset.url).path.removeprefix("/npm/").split("/")
    scoped = 2 if parts[0].startswith("@") else 1
    return "/".join(parts[:scoped]), "/".join(["package", *parts[scoped:]])


_SOURCES: dict[str, Callable[[Asset], bytes]] = {"the CDN": _from_cdn, "npm": _from_npm}


def main() -> int:
    """Keep every pinned file; the exit status is 1 when one could not be had."""
    failed = False
    for asset in ASSETS.values():
        try:
            print(f"static/vendor/{asset.vendor_name}: {vendor(asset)}")
        except VendorError as error:
            print(f"static/vendor: {error}", file=sys.stderr)
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
