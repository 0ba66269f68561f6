"""Trying answers against a question that is still being written, without scripts."""

import pytest

from tests.support.authoring import GOOD, area, press
from tests.support.client import CheckingClient


def test_an_answer_is_tried_against_what_is_not_saved_yet(
    client: CheckingClient, draft: str
) -> None:
    page = client.submit(client.get(draft), "Grade it", try_text=GOOD)
    assert page.status == 200
    assert page.texts("#tried .band-name") == ["Strong"]
    assert len(page.select("#tried mark[data-verdict=found]")) == 4
    assert page.texts("#tried .point-text")[0].startswith("1 A mutex lets only one thread")
    emptied = {f"point-{at}-{part}": "" for at in range(3) for part in ("text", "phrasings")}
    unsaved = {"try_text": "It is made of green cheese.", "reference-0": "It is a green cheese."}
    filled = {**client.get(draft).submission("question-form", {}).values, **unsaved, **emptied}
    part = client.post(draft.replace("edit", "try"), filled, htmx=True)
    assert not part.is_full
    assert part.texts(".point-text") == ["1 It is a green cheese"]
    assert "No key point is kept yet" in part.text


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize(
    ("typed", "words"),
    [({"try_text": "  "}, "Its grade appears here"),
     ({"try_text": "x"}, "Write a reference answer first"),
     ({"try_text": "x" * 20_001, "reference-0": "Yes."}, "at most 20,000 characters"),
     ({"try_text": "x", "reference-0": "a b " * 4000, "reference-1": "c d " * 4000,
       "reference-2": "e f " * 4000, "reference-3": "g h " * 4000}, "At most 60,000")],
)  # fmt: skip
def test_what_cannot_be_tried_is_said(
    client: CheckingClient, typed: dict[str, str], words: str
) -> None:
    assert words in client.post("/bank/try", typed, htmx=True).text


def test_a_tried_answer_is_kept_as_a_sample(client: CheckingClient, draft: str) -> None:
    page = client.get(draft)
    typed = {"try_text": "It counts resources.", "try_label": "contradictory"}
    page = press(client, page, "keep-sample", typed)
    assert area(page, "sample-2-text") == "It counts resources."
    assert area(page, "sample-2-label") == "contradictory"
    assert area(page, "try_text") == "It counts resources."
    assert "Kept as sample 3: contradictory." in page.text
    assert [row.split()[0] for row in page.texts("#sample-scores tbody tr")] == ["1", "2", "3"]
    sent = {**page.submission("question-form", {}).values, "part": "samples"}
    part = client.post(draft.replace("edit", "try"), sent, htmx=True)
    assert len(part.select("tbody tr")) == 3


def test_trying_too_often_is_refused_and_nothing_is_lost(
    client: CheckingClient, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get(draft)
    url = draft.replace("edit", "try")
    statuses = {client.post(url, {"try_text": ""}, htmx=True).status for _ in range(121)}
    assert statuses == {200, 429}
    page = client.submit(page, "Grade it", try_text=GOOD, prompt="Typed just now?")
    assert page.status == 429
    assert area(page, "prompt") == "Typed just now?"
    assert area(page, "try_text") == GOOD
