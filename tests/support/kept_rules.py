"""Compiled routes, kept from one test's app to the next: each app would compile its own."""

from collections.abc import Callable
from typing import ClassVar

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class KeptRule(Rule):
    """A rule that builds addresses by what the first rule of the same words compiled.

    What is compiled takes the rule as its first argument and depends on its words alone.
    Should a later Werkzeug compile elsewhere, every app compiles for itself again.
    """

    _kept: ClassVar[dict[tuple[object, ...], Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        defaults = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, self.subdomain, self.host, defaults, append_unknown)
        if key not in self._kept:
            self._kept[key] = super()._compile_builder(append_unknown)
        return self._kept[key]
