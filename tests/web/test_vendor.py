"""Copies of the CDN's files: verified, whatever the source."""

from collections.abc import Callable
from pathlib import Path

import pytest

from interview.web import vendor
from interview.web.assets import ASSETS, Asset

CONTENT = b"let htmx;"
ASSET = Asset("https://host.example/npm/x@1/x.js", vendor.integrity(CONTENT), "x.js")
Sources = dict[str, Callable[[Asset], bytes]]


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> Sources:
    """The places that bytes come from, to be filled by the test."""
    places: Sources = {}
    monkeypatch.setattr(vendor, "_SOURCES", places)
    return places


def no_answer(_asset: Asset) -> bytes:
    raise vendor.VendorError("no answer")


def test_integrity_is_written_as_browsers_read_it() -> None:
    # The digest of the empty text, from FIPS 180-4's examples, in base64.
    empty = "OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
    assert vendor.integrity(b"") == f"sha384-{empty}"


def test_the_next_source_is_asked_when_one_fails(tmp_path: Path, sources: Sources) -> None:
    sources.update(first=no_answer, second=lambda _: CONTENT)
    assert vendor.vendor(ASSET, tmp_path) == "second"
    assert vendor.vendored(ASSET, tmp_path) == CONTENT
    assert vendor.vendor(ASSET, tmp_path) == "already there"


def test_other_bytes_than_the_pinned_ones_are_never_kept(tmp_path: Path, sources: Sources) -> None:
    sources["only"] = lambda _: b"something else"
    with pytest.raises(vendor.VendorError, match="not the pinned ones"):
        vendor.vendor(ASSET, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_was_changed_is_fetched_again(tmp_path: Path, sources: Sources) -> None:
    (tmp_path / "x.js").write_bytes(b"changed")
    assert vendor.vendored(ASSET, tmp_path) is None
    sources["only"] = lambda _: CONTENT
    assert vendor.vendor(ASSET, tmp_path) == "only"


def test_the_npm_package_and_file_follow_from_the_address() -> None:
    members = {name: vendor.npm_member(asset) for name, asset in ASSETS.items()}
    assert members == {
        "htmx": ("htmx.org@2.0.11", "package/dist/htmx.min.js"),
        "pico": ("@picocss/pico@2.1.1", "package/css/pico.min.css"),
    }
