"""Reviews and event logs meet surveys in one Responses."""

from __future__ import annotations

import pandas as pd
import pytest

from research_kit.errors import InputError
from research_kit.questions import understand
from research_kit.records import COMMENT_COLUMNS, RESPONDENT_COLUMNS
from research_kit.study import Study

from .exports import make_export, study_of

REVIEWS = make_export(
    ["title", "text", "rating", "date", "reply"],
    [
        ["Lovely", "Warm and quick.", "5", "2024-01-02", "Thanks"],
        ["", "Cold soup", "1", "2024-01-03", ""],
        ["Great!", "", "4", "2024-01-04", ""],
        ["", "", "3", "2024-01-05", ""],
    ]
    * 5,
    source="maps",
    type="reviews",
)


def test_title_and_text_are_one_comment_with_the_stars_beside_it() -> None:
    responses = understand([REVIEWS], study_of(REVIEWS))
    first = responses.comments.iloc[:3]
    assert first["text"].tolist() == ["Lovely\nWarm and quick.", "Cold soup", "Great!"]
    assert first["rating"].tolist() == [1.0, 0.0, 0.75]
    assert set(responses.comments["question_text"]) == {""}
    assert first["comment"].tolist() == ["S1-R2-C2", "S1-R3-C2", "S1-R4-C1"]
    assert responses.respondents["excluded"].eq("").all()  # stars alone are an answer
    rating = next(q for q in responses.questions if q.overall_rating)
    assert rating.scale is not None
    assert (rating.kind, rating.scale.min, rating.scale.max, rating.scale.direction) == ("rating", 1, 5, "up")


def test_titles_that_the_platform_made_are_no_opinions() -> None:
    rows = [[f"Airline {i % 7} customer review", f"Seat {i} was narrow", "2"] for i in range(30)]
    export = make_export(["title", "text", "rating"], rows, source="sky", type="reviews")

    comments = understand([export], study_of(export)).comments

    assert comments["text"].tolist() == [f"Seat {i} was narrow" for i in range(30)]


@pytest.mark.parametrize(("places", "titled"), [(3, False), (30, True)])
def test_the_name_of_a_place_is_no_title_of_a_review(places: int, titled: bool) -> None:
    rows = [["Gym " + "abcdefghijklmnopqrstuvwxyzABCDEF"[i % places] * 12, f"Too full at {i}", "2"] for i in range(30)]
    export = make_export(["title", "text", "stars"], rows, source="maps", type="reviews")

    responses = understand([export], study_of(export))

    assert responses.comments["text"].str.startswith("Gym").all() == titled
    if not titled:
        assert next(q for q in responses.questions if q.text == "title").kind == "single"


def test_positive_and_negative_texts_are_two_comments() -> None:
    export = make_export(
        ["Review date", "Positive review", "Negative review", "Review score"],
        [["2024-01-02", "Nice view", "Thin walls", "8"], ["2024-01-03", "", "Noise", "4"]] * 8,
        source="booking",
        type="reviews",
    )
    comments = understand([export], study_of(export)).comments
    assert comments.iloc[:3][["text", "framing"]].to_numpy().tolist() == [
        ["Nice view", "positive"],
        ["Thin walls", "negative"],
        ["Noise", "negative"],
    ]
    assert comments["rating"].iloc[0] == pytest.approx(7 / 9)


def test_chinese_review_tables_are_found_by_their_names() -> None:
    export = make_export(
        ["用户名", "評論內容", "評分", "評論時間"],
        [[f"u{i}", f"餐點第{i}次都很好吃，服務也親切", str(i % 5 + 1), "2024-01-02"] for i in range(10)],
        source="tw",
        type="reviews",
    )
    responses = understand([export], study_of(export))
    assert len(responses.comments) == 10
    assert responses.comments["rating"].tolist() == [0.0, 0.25, 0.5, 0.75, 1.0] * 2
    assert responses.language == "zh-Hant"


def test_a_rating_whose_direction_nobody_says_is_no_rating() -> None:
    rows = [[str(i % 5 + 1), f"a comment of person {i} about it"] for i in range(20)]
    export = make_export(["Overall rating of your experience (1-5)", "Any comments?"], rows)
    responses = understand([export], study_of(export))
    assert responses.questions[0].overall_rating
    assert responses.comments["rating"].isna().all()


