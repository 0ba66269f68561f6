"""Chromium on the app: the CDN answered from kept copies, and every complaint kept."""

import importlib.util
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, ViewportSize

from interview.web.assets import ASSETS
from interview.web.vendor import vendored
from tests.support.needs import cannot_run

PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=800)
CONTENT_TYPES = {".js": "text/javascript", ".css": "text/css"}
# A violation is an event, which the console does not always name.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI}`));
"""

# Preloading would fetch the style sheets again, which the page's policy refuses.
AXE_RUN = "(own) => axe.run(document, {resultTypes: ['violations'], preload: false, ...own})"
# What a theme can change; everything else is the same page.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SCHEMES: dict[Literal["light", "dark"], dict[str, Any]] = {"light": {}, "dark": OF_COLOURS}


@dataclass
class Complaints:
    """What the browser complained of, but for what a test said it would."""

    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, part: str) -> None:
        """Allow complaints that contain this text, such as a status of 422."""
        self.expected.append(part)

    def unexpected(self) -> list[str]:
        return [one for one in self.seen if not any(part in one for part in self.expected)]

    def note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"{message.text} ({message.location.get('url')})")


class Visitor:
    """One person's browser: a context of its own, with its cookies and storage."""

    def __init__(
        self, browser: Browser, base_url: str, *, cdn: bool = True, **options: Any
    ) -> None:
        options.setdefault("viewport", DESKTOP)
        self.base_url = base_url
        self.complaints = Complaints()
        self.context: BrowserContext = browser.new_context(
            base_url=base_url, reduced_motion="reduce", **options
        )
        self.context.set_default_timeout(30_000)
        self.context.add_init_script(REPORT_VIOLATIONS)
        self.context.on("console", self.complaints.note)
        self.context.on("weberror", lambda error: self.complaints.seen.append(str(error.error)))
        self.context.route("**/*", self._outside)
        for name, asset in ASSETS.items():
            if cdn:
                self.context.route(asset.url, _kept(name))
            else:
                self.complaints.expect(asset.url)

    def page(self, path: str | None = None) -> Page:
        """Open a tab, at a path if one is given."""
        tab = self.context.new_page()
        if path is not None:
            tab.goto(path)
        return tab

    def close(self) -> None:
        self.context.close()

    def _outside(self, route: Route) -> None:
        """Let nothing but the app be reached."""
        if route.request.url.startswith((self.base_url, "data:")):
            route.continue_()
            return
        self.complaints.seen.append(f"asked for {route.request.url}")
        route.abort()


def _kept(name: str) -> Any:
    asset = ASSETS[name]
    content = vendored(asset)
    if content is None:
        cannot_run(f"static/vendor/{asset.vendor_name} is missing (`make vendor` found no source)")
    headers = {
        # Without this the browser may not read the bytes to check their integrity.
        "Access-Control-Allow-Origin": "*",
        "Content-Type": CONTENT_TYPES[Path(asset.vendor_name).suffix],
    }
    return lambda route: route.fulfill(body=content, headers=headers)


def axe(page: Page) -> list[str]:
    """What axe-core holds against a page, in light and in dark; the page needs scripts."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    program = Path(spec.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    found = []
    page.evaluate(program)
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        result = page.evaluate(AXE_RUN, rules)
        for violation in result["violations"]:
            for node in violation["nodes"]:
                place = " ".join(map(str, node["target"]))
                found.append(f"{scheme}: {violation['id']} at {place}: {violation['help']}")
    page.emulate_media(color_scheme="null")
    return found


def picture(page: Page, name: str) -> None:
    """Keep pictures of a page, small and large, light and dark, where SCREENSHOTS says."""
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    before = page.viewport_size
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            path = Path(folder) / f"{name}-{size['width']}-{scheme}.png"
            page.screenshot(path=path, full_page=True)
    page.emulate_media(color_scheme="null")
    page.set_viewport_size(before or DESKTOP)
