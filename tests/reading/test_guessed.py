"""Layouts that nobody could confirm: whatever the order of the columns and the way options are joined, they load, and the guess is said."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from pathlib import Path

import pytest

import research_kit as rk
from research_kit.labels import Sentence
from research_kit.reading import read_export
from research_kit.study import SourceSpec

Cells = list[str]
JOINS = (", ", ",", "; ", ";", "\n", " | ", "|", "┋", "、", "/")
ORDERS = range(3)
PEOPLE = 60


@dataclass(frozen=True)
class Guess:
    """A platform's own columns, the questions between them, and what each column must be understood as."""

    platform: str
    own: dict[str, str]
    """Column -> hint."""
    noted: bool = True
    """The layout is said to be a guess."""


OPTIONS = ["Soup of the day", "Noodles", "Green tea", "Cake"]
OPTIONS_ZH = ["今日湯品", "牛肉麵", "綠茶", "蛋糕"]
SURVEYS = [
    Guess("jotform", {"Submission Date": "submitted", "Submission ID": "respondent_id"}),
    Guess(
        "jotform",
        {"Submission Date": "submitted", "Submission IP": "ip", "Submission ID": "respondent_id", "Flow Status": "meta"},
    ),
    Guess("jinshuju", {"序号": "respondent_id", "提交时间": "submitted", "提交人": "name"}),
    Guess("jinshuju", {"序号": "respondent_id", "提交时间": "submitted", "修改时间": "meta", "填写设备": "meta", "IP": "ip"}),
    Guess("surveycake", {"填答時間": "submitted"}),
    Guess("surveycake", {"填答時間": "submitted", "答題秒數": "duration", "IP紀錄": "ip", "額滿結束註記": "meta"}),
    Guess("surveycake", {"編號": "respondent_id", "填答時間": "submitted", "填答裝置": "meta"}),
    Guess(
        "surveycake", {"填答者編號": "respondent_id", "開始填答時間": "started", "填答時間": "submitted", "使用者紀錄": "meta"}
    ),
    Guess("surveycake", {"Hash": "respondent_id", "送出時間": "submitted", "填答時長": "duration", "備註": "meta"}),
    Guess(
        "microsoft-forms",
        {"識別碼": "respondent_id", "開始時間": "started", "完成時間": "submitted", "電子郵件": "email", "名稱": "name"},
        noted=False,
    ),
    Guess(
        "microsoft-forms", {"ID": "respondent_id", "Hora de inicio": "started", "Hora de finalización": "submitted"}, noted=False
    ),
]


def _own_cell(hint: str, i: int) -> str:
    day = f"2026-05-{1 + i % 28:02d}"
    return {
        "submitted": f"{day} 10:{i % 60:02d}:30", "started": f"{day} 10:0{i % 9}:00", "respondent_id": str(7000 + i), "duration": str(60 + i),
        "ip": f"203.0.113.{i}", "email": "anonymous", "name": f"Person {i}",
    }.get(hint, "phone" if i % 2 else "desktop")  # fmt: skip


def _survey(guess: Guess, join: str, order: int) -> tuple[list[Cells], str]:
    rng = random.Random(order)
    chinese = any(c > "\u3000" for c in "".join(guess.own))
    options = OPTIONS_ZH if chinese else OPTIONS
    several = "您點了哪些餐點？（可複選）" if chinese else "What did you order? (Select all that apply)"
    scale = ["很不滿意", "不滿意", "普通", "滿意", "很滿意"] if chinese else ["Very bad", "Bad", "Fair", "Good", "Very good"]
    rating = "您對服務滿意嗎？" if chinese else "How was the service?"
    why = "還有什麼想告訴我們的？" if chinese else "Is there anything else you want to tell us?"
    head = [*guess.own, several, rating, why]
    rows = []
    for i in range(PEOPLE):
        chosen = [o for o in options if rng.random() < 0.5] or options[:1]
        said = f"等了{i}分鐘才有人帶位，湯也冷了" if chinese else f"We waited {i} minutes and the soup was cold"
        rows.append(
            [*(_own_cell(hint, i) for hint in guess.own.values()), join.join(chosen), rng.choice(scale), said if i % 3 else ""]
        )
    places = list(range(len(head)))
    rng.shuffle(places)
    return [[row[p] for p in places] for row in (head, *rows)], several


