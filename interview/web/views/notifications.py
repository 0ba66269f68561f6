"""What the reader was told, and marking it as read."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services import notices
from interview.services.notifying import KINDS
from interview.web.addresses import number_asked
from interview.web.clock import now
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.notice_targets import WAYS, path_of
from interview.web.principal import me

pages = Blueprint("notifications", __name__)


@pages.get("/notifications")
@logged_in
def notifications() -> str:
    """List what the reader was told, the newest first."""
    before = number_asked("before")
    listed = notices.listing(me(), before)
    return render_template(
        "notifications/notifications.html",
        listed=listed,
        withheld=notices.withheld(listed, now()),
        is_first=before is None,
        kinds=KINDS,
        ways=WAYS,
        path_of=path_of,
    )


@pages.post("/notifications/read")
@logged_in
def read() -> BaseResponse:
    """Mark everything as read, up to the newest that the page showed."""
    notices.mark_read(me(), request.form.get("upto", 0, type=int), now())
    return see_other(url_for(".notifications"))


@pages.post("/notifications/<int:notice_id>/open")
@logged_in
def open_one(notice_id: int) -> BaseResponse:
    """Mark one as read and go to what it is about."""
    target = notices.open_one(me(), notice_id, now())
    path = path_of(target.kind, target.id, target.position)
    return see_other(path or url_for(".notifications"))
