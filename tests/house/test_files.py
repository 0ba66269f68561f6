"""What holds for every file: its size, and the places that it may name."""

import ast
import re
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import pytest

from interview.web.assets import ASSETS
from tests.support.files import named, of_kind, project_files, text_of

MAX_FILE_LINES = 250
MAX_FUNCTION_LINES = 40
MEDIAN_FUNCTION_LINES = 10
CDN_HOST = str(urlsplit(ASSETS["htmx"].url).hostname)
# Joined here, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
    )
]
INDEX_OPTION = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host")
MACHINE_PATH = re.compile(r"(?<![\w.}~-])/(?:root|home|work|Users|opt|mnt)/\w")


def size_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(text_of(path))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def test_files_stay_small_enough_to_read_in_one_go() -> None:
    written = of_kind(".py", ".html", ".js", ".css", ".sh")
    ours = [path for path in written if not named(path).startswith("migrations/")]
    long = [named(path) for path in ours if text_of(path).count("\n") > MAX_FILE_LINES]
    assert long == []


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{named(path)}: {function.name} has {size_of(function)} lines"
        for path in of_kind(".py")
        for function in functions_of(path)
        if not named(path).startswith("migrations/") and size_of(function) > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_most_functions_are_short() -> None:
    sizes = [
        size_of(function)
        for path in of_kind(".py", under="interview/")
        for function in functions_of(path)
    ]
    assert median(sizes) <= MEDIAN_FUNCTION_LINES


def test_the_content_network_is_named_in_one_file_alone() -> None:
    naming = [named(path) for path in project_files() if CDN_HOST in text_of(path)]
    assert naming == ["interview/web/assets.py"]


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_package_registry_is_named(host: str) -> None:
    assert [named(path) for path in project_files() if host in text_of(path)] == []


def test_no_file_tells_installers_where_to_look() -> None:
    this = Path(__file__)
    telling = [p for p in project_files() if p != this and INDEX_OPTION.search(text_of(p))]
    assert [named(path) for path in telling] == []


def test_no_path_of_one_machine_is_named() -> None:
    checked = [path for path in project_files() if not named(path).startswith("data/")]
    found = [
        f"{named(path)}: {match[0]}…"
        for path in checked
        for match in MACHINE_PATH.finditer(text_of(path))
    ]
    assert found == []