def _write(path: Path, rows: list[Cells]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("guess", SURVEYS, ids=lambda g: f"{g.platform}-{len(g.own)}")
def test_a_survey_in_any_order(guess: Guess, order: int, tmp_path: Path) -> None:
    rows, _ = _survey(guess, ", ", order)
    export = read_export(SourceSpec(path=_write(tmp_path / "a.csv", rows)))

    assert (export.platform, export.type, len(export.cells)) == (guess.platform, "survey", PEOPLE)
    hints = {c.text: c.hint for c in export.columns}
    assert {name: hints[name] for name in guess.own} == guess.own
    assert ("guess-layout" in [n.key for n in export.notes if isinstance(n, Sentence)]) == guess.noted


@pytest.mark.parametrize("join", JOINS)
@pytest.mark.parametrize("guess", SURVEYS[::4], ids=lambda g: g.platform)
def test_options_joined_in_any_way(guess: Guess, join: str, tmp_path: Path) -> None:
    rows, several = _survey(guess, join, 1)
    responses = rk.read(_write(tmp_path / "a.csv", rows))

    question = next(q for q in responses.questions if q.text == several)
    assert (question.kind, question.role) == ("multiple", "active")
    assert sorted(question.options) in (sorted(OPTIONS), sorted(OPTIONS_ZH))
    chosen = responses.answers[list(question.answer_columns)].sum().sum()
    at = rows[0].index(several)
    assert chosen == sum(len(row[at].split(join)) for row in rows[1:])
    assert len(responses.comments) == sum(i % 3 > 0 for i in range(PEOPLE))


_STORE = {"Rating": "review_rating", "Title": "review_title", "Review": "review_text", "Version": "", "Country": ""}
_LIKED = {"What do you like best?": "positive_text", "What do you dislike?": "negative_text"}
_CREATED = {
    "Review Title": "review_title",
    "Review Text": "review_text",
    "Rating": "review_rating",
    "Review Created (UTC)": "review_date",
}
REVIEWS = [
    Guess("trustpilot", {**_CREATED, "Reference ID": "meta"}),
    Guess(
        "trustpilot",
        {"Title": "", "Text": "review_text", "Stars": "review_rating", "Consumer Country": "", "Company Reply": "reply"},
    ),
    Guess("app-review-monitor", {"Date": "review_date", "Author": "name", **_STORE}),
    Guess(
        "app-review-monitor",
        {"Store": "", "App Version": "", "Rating": "review_rating", "Review": "review_text", "Reply": "reply"},
    ),
    Guess("g2", {"Review Title": "review_title", "Star Rating": "review_rating", **_LIKED}),
    Guess("g2", {"Overall": "review_rating", "Pros": "positive_text", "Cons": "negative_text", "Submitted At": "review_date"}),
]


def _review_cell(hint: str, i: int) -> str:
    texts = {
        "review_text": f"The app lost my booking number {i} twice",
        "positive_text": f"Setting up took {i} minutes",
        "negative_text": f"Search is slow on day {i}",
        "review_title": f"Case {i}",
        "review_rating": str(1 + i % 5),
        "review_date": f"2026-05-{1 + i % 28:02d}",
        "name": f"Person {i}",
        "reply": "",
    }
    return texts.get(hint, f"{i % 4}.0")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("guess", REVIEWS, ids=lambda g: f"{g.platform}-{len(g.own)}")
def test_reviews_in_any_order(guess: Guess, order: int, tmp_path: Path) -> None:
    places = list(guess.own)
    random.Random(order).shuffle(places)
    rows = [places, *([_review_cell(guess.own[name], i) for name in places] for i in range(30))]
    path = _write(tmp_path / "a.csv", rows)
    export = read_export(SourceSpec(path=path))

    assert (export.platform, export.type) == (guess.platform, "reviews")
    hints = {c.text: c.hint for c in export.columns}
    assert {name: hints[name] for name, hint in guess.own.items() if hint} == {
        name: hint for name, hint in guess.own.items() if hint
    }
    assert "guess-layout" in [n.key for n in export.notes if isinstance(n, Sentence)]
    responses = rk.read(path)
    found = list(guess.own.values())
    texts = sum(hint.endswith("_text") for hint in found)
    texts += "review_title" in found and "review_text" not in found  # beside a text, a title is part of it
    assert len(responses.comments) == 30 * texts
    assert responses.comments["rating"].between(0, 1).all()