EVENTS = make_export(
    ["user_pseudo_id", "event_name", "event_timestamp"],
    [
        ["u1", "page_view", "1704067200000000"],
        ["u1", "purchase", "1704067260000000"],
        ["u2", "page_view", "1704070800000000"],
        ["", "page_view", "1704070800000000"],
    ],
    source="ga",
    type="events",
)


def test_events_carry_the_stage_that_the_study_gives_them() -> None:
    responses = understand([EVENTS], study_of(EVENTS, events={"Purchase": "purchase"}))
    assert responses.events is not None
    assert responses.events[["user", "event", "stage"]].to_numpy().tolist() == [
        ["u1", "page_view", ""],
        ["u1", "purchase", "purchase"],
        ["u2", "page_view", ""],
    ]
    assert responses.events["time"][0] == pd.Timestamp("2024-01-01")
    assert len(responses.respondents) == 0


def test_events_without_a_stage_and_names_without_an_event_are_said() -> None:
    found = understand([EVENTS], study_of(EVENTS, events={"Purchase": "purchase", "refund": "use"})).notes

    assert any("no stage: 1 (page_view)" in n for n in found)
    assert any("in no log: refund" in n for n in found)


def test_reviews_are_answered_in_the_language_of_their_texts() -> None:
    """Their headers are the platform's."""
    texts = ["等太久了，店員也很冷淡", "很好", "服務親切，會再來", "咖啡很香"]
    rows = [[t + str(i), "4"] for i, t in enumerate(texts * 3)]
    export = make_export(["Review Text", "Star Rating"], rows, source="maps", type="reviews")

    assert understand([export], study_of(export)).language == "zh-Hant"


@pytest.mark.parametrize("stamp", ["1704067200", "1704067200000", "2024-01-01 00:00:00", "2024-01-01T00:00:00Z", "20240101"])
def test_event_times_in_all_units(stamp: str) -> None:
    export = make_export(["User ID", "Event", "Time"], [["u1", "open", stamp]] * 3, source="log", type="events")
    events = understand([export], study_of(export)).events
    assert events is not None
    assert events["time"].eq(pd.Timestamp("2024-01-01")).all()


def test_a_log_without_users_is_refused() -> None:
    export = make_export(["when", "what happened"], [["2024-01-01", "open"]], source="log", type="events")
    with pytest.raises(InputError, match="neither was found among when, what happened"):
        understand([export], study_of(export))


def test_surveys_reviews_and_events_meet() -> None:
    survey = make_export(["Do you like it?", "Why?"], [["Yes", f"reason {i} is a good one"] for i in range(6)], source="survey")
    study = Study(name="all", sources=(*study_of(survey).sources, *study_of(EVENTS).sources, *study_of(REVIEWS).sources))
    responses = understand([survey, EVENTS, REVIEWS], study)
    assert tuple(responses.respondents.columns) == RESPONDENT_COLUMNS
    assert tuple(responses.comments.columns) == COMMENT_COLUMNS
    assert responses.respondents["source"].value_counts().to_dict() == {"maps": 20, "survey": 6}
    assert responses.comments["comment"].is_unique
    assert responses.comments["comment"].str.startswith("S3-").sum() == 15
    assert responses.events is not None
    assert len(responses.events) == 3
    x, _ = responses.features()
    assert len(x) == 6
    assert list(x.columns) == [responses.questions[0].key]


@pytest.mark.parametrize("name", ["用户昵称", "會員暱稱", "评论者名称", "User nickname", "作者"])
def test_a_reviewers_name_is_an_id_and_no_comment(name: str) -> None:
    export = make_export(
        [name, "评论内容", "评分"],
        [[f"小明{i * 37}", f"第{i}课的讲解很清楚，例句也实用", str(i % 5 + 1)] for i in range(30)],
        source="store",
        type="reviews",
    )
    responses = understand([export], study_of(export))
    assert [q.kind for q in responses.questions if q.text == name] == ["identifier"]
    assert len(responses.comments) == 30
