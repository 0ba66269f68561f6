"""Made-up answers, and the rubrics that they are answers to."""

from hypothesis import strategies as st

from interview.grading import KeyPoint, Misconception, Rubric
from tests.grading.banks import CACHE, VERBS

ANSWER = (
    "The application talks to the cache only; when the value isn't there, the cache fetches it "
    "from the “database”, keeps a copy and – naïvely – returns it. It does not expire."
)
Task = tuple[Rubric, str]
VOCABULARY = (
    "the cache database value miss hit store stored load not no never on a of, . loads expire "
    "application copy entries; GET POST reads body URL returns \n writes goes first later"
)
words = st.sampled_from(VOCABULARY.split(" "))
answers = st.text(max_size=200) | st.lists(words, max_size=60).map(" ".join)
UNRELATED = (
    "My cat sleeps on the sofa most of the day.",
    "The weather in spring is often rainy and cold.",
    "In the 19th century many people moved from villages to cities.",
)
OTHER = (
    "It does not do so.",
    "That is wrong.",
    "It never stores anything.",
    "It isn't “slow”; it's naïve.",
    "Use `cache.get(\"key\")`, e.g. request.GET['k'].",
)


def bare(rubric: Rubric) -> Rubric:
    """The rubric of an imported article, whose key points have to be derived."""
    return Rubric(rubric.prompt, rubric.references)


def sentence(wording: str) -> str:
    return f"{wording[0].upper()}{wording[1:].rstrip('.')}."


def sentences(rubric: Rubric) -> list[str]:
    """What somebody might say: wordings right and wrong, parts of references, anything else."""
    items: tuple[KeyPoint | Misconception, ...] = (*rubric.key_points, *rubric.misconceptions)
    told = [text for item in items for text in (item.text, *item.phrasings)]
    told += [part for text in rubric.references for part in text.split(". ")]
    return [*map(sentence, told), *UNRELATED, *OTHER]


def prose_on(rubric: Rubric) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(sentences(rubric)), max_size=6).map(" ".join)


OWN = (CACHE, VERBS)
any_rubric = st.sampled_from([*OWN, *map(bare, OWN)])
own = st.sampled_from(OWN).flatmap(lambda one: st.tuples(st.just(one), prose_on(one)))
derived = own.map(lambda task: (bare(task[0]), task[1]))
