"""Which pages of contested grades, regrades, marking and figures are looked at, and by whom."""

from tests.journeys.pages_states import EMPTY, WEB, State, refused

AUTUMN, FORMS = "/classes/{autumn}", "/assignments/{forms}"
GROUP = FORMS + "/marking/{widened}"
CONTEST = "/attempts/{by-hiroshi}/answers/1/contest/"

CONTESTED: dict[str, dict[str, State]] = {
    "grace": {
        "results-contested": State("/attempts/{by-grace}/results"),
        "appeals-own": State("/appeals"),
        "appeal-own": State("/appeals/{accepted}"),
        "notifications": State("/notifications"),
    },
    "hiroshi": {
        "contest-refused": refused(CONTEST + "2", "contest"),
        "contest-found": State(CONTEST + "1"),
    },
    "noah: own": {
        "wordings": State("/wordings"),
        "appeals-none": State("/appeals"),
        "notifications-none": State("/notifications"),
    },
    "nora: nothing": {
        "wordings-none": State("/wordings"),
        "regrades-none": State("/regrades"),
    },
    "iris: appeals": {
        "appeals-queue": State(AUTUMN + "/appeals"),
        "appeals-queue-none": State(EMPTY + "/appeals"),
        "appeal-refused": refused("/appeals/{appeal}", "decide"),
        "appeal-settled": State("/appeals/{accepted}"),
        "mail-instructor": State("/profile/mail"),
    },
    "iris: regrades": {
        "regrades": State("/regrades"),
        "regrade-refused": refused("/regrades/new?assignment={forms}", "regrade-form"),
        "regrade-compared": State("/regrades/{compared}"),
        "regrade-applying": State("/regrades/{applying}"),
        "regrade-applied": State("/regrades/{applied}"),
        "regrade-undo-refused": refused("/regrades/{applied}/undo", "undo-form"),
    },
    "iris: marking": {
        "marking-class": State(AUTUMN + "/marking"),
        "marking-class-none": State(EMPTY + "/marking"),
        "marking-assignment": State(FORMS + "/marking"),
        "marking-group": State(GROUP),
        "marking-group-refused": refused(GROUP, "decide", score="900"),
        "marking-group-none": State(GROUP + "?what=flagged&names=hidden"),
    },
    "iris: figures": {
        "analytics-class": State(WEB + "/analytics"),
        "analytics-class-none": State(EMPTY + "/analytics"),
        "analytics-assignment": State(FORMS + "/analytics"),
        "analytics-assignment-none": State("/assignments/{unset}/analytics"),
    },
    "root: jobs": {
        "jobs": State("/jobs"),
        "jobs-damaged": State("/jobs?before=zzz", 422),
    },
}
