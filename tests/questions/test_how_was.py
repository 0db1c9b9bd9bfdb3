""" "How was the tour?" with whole numbers is a rating, however few answered; measures, counts, ways and codes are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from research_kit.questions import understand
from research_kit.reading import read_export
from research_kit.records import Question
from research_kit.study import SourceSpec, Study
from research_kit.write.inspection import describe, lines

MARKS = ["5", "4", "2", "1", "5", "3", "4"]
FEW = ["4", "5", "4"]


def asked(folder: Path, question: str, values: list[str]) -> Question:
    path = folder / "small.csv"
    rows = "\n".join(f"p{i},{value},said {i} that it was fine" for i, value in enumerate(values))
    path.write_text(f'id,"{question}",Any comments?\n{rows}\n', encoding="utf-8")
    spec = SourceSpec(path, type="survey")
    questions = understand([read_export(spec)], Study("small", (spec,))).questions
    return next(q for q in questions if question.endswith(q.text))


@pytest.mark.parametrize("values", [MARKS, FEW])
@pytest.mark.parametrize(
    "question",
    [
        "How was the tour?", "How were the rooms?", "How was your guide today?", "3. How was the food?", "How did you find the pace?", "How did it go?",
        "How do you like the new menu?", "這次導覽怎麼樣？", "您覺得餐點如何？", "今天的课程怎么样？", "这次住宿体验如何", "房间好不好？",
    ],
)  # fmt: skip
def test_marks_are_a_rating_from_one_to_five(tmp_path: Path, question: str, values: list[str]) -> None:
    found = asked(tmp_path, question, values)

    assert found.kind == "rating"
    assert found.scale is not None
    assert (found.scale.min, found.scale.max, found.scale.direction) == (1.0, 5.0, "unknown")


def test_marks_up_to_ten_stay_marks_up_to_ten(tmp_path: Path) -> None:
    found = asked(tmp_path, "How was the show?", ["8", "10", "7", "9", "3"])

    assert found.scale is not None
    assert (found.scale.min, found.scale.max) == (1.0, 10.0)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("How old are your children?", MARKS),
        ("How many tours did you take?", MARKS),
        ("How was the wait (minutes)?", ["5", "4", "2", "1", "5", "3", "9"]),
        ("How was the weather (degrees)?", ["15", "24", "12", "21", "18", "23", "24"]),
        ("How long was the wait?", MARKS),
        ("How was the price you paid?", ["2.5", "3", "1.2", "4", "5.5", "2", "1"]),
        ("孩子多大？", MARKS),
        ("等了多少分鐘？", MARKS),
        ("您有几个孩子？", ["1", "2", "1", "3", "0", "2", "1"]),
    ],
)
def test_measures_and_counts_are_no_ratings(tmp_path: Path, question: str, values: list[str]) -> None:
    assert asked(tmp_path, question, values).kind == "number"


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("How was the tour?", ["great", "good", "great", "poor", "good guide", "the best one in town", "long"]),
        ("How was your order delivered?", ["Courier", "Post", "Courier", "Shop", "Shop", "Post", "Courier"]),
        ("How was your order delivered?", ["1", "2", "1", "3", "2", "2", "1"]),
        ("您如何得知我們？", ["朋友", "網路", "朋友", "廣告", "網路", "朋友", "網路"]),
    ],
)
def test_words_and_ways_are_no_marks(tmp_path: Path, question: str, values: list[str]) -> None:
    assert asked(tmp_path, question, values).kind != "rating"


def test_every_question_that_rates_the_whole_is_told_as_an_outcome(tmp_path: Path) -> None:
    path = tmp_path / "club.csv"
    words = ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"]
    rows = "\n".join(f"{i},{words[i % 4]},{words[(i + 1) % 4]},{i % 11}" for i in range(40))
    head = 'id,"Overall, how satisfied are you with the club?",How satisfied are you with the showers?,How likely are you to recommend us?'
    path.write_text(f"{head}\n{rows}\n", encoding="utf-8")
    spec = SourceSpec(path, type="survey")
    responses = understand([read_export(spec)], Study("club", (spec,)))
    told = {q.text: q for q in responses.questions}
    shown = "\n".join(line for line, _ in lines(describe(responses, "en"), "en"))

    assert "It is an outcome" in told["How likely are you to recommend us?"].reason
    assert "It is an outcome" in told["Overall, how satisfied are you with the club?"].reason
    assert "It may form personas" in told["How satisfied are you with the showers?"].reason
    assert sum(q.overall_rating for q in responses.questions) == 1
    assert shown.count("(an outcome: describes personas)") == 2
    assert shown.count("(may form personas)") == 1
