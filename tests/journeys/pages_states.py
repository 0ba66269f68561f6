"""Which pages of classes are looked at, by whom, and in which state.

States that a test beside an area's own tests looks at are left to it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class State:
    """One page as one person meets it.

    Parameters
    ----------
    path
        Its numbers are named, as in ``/classes/{web}/people``.
    form
        A form on it that is sent; the page is then what comes back.
    typed
        What is put into the form's fields.
    """

    path: str
    status: int = 200
    form: str = ""
    typed: dict[str, str] = field(default_factory=dict)


def refused(path: str, form: str, **typed: str) -> State:
    """A form that is sent with what cannot be taken."""
    return State(path, 422, form, typed)


WEB, OVER, EMPTY = "/classes/{web}", "/classes/{over}", "/classes/{empty}"
TODAY = "/assignments/{today}"
OLD = "/assignments/{old}"

STATES: dict[str, dict[str, State]] = {
    "amara": {
        "home-assigned": State("/"),
        "classes-learner": State("/classes"),
        "class-learner": State(WEB),
        "assignment-ready": State(TODAY),
        "assignment-soon": State("/assignments/{soon}"),
        "assignment-cut": State("/assignments/{ending}"),
        "assignment-wrong-code": refused("/assignments/{ending}", "start", code="goose"),
        "assignment-closed": State("/assignments/{past}"),
        "record-own": State(WEB + "/learners/{amara}"),
        "mail": State("/profile/mail"),
        "joining-member": State("/classes/join/CDFGHJKMNP"),
        "settings-forbidden": State(WEB + "/settings", 403),
        "edit-forbidden": State(TODAY + "/edit", 403),
        "sets-forbidden": State("/sets", 403),
        "not-mine": State(EMPTY, 404),
    },
    "chiara": {
        "assignment-used-up": State(TODAY),
        "results-assigned": State("/attempts/{ended}/results"),
        "report-new": State("/attempts/{ended}/answers/3/report"),
        "report-refused": refused("/attempts/{ended}/answers/3/report", "report"),
        "report-waiting": State("/attempts/{ended}/answers/2/report"),
        "reports-own": State("/reports"),
        "record-own-graded": State(WEB + "/learners/{chiara}"),
    },
    "daniel": {
        "results-not-shown": State("/attempts/{unseen}/results"),
        "assignment-hidden": State("/assignments/{hidden}"),
    },
    "bilal": {
        "home-sitting": State("/"),
        "assignment-open": State(TODAY),
    },
    "noah": {
        "classes-archived-learner": State("/classes?archived=yes"),
        "class-archived-learner": State(OVER),
        "assignment-archived": State(OLD),
        "join": State("/classes/join"),
        "join-wrong": refused("/classes/join", "join", code="XXXXXXXXXX"),
        "joining-stranger": State("/classes/join/CDFGHJKMNP"),
        "joining-nowhere": State("/classes/join/XXXXXXXXXX", 404),
    },
    "nora": {
        "classes-taught-none": State("/classes?archived=yes"),
        "class-learner-empty": State("/classes/{idle}"),
        "record-own-empty": State("/classes/{idle}/learners/{nora}"),
        "sets-none": State("/sets"),
        "class-new-refused": refused("/classes/new", "new-class", title=""),
    },
    "tom": {
        "home-assistant": State("/"),
        "class-assistant": State(WEB),
        "people-assistant": State(WEB + "/people"),
        "gradebook-assistant": State(WEB + "/gradebook"),
        "assignment-assistant": State(TODAY),
        "live-assistant": State(TODAY + "/live"),
        "accommodations-forbidden": State(TODAY + "/accommodations", 403),
    },
    "iris": {
        "home-instructor": State("/"),
        "classes-instructor": State("/classes"),
        "class-instructor": State(WEB),
        "class-empty": State(EMPTY),
        "class-archived": State(OVER),
        "settings-refused": refused(WEB + "/settings", "settings", title=""),
        "settings-archived": State(OVER + "/settings"),
    },
    "iris: people": {
        "people-empty": State(EMPTY + "/people"),
        "people-archived": State(OVER + "/people"),
        "place-refused": refused(WEB + "/people/{farid}/place", "place", time_factor="99"),
        "roster-archived": State(OVER + "/people/import"),
        "roster-refused": refused(WEB + "/people/import", "roster", text="nothing"),
    },
    "iris: gradebook": {
        "gradebook-term": State(WEB + "/gradebook"),
        "gradebook-spring": State("/classes/{spring}/gradebook"),
        "gradebook-only": State(WEB + "/gradebook?only={past}"),
        "record-damaged": State(WEB + "/learners/{chiara}?older=zzz", 422),
        "record-staff": State(WEB + "/learners/{chiara}"),
        "audit-term": State(WEB + "/audit"),
    },
    "iris: assignments": {
        "assignment-new": State(WEB + "/assignments/new"),
        "assignment-new-refused": refused(
            WEB + "/assignments/new",
            "assignment",
            title="",
            question_minutes="900",
            closes="2001-01-01T10:00",
            late_percent="900",
            attempts="900",
        ),
        "assignment-edit": State("/assignments/{soon}/edit"),
        "assignment-edit-running": State(TODAY + "/edit"),
        "assignment-edit-refused": refused(TODAY + "/edit", "assignment", whole_minutes="30"),
        "assignment-edit-archived": State(OLD + "/edit", 409),
        "assignment-staff": State(TODAY),
        "assignment-withdrawn": State("/assignments/{withdrawn}"),
        "assignment-for-nobody": State("/assignments/{unset}"),
        "accommodations-none": State("/assignments/{unset}/accommodations"),
        "accommodations-term": State(TODAY + "/accommodations"),
        "accommodations-archived": State(OLD + "/accommodations/{noah}"),
    },
    "iris: live": {
        "live-term": State(TODAY + "/live"),
        "live-paused": State(TODAY + "/live?paused=1"),
        "live-archived": State(OLD + "/live"),
        "live-damaged": State(TODAY + "/live?after=zzz", 422),
        "live-refused": refused(TODAY + "/live?attempt={running}", "extend-form", minutes="900"),
        "reopen-open": State("/attempts/{running}/reopen"),
        "reopen-refused": refused("/attempts/{ended}/reopen", "reopen", minutes="0"),
        "reopen-archived": State("/attempts/{gone}/reopen"),
    },
    "iris: grades": {
        "read-graded": State("/attempts/{ended}/read"),
        "read-running": State("/attempts/{running}/read"),
        "read-hidden-as-learner": State("/attempts/{unseen}/read?as=learner"),
        "read-archived": State("/attempts/{gone}/read"),
        "override-graded": State("/attempts/{ended}/read/2/override"),
    },
    "iris: sets": {
        "sets-instructor": State("/sets"),
        "set-new-refused": refused("/sets/new", "new-set", title=""),
        "set-published": State("/sets/{set}"),
        "set-question-published": State("/sets/{set}/slots/{slot}"),
        "set-title-refused": refused("/sets/{set}/title", "set-title", title=""),
        "set-random-new": State("/sets/{set}/random"),
        "set-random-refused": refused("/sets/{set}/random/{drawn}", "random-form", count="99"),
        "set-version-drawn": State("/sets/{set}/versions/1"),
    },
    "iris: questions": {
        "bank-full": State("/bank"),
        "question-new-refused": refused(
            "/bank/new",
            "question-form",
            target_seconds="soon",
            last_verified="9999-01-01",
            product="Django",
        ),
        "question-asked": State("/bank/{asked}"),
        "question-installation": State("/bank/12"),
        "question-derived": State("/bank/{half}/edit"),
        "question-history": State("/bank/{asked}/history"),
        "question-compared": State("/bank/{asked}/history?from=d1&to=d2"),
    },
    "iris: files": {
        "import": State("/bank/import"),
        "import-refused": refused("/bank/import", "import-form"),
        "imports": State("/bank/imports"),
        "import-read": State("/bank/imports/{article}"),
        "import-errors": State("/bank/imports/{mistaken}"),
        "import-done": State("/bank/imports/{imported}"),
        "import-failed": State("/bank/imports/{unreadable}"),
        "import-stuck": State("/bank/imports/{waiting}"),
        "export-set": State("/sets/{set}/export"),
        "export-found": State("/bank/export?owner=mine"),
    },
    "iris: reports": {
        "reports-all": State("/bank/reports?status="),
        "reports-refused": refused("/bank/reports", "answer-{report}", reply="x" * 2001),
    },
    "root": {
        "home-administrator": State("/"),
        "audit-all": State("/audit"),
        "class-administrator": State(WEB),
    },
}
"""By who opens them; a word after a colon parts the pages of one person into several tests."""
