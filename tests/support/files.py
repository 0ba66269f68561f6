"""The project's own files, as a clone has them."""

import os
import subprocess
from functools import cache
from pathlib import Path

from interview.web.config import ROOT

LEFT_OUT = {".git", ".venv", "instance", "build", "dist", "vendor", "htmlcov", "__pycache__"}


@cache
def project_files() -> tuple[Path, ...]:
    """List every file that is part of the project, tracked or about to be."""
    if (ROOT / ".git").exists():
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        paths = (ROOT / name for name in listing.stdout.split("\0") if name)
        return tuple(sorted(path for path in paths if path.is_file()))
    return tuple(sorted(_walked()))


def _walked() -> list[Path]:
    """Stand in for git where the project came without its history."""
    found = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [n for n in subfolders if n not in LEFT_OUT and not n.endswith("_cache")]
        found += [Path(folder, name) for name in names]
    return found


def named(path: Path) -> str:
    """A file's path within the project."""
    return path.relative_to(ROOT).as_posix()


def of_kind(*suffixes: str, under: str = "") -> list[Path]:
    """Files with one of these suffixes, within a folder if one is given."""
    return [p for p in project_files() if p.suffix in suffixes and named(p).startswith(under)]


def text_of(path: Path) -> str:
    """A file's text; nothing for a file that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
