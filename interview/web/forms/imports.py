"""The form that questions are sent in with."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from interview.services.importing.receiving import Upload
from interview.services.importing.records import (
    FORMATS,
    MOST_TAGS,
    TAG_LIMIT,
    TITLE_LIMIT,
    TOPIC_LIMIT,
    Choices,
)

_TAGS_LIMIT = MOST_TAGS * (TAG_LIMIT + 2)


class ImportForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A file or text, and what holds for all its questions."""

    file = FileField("A file")
    text = TextAreaField("Or its text", render_kw={"rows": 8, "spellcheck": "false"})
    format = SelectField("Format", default="", choices={"": "Found out by itself", **FORMATS})
    topic = StringField(
        "Topic",
        validators=[
            Length(max=TOPIC_LIMIT, message="A topic can have at most %(max)d characters.")
        ],
        render_kw={"maxlength": TOPIC_LIMIT},
    )
    tags = StringField(
        "Tags",
        validators=[
            Length(max=_TAGS_LIMIT, message="Tags can have at most %(max)d characters together.")
        ],
        render_kw={"maxlength": _TAGS_LIMIT},
    )
    set_title = StringField(
        "Put them into a new set, called",
        validators=[
            Length(max=TITLE_LIMIT, message="A title can have at most %(max)d characters.")
        ],
        render_kw={"maxlength": TITLE_LIMIT},
    )

    def upload(self) -> Upload:
        """The file, or what was pasted where there is none."""
        sent = self.file.data
        if sent is not None and sent.filename:
            return Upload(sent.read(), sent.filename)
        return Upload((self.text.data or "").encode("utf-8", "replace"))

    def choices(self) -> Choices:
        """What was chosen, once it is valid."""
        tags = (tag.strip() for tag in (self.tags.data or "").split(","))
        return Choices(
            format=self.format.data or "",
            topic=self.topic.data or "",
            tags=tuple(tag for tag in tags if tag),
            set_title=self.set_title.data or "",
        )
