"""Which verbatims stand in a cell: of different people, unlike each other, readable, and such as say what the theme's name says."""

from __future__ import annotations

import pytest

from research_kit.journey import quotes
from research_kit.journey.crowd import Crowd
from tests.journey import world


def chosen(
    texts: list[str], wanted: int, *, units: list[int] | None = None, valence: list[float] | None = None, label: str = ""
) -> list[str]:
    units = units or list(range(len(texts)))
    said = [(u, t, "pay", "pain", v, "") for u, t, v in zip(units, texts, valence or [-0.5] * len(texts), strict=True)]
    people = world.responses(said)
    crowd = Crowd.of(people, world.nobody(10), pool=False)
    return [text for _, text in quotes.differing(world.mentions(said), crowd, wanted, label=label)]


def test_a_readable_quote_goes_before_a_stub_and_an_endless_one() -> None:
    texts = ["bad queue", "we stood in the queue for an hour", "nothing worked at all " * 30]

    assert chosen(texts, 3) == [texts[1], texts[0], texts[2].strip()]


def test_nothing_is_quoted_from_an_answer_without_words() -> None:
    assert chosen(["無", "ok", "no", "排隊太久"], 4) == ["排隊太久"]


def test_a_single_word_is_nothing_to_quote() -> None:
    assert chosen(["month.", "Honest!", "straightforward", "Never ring"], 4) == ["Never ring"]


def test_one_person_is_quoted_once_and_nobody_is_echoed() -> None:
    texts = [
        "the queue was far too long",
        "the queue was far too long!",
        "staff were rude to my mother",
        "and the card machine was down",
    ]

    assert chosen(texts, 4, units=[0, 1, 2, 2], valence=[-0.9, -0.9, -0.8, -0.5]) == [texts[0], texts[2]]


def test_the_clearer_of_two_goes_first() -> None:
    texts = ["the paying was a bit slow for me", "a terrible mess with every voucher"]

    assert chosen(texts, 2, valence=[-0.2, -0.9]) == [texts[1], texts[0]]


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        ("Queue too long", ["it was a terrible experience for us", "the queue is too long in the morning"]),
        ("排隊太久", ["這次的經驗真的很糟糕很失望", "每次來都排队太久，站到腳酸"]),  # the name in the other script
    ],
)
def test_what_says_the_name_of_its_theme_goes_first(label: str, texts: list[str]) -> None:
    assert chosen(texts, 1, valence=[-1.0, -0.2], label=label) == [texts[1]]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("abcd", 0.0),
        ("abcdefghij", 0.6),
        ("a" * 16, 1.0),
        ("a" * 160, 1.0),
        ("a" * 161, 0.6),
        ("a" * 321, 0.2),
        ("排隊排太久了真的", 1.0),
    ],
)
def test_a_quote_is_sized_by_its_width(text: str, size: float) -> None:
    assert quotes._size(text) == pytest.approx(size)


BLAME = [
    "we stood in the queue for an hour",
    "nobody told us where to go",
    "the card machine was down again",
    "my ticket was lost by the desk",
]
PRAISE = ["the lady at the door was a delight", "a warm welcome with free coffee"]


@pytest.mark.parametrize(
    ("blame", "praise", "wanted"),
    [
        (4, 2, ["-", "-", "+"]),
        (2, 2, ["-", "-", "+"]),  # as many each: blame goes first
        (1, 2, ["+", "+", "-"]),
        (4, 0, ["-", "-", "-"]),
        (0, 2, ["+", "+"]),
    ],
)
def test_blame_and_praise_are_quoted_in_their_proportion(blame: int, praise: int, wanted: list[str]) -> None:
    """Praise is clearer by far here, and was all that was quoted."""
    texts = [*BLAME[:blame], *PRAISE[:praise]]
    values = [-0.5] * blame + [0.99] * praise
    said = [(i, text, "pay", "statement", value, "") for i, (text, value) in enumerate(zip(texts, values, strict=True))]
    crowd = Crowd.of(world.responses(said), world.nobody(10), pool=False)

    found = [text for _, text in quotes.balanced(world.mentions(said), crowd, 3)]

    assert ["-" if text in BLAME else "+" for text in found] == wanted


def test_a_side_of_less_than_a_fifth_has_no_claim_to_a_quote() -> None:
    said = [(i, f"{BLAME[i % 4]} {'abcdefghij'[i]}", "pay", "statement", -0.9, "") for i in range(9)]
    said += [(9, PRAISE[0], "pay", "statement", 0.3, "")]
    crowd = Crowd.of(world.responses(said), world.nobody(10), pool=False)

    assert PRAISE[0] not in [text for _, text in quotes.balanced(world.mentions(said), crowd, 3)]


def test_who_blames_and_praises_is_quoted_on_one_side_only() -> None:
    said = [(i, text, "pay", "statement", -0.6, "") for i, text in enumerate(BLAME[:3])]
    said += [(0, PRAISE[0], "pay", "statement", 0.99, ""), (4, PRAISE[1], "pay", "statement", 0.7, "")]
    mentions = world.mentions(said)
    crowd = Crowd.of(world.responses(said), world.nobody(10), pool=False)
    found = quotes.balanced(mentions, crowd, 4)

    assert PRAISE[1] in [text for _, text in found]
    units = mentions["unit"].iloc[[place for place, _ in found]].tolist()
    assert sorted(units) == sorted(set(units))


def test_a_fifth_of_the_people_is_heard_where_there_is_room_for_two_quotes() -> None:
    said = [(i, text, "pay", "statement", -0.9, "") for i, text in enumerate(BLAME)] + [
        (4, PRAISE[0], "pay", "statement", 0.3, "")
    ]
    crowd = Crowd.of(world.responses(said), world.nobody(10), pool=False)

    assert PRAISE[0] in [text for _, text in quotes.balanced(world.mentions(said), crowd, 2)]
